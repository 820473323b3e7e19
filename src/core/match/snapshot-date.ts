/**
 * The date that a model's name or id carries when it names one snapshot of the model: "-20250929", "-2024-05-13",
 * "-2512", "-0905", "-09-2025", "(Oct '24)". A part that is not said is absent.
 */

export interface SnapshotDate {
  year?: number
  month: number
  day?: number
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Longest first, so that no part of a date is taken for another. */
const PATTERNS: RegExp[] = [
  /(?<![a-z0-9.])(?<year>20\d\d)(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\d|3[01])(?![a-z0-9.])/,
  /(?<![a-z0-9.])(?<year>20\d\d)-(?<month>0[1-9]|1[0-2])-(?<day>0[1-9]|[12]\d|3[01])(?![a-z0-9.])/,
  /(?<![a-z0-9.])(?<month>0[1-9]|1[0-2])-(?<year>20\d\d)(?![a-z0-9.])/,
  /(?<![a-z0-9.])(?<year>20\d\d)-(?<month>0[1-9]|1[0-2])(?![a-z0-9.])/,
  /(?<![a-z0-9.])(?<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*('\s*)?(?<year>(20)?\d\d)(?![a-z0-9.])/,
  // "2512" is a year and a month, "0905" a month and a day: no year of models begins with 0 or 1, no month with 2.
  /(?<![a-z0-9.])(?<year>2\d)(?<month>0[1-9]|1[0-2])(?![a-z0-9.])/,
  /(?<![a-z0-9.])(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\d|3[01])(?![a-z0-9.])/,
  /-(?<month>0[1-9]|1[0-2])-(?<day>0[1-9]|[12]\d|3[01])$/,
]

/** The text in lower case without its dates, and what they say together. */
export function takeSnapshotDate(text: string): { rest: string; date?: SnapshotDate } {
  let rest = text
  let date: SnapshotDate | undefined
  for (const pattern of PATTERNS) {
    const found = pattern.exec(rest)
    if (!found) continue
    date = { ...readDate(found.groups ?? {}), ...date }
    rest = rest.replace(pattern, ' ')
  }
  return date ? { rest, date } : { rest }
}

function readDate({ year, month, day, name }: Record<string, string | undefined>): SnapshotDate {
  return {
    month: name === undefined ? Number(month) : MONTHS.indexOf(name) + 1,
    ...(year !== undefined && { year: 2000 + (Number(year) % 100) }),
    ...(day !== undefined && { day: Number(day) }),
  }
}

/** A day is compared where both say it. */
export function isSameSnapshot(a: SnapshotDate, b: SnapshotDate): boolean {
  if (a.month !== b.month) return false
  if (a.year !== undefined && b.year !== undefined && a.year !== b.year) return false
  return a.day === undefined || b.day === undefined || a.day === b.day
}

/** A snapshot comes out within days of the date in its name. */
const MAX_DAYS_TO_RELEASE = 7
const DAY_MILLISECONDS = 86_400_000

/** Whether a model that came out on that day can be this snapshot. */
export function isReleasedAs(releaseDate: string, { year, month, day }: SnapshotDate): boolean {
  const releasedIn = Number(releaseDate.slice(0, 4))
  if (day === undefined) return (year ?? releasedIn) === releasedIn && month === Number(releaseDate.slice(5, 7))
  const named = Date.UTC(year ?? releasedIn, month - 1, day)
  return Math.abs(Date.parse(releaseDate) - named) <= MAX_DAYS_TO_RELEASE * DAY_MILLISECONDS
}
