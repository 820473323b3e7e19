/** Whether a source can be reached from this machine, before a registry is started for it. */
import type { SourceSettings } from '../../src/sources/source.ts'

/** Without a network, a DNS look-up may hang. If all sources take longer, the sample is served. */
const LIMIT_MS = 3_000

/** Resolves as soon as one of them responds. */
export async function canReachAny(
  sources: ReadonlyMap<string, SourceSettings>,
  fetch: (url: string, init: RequestInit) => Promise<Response> = globalThis.fetch,
): Promise<boolean> {
  const ending = new AbortController()
  const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(LIMIT_MS)])
  const asked = [...sources].map(async ([name, settings]) => {
    const { ok, body } = await fetch(addressOf(settings), { signal })
    await body?.cancel()
    // An API that requires a key refuses this request, so any response of it counts. For the others, a refusal may be a proxy's.
    if (!ok && name !== 'artificial-analysis') throw new Error('refused')
  })
  try {
    await Promise.any(asked)
    return true
  } catch {
    return false
  } finally {
    ending.abort()
  }
}

/** For Arena the dataset card, which is requested first: the URL of its rows requires a query. */
const addressOf = ({ url, cardUrl = url }: SourceSettings): string => cardUrl
