/** The origins that a setting names (RFC 6454, section 6.2): of any scheme, with or without all of its subdomains. */
import { type FailureOf, fail, ok, type Result } from './failure.ts'
import { entriesOf } from './setting.ts'

const ORIGIN = /^(?:\*|null|[a-z][a-z0-9+.-]*:\/\/(?:\*\.)?(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?)$/i
const MAX_QUOTED = 80

export interface OriginSettings {
  /** `*`, `null`, origins, and origins whose host starts with `*.`. */
  allowedOrigins: { ok: true; value: string[] }
  /** Fails where an entry was skipped: a misspelt one must not close the registry to the others. */
  originEntries: Result<undefined, FailureOf<'configuration'>>
}

export function readOrigins(setting: unknown): OriginSettings {
  const entries = entriesOf(typeof setting === 'string' ? setting : '')
  const [unusable] = entries.filter((entry) => !ORIGIN.test(entry))
  const detail = `Cannot use an entry of the setting ALLOWED_ORIGINS: "${unusable?.slice(0, MAX_QUOTED)}" is not an origin such as https://app.example.com, and is skipped`
  return {
    allowedOrigins: ok(entries.filter((entry) => ORIGIN.test(entry))),
    originEntries: unusable === undefined ? ok(undefined) : fail({ code: 'configuration', detail }),
  }
}
