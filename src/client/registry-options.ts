/** The options of `createRegistry`. */
import type { Diff, Manifest } from '../core/schema/history.ts'
import type { ClientError } from './errors.ts'
import type { Fetch, FetchOptions } from './fetch/fetch-types.ts'

export interface RegistryOptions {
  /** Where the registry is, such as `https://llm.example.workers.dev`; a path in it is kept. In a page, also a path alone. */
  baseUrl: string
  /**
   * The providers to keep, or all: every read answers from them, also without a connection. Only their parts travel, and
   * later only those that changed. Without it, single models and searches ask the registry, and lists fetch the manifest
   * whole. A name that the registry does not have fails every read, and the error names the nearest.
   */
  providers?: readonly string[] | 'all' | undefined
  /**
   * Where content outlives the page or the process. `auto`: Cache Storage in browsers, files under the cache folder of
   * the operating system in Node, Bun, and Deno where it may use them without asking, else nowhere. Wherever it cannot be
   * read or written, and without WebCrypto, the client goes on in memory alone. It is not for several people with tokens
   * of their own: what a client with `headers` stored answers another one only once the registry has taken its headers,
   * but a pinned version answers it at once. Default `auto`.
   */
  cache?: 'auto' | 'cacheStorage' | 'localStorage' | 'fs' | 'none' | undefined
  /**
   * Milliseconds for which a version counts as current once the registry has confirmed it: then the next read asks again,
   * or, where content is kept, a timer does; as late as `Retry-After` says, up to an hour. The timer keeps no process
   * alive. 0: asked once, then only on demand.
   * Default 600000.
   */
  autoRefreshInterval?: number | undefined
  /** Instead of the global `fetch`. */
  fetch?: Fetch | undefined
  /** Passed to `fetch` with every request, such as `{ credentials: 'include' }`; a `cache` replaces ours. */
  fetchOptions?: FetchOptions | undefined
  /** Sent with every request; a function is called before each, retries included. */
  headers?: Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>) | undefined
  /**
   * Milliseconds for one question to the registry, from the first try to the last byte, retries included; and at most 2000
   * for each use of a store. A refresh asks several questions in a row, at most five. Default 10000.
   */
  timeout?: number | undefined
  /**
   * How often to try again after a broken connection or the statuses 408, 429, 500, 502, 503 and 504. It waits as long
   * as `Retry-After` says, else 300 ms and twice as long each time; not at all where `timeout` would come first.
   * Default 2.
   */
  retry?: number | undefined
  /**
   * Called when the content that the client keeps was replaced by another version; not for the first one, and not where
   * it keeps none. `diff` is what changed, as the registry answers it, and `undefined` with `providers` and where the
   * manifest had to be fetched whole (`getDiff` then has it).
   */
  onUpdate?: ((manifest: Manifest, diff: Diff | undefined) => void) | undefined
  /** Called when the registry could not be asked for a newer version, whether or not a call failed for it. */
  onError?: ((error: ClientError) => void) | undefined
  /** A version, an etag, or at least 8 of its hex digits: every read of this client answers from it. */
  version?: string | undefined
}
