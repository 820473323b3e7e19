/**
 * Parses one setting of an operator, and lists of entries or tokens. A failure names the setting, never its value. The
 * Worker and the commands each define their own settings. Written without zod: every isolate reads its settings before
 * its first response, and evaluating schemas takes longer than the rest of its start-up.
 */
import { type FailureOf, fail, ok, type Result } from '../failure.ts'

export type Setting<T> = Result<T, FailureOf<'configuration'>>

export interface Token {
  name: string
  token: string
}

/** Shorter tokens can be guessed online. */
export const MIN_TOKEN_LENGTH = 16

/** Reads the value of a setting, or why it is invalid. `text` is `undefined` if the setting is unset. */
export type SettingReader<T> = (text: string | undefined) => { value: T } | { reason: string }

/** An empty variable counts as unset, as shells and dashboards leave them. */
export function readSetting<T>(vars: Record<string, unknown>, name: string, read: SettingReader<T>): Setting<T> {
  const given = vars[name] === '' ? undefined : vars[name]
  const found = given === undefined || typeof given === 'string' ? read(given) : { reason: 'is not a string' }
  if ('value' in found) return ok(found.value)
  return fail({ code: 'configuration', detail: `Cannot use the setting ${name}: ${found.reason}` })
}

/**
 * A variable that is set but contains no token is an error: it must not disable the protection it was meant to give.
 */
export function tokenList(defaultName: string): SettingReader<Token[]> {
  return (text) => {
    if (text === undefined) return { value: [] }
    const tokens = entriesOf(text).map((entry) => readToken(entry, defaultName))
    if (tokens.length === 0) return { reason: 'contains no token' }
    if (tokens.some(({ token }) => token.length < MIN_TOKEN_LENGTH))
      return { reason: `has a token shorter than ${MIN_TOKEN_LENGTH} characters` }
    if (tokens.some(({ token }) => /\s/.test(token)))
      return { reason: 'has a token with white space, which cannot be sent in a header' }
    return { value: tokens }
  }
}

/** `token` or `name:token`. */
function readToken(entry: string, defaultName: string): Token {
  const named = /^([\w.-]+):(.*)$/s.exec(entry)
  return named ? { name: named[1] ?? defaultName, token: named[2] ?? '' } : { name: defaultName, token: entry }
}

export function entriesOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
