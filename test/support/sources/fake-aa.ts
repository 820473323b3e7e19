/** A fake Artificial Analysis: an injected `fetch` that returns pages and records its requests. */
import type { SourceConfig } from '../../../src/sources/artificial-analysis/fetch-pages.ts'
import type { Fetch } from '../../../src/sources/bounded-fetch.ts'
import type { Facts } from '../rows.ts'

export const CONFIG: SourceConfig = {
  apiKey: 'aa_made_up_key_0123456789',
  tier: 'free',
  baseUrl: 'https://aa.example/api/v2',
}

export interface Call {
  url: string
  init: RequestInit
  headers: Headers
}

export type Answer = (page: number, call: Call) => Response | Promise<Response>

export function fakeAa(answer: Answer): { fetch: Fetch; calls: Call[] } {
  const calls: Call[] = []
  const fetch: Fetch = async (url, init) => {
    const call = { url, init, headers: new Headers(init.headers) }
    calls.push(call)
    return answer(Number(new URL(url).searchParams.get('page')), call)
  }
  return { fetch, calls }
}

/** Returns the n-th of these for page n. */
export function fakeAaOf(pages: Facts[], headers: Record<string, string> = {}): { fetch: Fetch; calls: Call[] } {
  return fakeAa((page) => Response.json(pages[page - 1] ?? { error: 'Not found' }, { headers }))
}

/** A `fetch` without a response: it waits until it is aborted. */
export function untilAborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
}
