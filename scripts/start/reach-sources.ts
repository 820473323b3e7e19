/** Whether a source can be reached from this machine, before a registry is started for it. */
import type { SourceSettings } from '../../src/sources/source.ts'

/** Without a network a look-up of a name may hang; a source that takes longer is slow, and the sample is not. */
const LIMIT_MS = 3_000

/** As soon as one of them answers. */
export async function canReachAny(
  sources: ReadonlyMap<string, SourceSettings>,
  fetch: (url: string, init: RequestInit) => Promise<Response> = globalThis.fetch,
): Promise<boolean> {
  const ending = new AbortController()
  const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(LIMIT_MS)])
  const asked = [...sources].map(async ([name, settings]) => {
    const { ok, body } = await fetch(addressOf(settings), { signal })
    await body?.cancel()
    // An API with a key answers any other request with a refusal, and a proxy the same to all requests.
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

/** Of Arena what is asked first: its rows have no address without a query. */
const addressOf = ({ url, cardUrl = url }: SourceSettings): string => cardUrl
