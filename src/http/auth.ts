/** Authorization. Tokens are compared by their hashes in constant time; failed attempts are limited if the binding exists. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { readsArePublic } from '../config.ts'
import { type Failure, fail, ok, type Result } from '../core/failure.ts'
import type { Token } from '../core/settings/setting.ts'
import type { Exchange } from './exchange.ts'
import { isLimited, LIMIT_PERIOD_SECONDS } from './request/rate-limit.ts'
import { hasSession } from './session.ts'

/** The name of the administrator whose token the request carries. */
export async function authorizeAdmin(exchange: Exchange): Promise<Result<string>> {
  const { adminTokens } = exchange.config
  if (!adminTokens.ok) return adminTokens
  if (adminTokens.value.length === 0)
    return fail({ code: 'admin-disabled', detail: 'Administration is disabled: ADMIN_TOKEN is not set' })
  const name = holderOf(exchange.request, adminTokens.value)
  return name === undefined ? refuse(exchange, 'ADMIN_TOKEN') : ok(name)
}

/** Passes if reads are public, or if the request carries a read or an admin token. */
export async function authorizeReader(exchange: Exchange): Promise<Failure | undefined> {
  const { readTokens } = exchange.config
  if (readsArePublic(exchange.config)) return undefined
  const tokens = readersOf(exchange)
  if (holderOf(exchange.request, tokens) !== undefined) return undefined
  if (hasSession(exchange.request, tokens, exchange.tiers.clock())) return undefined
  // An invalid READ_TOKEN still means that reads are not public.
  if (!readTokens.ok) return readTokens.failure
  return (await refuse(exchange, 'READ_TOKEN')).failure
}

/** The token itself, if it may read. Attempts with wrong tokens are limited per minute. */
export async function findReader(exchange: Exchange, token: string): Promise<Result<string>> {
  const holder = holderOfToken(token, readersOf(exchange))
  if (holder !== undefined) return ok(token)
  return (await limitTries(exchange)) ?? fail({ code: 'unauthorized', detail: 'Wrong token', wrongToken: true })
}

/** Those of READ_TOKEN, and those of ADMIN_TOKEN. */
function readersOf({ config: { readTokens, adminTokens } }: Exchange): Token[] {
  return [...(readTokens.ok ? readTokens.value : []), ...(adminTokens.ok ? adminTokens.value : [])]
}

function holderOf(request: Request, tokens: readonly Token[]): string | undefined {
  const match = /^Bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '')
  return match?.[1] === undefined ? undefined : holderOfToken(match[1], tokens)
}

function holderOfToken(given: string, tokens: readonly Token[]): string | undefined {
  const presented = hash(given)
  let holder: string | undefined
  // No early exit: the time must not reveal which token matched.
  for (const { name, token } of tokens) if (timingSafeEqual(presented, hash(token))) holder = name
  return holder
}

async function refuse(exchange: Exchange, setting: string): Promise<{ ok: false; failure: Failure }> {
  const wanted = `"Authorization: Bearer <token>" with a token of ${setting}`
  // A request without a token does not count as an attempt. A valid token passes even above the limit, so that an
  // attacker on the same network cannot lock others out.
  if (!exchange.request.headers.has('authorization'))
    return fail({ code: 'unauthorized', detail: `Authentication required: send ${wanted}` })
  const limited = await limitTries(exchange)
  return limited ?? fail({ code: 'unauthorized', detail: `Wrong token: send ${wanted}`, wrongToken: true })
}

/** Counts an attempt with a wrong token, and fails above the limit. */
async function limitTries({ request, env }: Exchange): Promise<{ ok: false; failure: Failure } | undefined> {
  if (!(await isLimited(env.AUTH_LIMITER, request))) return undefined
  const detail = 'Too many attempts with a wrong token'
  return fail({ code: 'rate-limited', detail, retryAfterSeconds: LIMIT_PERIOD_SECONDS })
}

const hash = (token: string): Buffer => createHash('sha256').update(token).digest()
