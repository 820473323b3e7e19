/** Reads a setting that lists origins (RFC 6454, section 6.2) of any scheme; `*.` in front means all subdomains. */
import { type FailureOf, fail, ok, type Result } from '../failure.ts'
import { entriesOf } from './setting.ts'

const ORIGIN = /^(?:\*|null|[a-z][a-z0-9+.-]*:\/\/(?:\*\.)?(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?)$/i

export interface OriginSettings {
  /** `*`, `null`, origins, and origins whose host starts with `*.`. */
  allowedOrigins: { ok: true; value: string[] }
  /** Reports invalid entries, by position only; the valid ones still apply. */
  originEntries: Result<undefined, FailureOf<'configuration'>>
}

export function readOrigins(setting: unknown): OriginSettings {
  const entries = entriesOf(typeof setting === 'string' ? setting : '')
  const skipped = entries.flatMap((entry, index) => (ORIGIN.test(entry) ? [] : [index + 1]))
  const which = `${skipped.length === 1 ? 'entry' : 'entries'} ${skipped.join(', ')}`
  const detail = `Cannot use ${which} of the setting ALLOWED_ORIGINS: not an origin such as https://app.example.com`
  return {
    allowedOrigins: ok(entries.filter((entry) => ORIGIN.test(entry))),
    originEntries: skipped.length === 0 ? ok(undefined) : fail({ code: 'configuration', detail }),
  }
}
