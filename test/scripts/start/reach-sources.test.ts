import { afterEach, describe, expect, it, vi } from 'vitest'
import { canReachAny } from '../../../scripts/start/reach-sources.ts'
import { parseConfig, requireSources } from '../../../src/config.ts'

function sourcesOf(vars: Record<string, string>) {
  const sources = requireSources(parseConfig(vars))
  if (!sources.ok) throw new Error(sources.failure.detail)
  return sources.value
}

const refused = () => Promise.reject(new TypeError('fetch failed'))
const untilAborted = (_url: string, { signal }: RequestInit) =>
  new Promise<Response>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason))
  })

afterEach(() => vi.restoreAllMocks())

describe('canReachAny()', () => {
  it('asks each source at its address, and Arena for its licence', async () => {
    const asked: string[] = []
    const isReachable = await canReachAny(sourcesOf({}), (url) => {
      asked.push(url)
      return refused()
    })
    expect(isReachable).toBe(false)
    expect(asked).toEqual([
      'https://models.dev/api.json',
      'https://epoch.ai/data/eci_scores.csv',
      'https://huggingface.co/api/datasets/lmarena-ai/leaderboard-dataset',
    ])
  })

  it('needs only one of them, and does not wait for others', async () => {
    const fetch = (url: string, init: RequestInit) =>
      url.includes('epoch') ? Promise.resolve(new Response('Model,eci')) : untilAborted(url, init)
    expect(await canReachAny(sourcesOf({}), fetch)).toBe(true)
  })

  it('does not count the refusal of a proxy as a source, but counts that of an API without its key', async () => {
    const fetch = async (url: string) => new Response('no', { status: url.includes('artificialanalysis') ? 401 : 403 })
    expect(await canReachAny(sourcesOf({}), fetch)).toBe(false)
    expect(await canReachAny(sourcesOf({ AA_API_KEY: 'key' }), fetch)).toBe(true)
  })

  it('gives up after 3 s', async () => {
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((limit) => {
      expect(limit).toBe(3000)
      return AbortSignal.abort(new Error('too slow'))
    })
    const fetch = async (_url: string, { signal }: RequestInit) => {
      signal?.throwIfAborted()
      return new Response('late')
    }
    expect(await canReachAny(sourcesOf({}), fetch)).toBe(false)
  })
})
