/**
 * Browser sessions for a registry whose reads need a token. A session is an expiry time signed with the token that was
 * used to log in: nothing is stored, it does not contain the token, and it ends when the token is replaced.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Token } from '../core/settings/setting.ts'

/** Browsers accept this prefix only with Secure, Path=/ and no Domain. */
const COOKIE = '__Host-llm-session'
const LIFETIME_SECONDS = 30 * 86_400
const VALUE = /(?:^|; ?)__Host-llm-session=(\d{1,12})\.([0-9a-f]{64})(?:;|$)/

/** The `Set-Cookie` value that starts a session. `now` is in Unix milliseconds. */
export function sessionCookie(token: string, now: number): string {
  const expires = String(Math.floor(now / 1000) + LIFETIME_SECONDS)
  return cookie(`${expires}.${signatureOf(token, expires).toString('hex')}`, LIFETIME_SECONDS)
}

export function endedCookie(): string {
  return cookie('', 0)
}

/** Whether the request carries an unexpired session that was signed with one of the tokens. */
export function hasSession(request: Request, tokens: readonly Token[], now: number): boolean {
  const [, expires = '', signature = ''] = VALUE.exec(request.headers.get('cookie') ?? '') ?? []
  if (Number(expires) * 1000 <= now) return false
  const presented = Buffer.from(signature, 'hex')
  let isKnown = false
  // No early exit: the time must not reveal which token signed it.
  for (const { token } of tokens) if (timingSafeEqual(presented, signatureOf(token, expires))) isKnown = true
  return isKnown
}

function signatureOf(token: string, expires: string): Buffer {
  return createHmac('sha256', token).update(`llm-registry session ${expires}`).digest()
}

function cookie(value: string, maxAge: number): string {
  return `${COOKIE}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; Secure; SameSite=Strict`
}
