/**
 * One setting of an operator, checked by a schema, and the lists that several settings are: entries and tokens. A failure
 * names the setting, never its value. What there is to set is for the Worker and the commands, each for itself.
 */
import * as z from 'zod'
import { type FailureOf, fail, ok, type Result } from '../failure.ts'

export type Setting<T> = Result<T, FailureOf<'configuration'>>

export interface Token {
  name: string
  token: string
}

/** Shorter tokens can be guessed online. */
export const MIN_TOKEN_LENGTH = 16

/** An empty variable counts as unset, as shells and dashboards leave them. */
export function readSetting<T>(vars: Record<string, unknown>, name: string, schema: z.ZodType<T>): Setting<T> {
  const value = vars[name]
  const parsed = schema.safeParse(value === '' ? undefined : value)
  if (parsed.success) return ok(parsed.data)
  const reason = parsed.error.issues[0]?.message ?? 'is not valid'
  return fail({ code: 'configuration', detail: `Cannot use the setting ${name}: ${reason}` })
}

/** A variable that is set but names no token is a mistake, and must not open what it was meant to close. */
export function tokenList(defaultName: string) {
  return z
    .string()
    .refine((text) => entriesOf(text).length > 0, 'names no token')
    .default('')
    .transform((text) => entriesOf(text).map((entry) => readToken(entry, defaultName)))
    .pipe(
      z.array(
        z.object({
          name: z.string(),
          token: z
            .string()
            .min(MIN_TOKEN_LENGTH, `has a token shorter than ${MIN_TOKEN_LENGTH} characters`)
            .regex(/^\S*$/, 'has a token with white space in it, which no header can carry'),
        }),
      ),
    )
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
