/** The commit that a reader requests: the current one, or the one of a version or a moment. */
import { type FailureOf, fail, ok, type Result } from '../core/failure.ts'
import type { Pointer } from '../core/schema/history.ts'
import type { Resolved, Selector } from '../core/selector.ts'
import { SEED_SEQ } from './memory.ts'
import { getPointer } from './pointer.ts'
import type { Tiers } from './tiers.ts'

/** A first pull takes some seconds. */
const EMPTY_RETRY_SECONDS = 30
/** Shorter prefixes can become ambiguous with any new version, so what they mean is not remembered. */
const WHOLE_VERSION_DIGITS = 12

export async function resolve(tiers: Tiers, selector: Selector | undefined): Promise<Result<Resolved>> {
  const current = await getPointer(tiers)
  if (!current) return emptyRegistry(tiers)
  if (!selector) return ok({ pointer: current, isFinal: false })
  // Content is the same at every commit that has it, so the Durable Object need not look up the first.
  if (selector.by === 'version' && isNamed(current, selector.hex)) return ok({ pointer: current, isFinal: true })
  return resolvePast(tiers, selector, current)
}

/** For responses that differ between commits with the same content: a version means its first commit. */
export async function resolveCommit(tiers: Tiers, selector: Selector): Promise<Result<Resolved>> {
  const current = await getPointer(tiers)
  return current ? resolvePast(tiers, selector, current) : emptyRegistry(tiers)
}

async function resolvePast(tiers: Tiers, selector: Selector, current: Pointer): Promise<Result<Resolved>> {
  if (current.seq === SEED_SEQ) return onlySeeded(current)
  const { memory } = tiers
  const key = selector.by === 'version' ? selector.hex : `at ${selector.time}`
  const known = memory.resolved.get(key)
  if (known) return ok(known)
  const found = await tiers.registry.resolve(selector)
  if (!found.ok) return found
  const lasting = selector.by === 'at' ? found.value.isFinal : selector.hex.length >= WHOLE_VERSION_DIGITS
  if (lasting) memory.keepResolved(key, found.value)
  return found
}

function isNamed({ etag }: Pointer, hex: string): boolean {
  return hex.length >= WHOLE_VERSION_DIGITS && etag.startsWith(`"${hex}`)
}

export async function emptyRegistry(
  tiers: Tiers,
): Promise<{ ok: false; failure: FailureOf<'empty-registry' | 'restoring'> }> {
  if ((await tiers.registry.fill()) === 'restoring')
    return fail({
      code: 'restoring',
      detail: 'Cannot read the registry: a backup is being restored',
      retryAfterSeconds: EMPTY_RETRY_SECONDS,
    })
  const detail =
    'Cannot read the registry: it is empty. POST /v1/admin/refresh (Artificial Analysis needs AA_API_KEY), or send a recorded pull to /v1/admin/pulls; /v1/status shows the outcome of the last pull of each source'
  return fail({ code: 'empty-registry', detail, retryAfterSeconds: EMPTY_RETRY_SECONDS })
}

function onlySeeded({ version }: Pointer): { ok: false; failure: FailureOf<'not-found'> } {
  const detail = `Cannot read a past version: the registry has no history yet, only the manifest ${version} that was put into KV`
  return fail({ code: 'not-found', detail })
}
