/**
 * Sessions of people who read a closed registry in a browser. A session is a time of expiry, signed with the token that
 * was sent to log in: nothing is stored, it does not contain the token, and it ends when the token is replaced.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Token } from '../core/settings/setting.ts'

/** Browsers take this prefix only with Secure, for the whole host and from it. */
const COOKIE = '__Host-llm-session'
const LIFETIME_SECONDS = 30 * 86_400
const VALUE = /(?:^|; ?)__Host-llm-session=(\d{1,12})\.([0-9a-f]{64})(?:;|$)/

/** The value of `Set-Cookie` that begins a session. `now` in Unix milliseconds. */
export function sessionCookie(token: string, now: number): string {
  const expires = String(Math.floor(now / 1000) + LIFETIME_SECONDS)
  return cookie(`${expires}.${signatureOf(token, expires).toString('hex')}`, LIFETIME_SECONDS)
}

export function endedCookie(): string {
  return cookie('', 0)
}

/** Whether the request carries a session that one of the tokens began and that has not expired. */
export function hasSession(request: Request, tokens: readonly Token[], now: number): boolean {
  const [, expires = '', signature = ''] = VALUE.exec(request.headers.get('cookie') ?? '') ?? []
  if (Number(expires) * 1000 <= now) return false
  const presented = Buffer.from(signature, 'hex')
  let isKnown = false
  // No early exit: how long it takes must not show which token signed it.
  for (const { token } of tokens) if (timingSafeEqual(presented, signatureOf(token, expires))) isKnown = true
  return isKnown
}

function signatureOf(token: string, expires: string): Buffer {
  return createHmac('sha256', token).update(`llm-registry session ${expires}`).digest()
}

function cookie(value: string, maxAge: number): string {
  return `${COOKIE}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; Secure; SameSite=Strict`
}
