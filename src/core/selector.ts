/** Parses which commit to read: `?version=` names content, `?at=` a moment. */
import { type FailureOf, fail, ok, type Result } from './failure.ts'
import type { Pointer } from './schema/history.ts'

export type Selector = { by: 'version'; hex: string } | { by: 'at'; time: number }

/** The commit that a selector means, and whether that can no longer change. */
export interface Resolved {
  pointer: Pointer
  isFinal: boolean
}

/** `v1.` and 12 hex digits, the 32 hex digits of the etag with or without quotes, or a prefix of at least 8 digits. */
const VERSION = /^(?:v1\.([0-9a-f]{8,12})|"([0-9a-f]{32})"|([0-9a-f]{8,32}))$/
const DATE = /^\d{4}-\d{2}-\d{2}$/
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

type Parsed<T = Selector> = Result<T, FailureOf<'invalid-request'>>
type At = Extract<Selector, { by: 'at' }>

export function parseVersion(text: string): Parsed {
  const match = VERSION.exec(text)
  const hex = match?.[1] ?? match?.[2] ?? match?.[3]
  if (hex === undefined)
    return invalid('version', text, 'a version such as "v1.0123456789ab", an etag, or 8 or more of its hex digits')
  return ok({ by: 'version', hex })
}

/** Parses a parameter that may be a version or a moment. `field`: its name. */
export function parseVersionOrAt(field: string, text: string): Parsed {
  if (VERSION.test(text)) return parseVersion(text)
  const at = parseAt(text)
  return at.ok
    ? at
    : invalid(field, text, 'a version, a date such as "2026-01-31", or a date-time with "Z" or an offset')
}

/** A date means the end of that UTC day; a date-time carries `Z` or an offset. */
export function parseAt(given: string): Parsed<At> {
  // A "+" that was not percent-encoded arrives as a space.
  const text = given.replace(/ (\d{2}:\d{2})$/, '+$1')
  const time = DATE.test(text)
    ? Date.parse(`${text}T23:59:59.999Z`)
    : DATE_TIME.test(text)
      ? Date.parse(text)
      : Number.NaN
  if (Number.isNaN(time) || !isCalendarDate(text.slice(0, 10)))
    return invalid('at', text, 'a date such as "2026-01-31" or a date-time with "Z" or an offset')
  return ok({ by: 'at', time })
}

/** Whether the text is a date, which means the end of that day, rather than an instant. */
export function isDate(text: string): boolean {
  return DATE.test(text)
}

/** `Date.parse` rolls 30 February over into March. */
function isCalendarDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)
}

function invalid(field: string, text: string, wanted: string): Parsed<never> {
  const message = `is "${text.slice(0, 80)}", not ${wanted}`
  return fail({
    code: 'invalid-request',
    detail: `Cannot read "${field}": it ${message}`,
    errors: [{ field, message }],
  })
}
