/** The options of `createRegistry`. */
import type { Diff, Manifest } from '../core/schema/history.ts'
import type { ClientError } from './errors.ts'
import type { Fetch, FetchOptions } from './fetch/fetch-types.ts'

export interface RegistryOptions {
  /** The URL of the registry, such as `https://llm.example.workers.dev`; a path in it is kept. In a page, a path is enough. */
  baseUrl: string
  /**
   * The providers to store, or all: every read is answered from them, also offline. Only their parts are fetched, and later
   * only the changed ones. Without it, single models and searches are requested from the registry, and lists fetch the
   * whole manifest. If the registry does not have a provider, every read fails, and the error suggests the nearest name.
   */
  providers?: readonly string[] | 'all' | undefined
  /**
   * Where content is stored beyond the page or the process. `auto`: Cache Storage in browsers, files in the cache folder of
   * the operating system in Node, Bun, and Deno (if the permissions are granted), else nowhere. If the store cannot be read
   * or written, or without WebCrypto, the client uses memory only. Do not share it between people with different tokens:
   * content stored with `headers` is used by another client once the registry has accepted that client's headers, and
   * content of a pinned version is used immediately. Default `auto`.
   */
  cache?: 'auto' | 'cacheStorage' | 'localStorage' | 'fs' | 'none' | undefined
  /**
   * Milliseconds for which a version counts as current after the registry has confirmed it. After that, the next read
   * checks for a newer one, or, if content is stored, a timer does; not before `Retry-After` has passed, up to an hour. The
   * timer does not keep a process alive. 0: check once, then only on demand.
   * Default 600000.
   */
  autoRefreshInterval?: number | undefined
  /** Instead of the global `fetch`. */
  fetch?: Fetch | undefined
  /** Passed to `fetch` with every request, such as `{ credentials: 'include' }`; a `cache` replaces ours. */
  fetchOptions?: FetchOptions | undefined
  /** Headers of every request; a function is called before each request, including retries. */
  headers?: Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>) | undefined
  /**
   * Milliseconds for one request, from the first attempt to the last byte, including retries, and at most 2000 for each use
   * of a store. A refresh sends at most four requests in a row. Default 10000.
   */
  timeout?: number | undefined
  /**
   * The number of retries after a failed connection or the statuses 408, 429, 500, 502, 503 and 504. The delay is
   * `Retry-After`, or else 300 ms, doubled each time; there is no retry if `timeout` would end first.
   * Default 2.
   */
  retry?: number | undefined
  /**
   * Called when stored content was replaced by another version, but not for the first content, and not if none is stored.
   * `diff` is what changed, as returned by the registry; it is `undefined` with `providers`, or if the whole manifest was
   * fetched (use `getDiff` then).
   */
  onUpdate?: ((manifest: Manifest, diff: Diff | undefined) => void) | undefined
  /** Called when a check for a newer version failed, whether or not a call failed because of it. */
  onError?: ((error: ClientError) => void) | undefined
  /** A version, an etag, or at least 8 of its hex digits, from which every read is answered. */
  version?: string | undefined
}
