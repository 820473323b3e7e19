/** Who may call. Tokens are compared by their hashes in constant time; failed tries are limited where the binding exists. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { type Failure, fail, ok, type Result } from '../core/failure.ts'
import type { Token } from '../core/settings/setting.ts'
import type { Exchange } from './exchange.ts'
import { isLimited, LIMIT_PERIOD_SECONDS } from './request/rate-limit.ts'

/** The name of the administrator whose token the request carries. */
export async function authorizeAdmin(exchange: Exchange): Promise<Result<string>> {
  const { adminTokens } = exchange.config
  if (!adminTokens.ok) return adminTokens
  if (adminTokens.value.length === 0)
    return fail({ code: 'admin-disabled', detail: 'Cannot administer the registry: ADMIN_TOKEN is not set' })
  const name = holderOf(exchange.request, adminTokens.value)
  return name === undefined ? refuse(exchange, 'ADMIN_TOKEN') : ok(name)
}

/** Passes where reads are public, and the holders of a read or an admin token elsewhere. */
export async function authorizeReader(exchange: Exchange): Promise<Failure | undefined> {
  const { readTokens, adminTokens } = exchange.config
  if (readTokens.ok && readTokens.value.length === 0) return undefined
  const tokens = [...(readTokens.ok ? readTokens.value : []), ...(adminTokens.ok ? adminTokens.value : [])]
  if (holderOf(exchange.request, tokens) !== undefined) return undefined
  // A bad READ_TOKEN still means that reads are not public.
  if (!readTokens.ok) return readTokens.failure
  return (await refuse(exchange, 'READ_TOKEN')).failure
}

function holderOf(request: Request, tokens: readonly Token[]): string | undefined {
  const match = /^Bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '')
  if (!match?.[1]) return undefined
  const presented = hash(match[1])
  let holder: string | undefined
  // No early exit: how long it takes must not tell which token came close.
  for (const { name, token } of tokens) if (timingSafeEqual(presented, hash(token))) holder = name
  return holder
}

async function refuse({ request, env }: Exchange, setting: string): Promise<{ ok: false; failure: Failure }> {
  const wanted = `"Authorization: Bearer <token>" with a token of ${setting}`
  // A request without a token is no guess. A right token passes also past the limit, so that nobody can lock others out.
  if (!request.headers.has('authorization'))
    return fail({ code: 'unauthorized', detail: `Authentication required: send ${wanted}` })
  if (await isLimited(env.AUTH_LIMITER, request))
    return fail({
      code: 'rate-limited',
      detail: 'Too many tries with a wrong token',
      retryAfterSeconds: LIMIT_PERIOD_SECONDS,
    })
  return fail({ code: 'unauthorized', detail: `Wrong token: send ${wanted}`, wrongToken: true })
}

const hash = (token: string): Buffer => createHash('sha256').update(token).digest()
