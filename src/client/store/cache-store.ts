/** An entry of Cache Storage for each key: it takes more than the 5 MB of `localStorage`, and does not block the page. */
import type { TextStore } from './text-store.ts'

const NAME = 'llm-registry'

/** The parts of it that are used. */
interface CacheStorage {
  open(name: string): Promise<{
    match(url: string): Promise<{ text(): Promise<string> } | undefined>
    put(url: string, response: Response): Promise<void>
    delete(url: string): Promise<boolean>
  }>
}

/** Keys of Cache Storage are requests. This host name never resolves (RFC 2606, section 2). */
const urlOf = (key: string): string => `https://llm-registry.invalid/${encodeURIComponent(key)}`

const open = () => (globalThis as unknown as { caches: CacheStorage }).caches.open(NAME)

export const cacheStore: TextStore = {
  load: async (key) => (await (await open()).match(urlOf(key)))?.text(),
  save: async (key, text) => (await open()).put(urlOf(key), new Response(text)),
  clear: async (key) => void (await (await open()).delete(urlOf(key))),
}
