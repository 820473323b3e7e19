/**
 * Turns the id of a model into the id of its family, by removing full dates and "-latest". Codes such as "-2506" and
 * "-0905" are kept, because they name other models. The rest of the spelling is kept, too.
 */

/** YYYYMMDD or YYYY-MM-DD anywhere in the id, with the separator before it or, at the start, the one after it. */
const FULL_DATE =
  /[-_@:. ](?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)/g
const LEADING_DATE =
  /^(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[-_@:. ]+/
/** Also before an edition: "claude-opus-latest:thinking". */
const LATEST = /-latest(?=$|[:@])/gi

/** The id without full dates and "-latest". An id that is nothing else is kept unchanged. */
export function withoutDateOrLatest(id: string): string {
  const rest = id.replace(FULL_DATE, '').replace(LEADING_DATE, '').replace(LATEST, '')
  return rest === id || rest === '' ? id : withoutDateOrLatest(rest)
}

/** The full dates in an id, as digits. */
export function datesIn(id: string): string[] {
  return Array.from(`-${id}`.matchAll(FULL_DATE), ([date]) => date.replace(/\D/g, ''))
}

/** Folds the spellings that APIs and people mix up: case, dots and underscores. */
export function foldId(id: string): string {
  return id.toLowerCase().replace(/[._]/g, '-')
}

const SEPARATED_DATE = /(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)/

/** The first full date in an id, as YYYY-MM-DD. */
export function fullDateIn(id: string): string | undefined {
  return SEPARATED_DATE.exec(id)?.slice(1).join('-')
}

export function lastSegmentOf(value: string): string {
  return value.slice(value.lastIndexOf('/') + 1)
}
