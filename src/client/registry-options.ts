/** The options of `createRegistry`. */
import type { Diff, Manifest } from '../core/schema.ts'
import type { ClientError } from './errors.ts'
import type { Fetch, FetchOptions } from './fetch-types.ts'

export interface RegistryOptions {
  /** Where the registry is, such as `https://llm.example.workers.dev`; a path in it is kept. */
  baseUrl: string
  /**
   * Where the manifest outlives the page or the process. `auto`: `localStorage` in browsers, a file under the cache
   * folder of the operating system in Node, Bun and Deno, else nowhere. Wherever it cannot be read or written, and
   * without WebCrypto, the client goes on in memory alone. Default `auto`.
   */
  cache?: 'auto' | 'localStorage' | 'fs' | 'none'
  /**
   * Milliseconds for which a manifest counts as current once the registry has confirmed it. From the first read on a
   * timer asks again each time they have passed; it keeps no process alive. 0: asked once, then only on demand.
   * Default 600000.
   */
  autoRefreshInterval?: number
  /** Instead of the global `fetch`. */
  fetch?: Fetch
  /** Passed to `fetch` with every request, such as `{ credentials: 'include' }`. */
  fetchOptions?: FetchOptions
  /** Sent with every request; a function is called before each, retries included. */
  headers?: Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>)
  /** Milliseconds for one question to the registry, from the first try to the last byte, retries included. Default 10000. */
  timeout?: number
  /**
   * How often to try again after a broken connection or the statuses 408, 429, 500, 502, 503 and 504. It waits as long
   * as `Retry-After` says, else 300 ms and twice as long each time; not at all where `timeout` would come first.
   * Default 2.
   */
  retry?: number
  /**
   * Called when the manifest was replaced by another version; not for the first one. `diff` is what changed, and
   * `undefined` where the manifest had to be fetched whole.
   */
  onUpdate?: (manifest: Manifest, diff: Diff | undefined) => void
  /** Called when the registry could not be asked for a newer manifest, whether or not a call told of it. */
  onError?: (error: ClientError) => void
  /** A version, an etag, or at least 8 of its hex digits: every read of this client answers from it. */
  version?: string
}
