/**
 * What is left of an id when it is to name a family: no full date and no "-latest". Codes such as "-2506" and "-0905"
 * stay, they name other models. Everything else stays as it is spelt.
 */

/** YYYYMMDD or YYYY-MM-DD, wherever it stands, with the sign before it or, at the start, the one after it. */
const FULL_DATE =
  /[-_@:. ](?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)/g
const LEADING_DATE =
  /^(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[-_@:. ]+/
/** Before an edition, too: "claude-opus-latest:thinking". */
const LATEST = /-latest(?=$|[:@])/gi

/** The id without full dates and "-latest"; an id that is nothing else stays whole. */
export function withoutDateOrLatest(id: string): string {
  const rest = id.replace(FULL_DATE, '').replace(LEADING_DATE, '').replace(LATEST, '')
  return rest === id || rest === '' ? id : withoutDateOrLatest(rest)
}

/** The full dates that an id carries, as digits. */
export function datesIn(id: string): string[] {
  return Array.from(`-${id}`.matchAll(FULL_DATE), ([date]) => date.replace(/\D/g, ''))
}

/** Spellings that APIs and people mix up compare equal: case, dots and underscores. */
export function foldId(id: string): string {
  return id.toLowerCase().replace(/[._]/g, '-')
}

const SEPARATED_DATE = /(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)/

/** The full date that an id names, as YYYY-MM-DD. */
export function fullDateIn(id: string): string | undefined {
  return SEPARATED_DATE.exec(id)?.slice(1).join('-')
}

export function lastSegmentOf(value: string): string {
  return value.slice(value.lastIndexOf('/') + 1)
}
