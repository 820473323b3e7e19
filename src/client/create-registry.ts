/** The client of a registry over HTTP. */
import type { CostOptions } from '../core/pricing/cost-of.ts'
import type { ModelKey } from '../core/schema/model.ts'
import type { TimedCost } from './asking/asked-cost.ts'
import { createReading } from './asking/create-reading.ts'
import { loadModule } from './asking/load-module.ts'
import type { Signal } from './fetch/fetch-types.ts'
import { createTransport } from './fetch/transport.ts'
import { createHistory, type History, type Moment, textOf } from './history.ts'
import type { CheckedUpdate } from './kept/checked-update.ts'
import type { Selection } from './manifest/selection.ts'
import type { Reader, ReadOptions } from './reader.ts'
import type { RegistryOptions } from './registry-options.ts'
import { failWith, type Reply } from './reply.ts'

export interface Registry extends Reader, History {
  /**
   * The cost of a request in USD. With `at` (when it began), the prices of that time apply, which are requested from the
   * registry each time; without it, those of the version. `usage` is the usage of one request, as its API returned it.
   * Fails as `getOffers` does, and with a `CostError` if the cost is unknown.
   *
   * With `at`, usage of a removed model, and of an id that is not the value of a model, is sent to the registry, which
   * prices it (`POST /v1/cost`); `assumeInputPriceForCache` then has no effect.
   */
  costOf(model: ModelKey | string, usage: unknown, options?: CostOptions & ReadOptions): Promise<Reply<TimedCost>>
  /**
   * A reader of a fixed version, or of the version at a moment. It keeps its responses in memory. Where there is no such
   * version, its reads fail with a `ProblemError` with the code `not-found`.
   */
  at(versionOrDate: Moment): Reader
  /** Checks the registry now, and fetches a newer version. Fails where the registry cannot be asked, also with content in memory. */
  checkForUpdates(options?: { signal?: Signal | undefined }): Promise<Reply<CheckedUpdate>>
  /** Clears the cache, in memory and in storage. */
  clearCache(): Promise<void>
  /** Stops automatic refreshes: only `forceRefresh` and `checkForUpdates` contact the registry from now on. */
  stopAutoRefresh(): void
  /** Stops the timer and aborts all open requests. Later calls resolve to an `AbortedError`. */
  destroy(): void
}

/**
 * Nothing is fetched before the first call. Throws a `TypeError` if `baseUrl` is missing or has no scheme, or if
 * `providers` is invalid; its methods never throw for external failures.
 */
export function createRegistry(options: RegistryOptions): Registry {
  checkOptions(options)
  const { headers, version, providers } = options
  const transport = createTransport(options)
  const pinned = version === undefined ? undefined : { version }
  // What was read with a token is not for a client without one.
  const name = [transport.base, version, headers && 'with headers'].join(' ').trim()
  const { reader, ...current } = createReading({ transport, options, selection: pinned, name })
  const history = createHistory(transport, version)
  return {
    ...reader,
    ...history,
    async costOf(model, usage, options = {}) {
      if (options.at === undefined) return reader.costOf(model, usage, options)
      try {
        const sources = { reader, history, transport, pinned: version, hasSome: Array.isArray(providers) }
        const { signal } = options
        const { timedCost } = await loadModule(() => import('./asking/timed-cost.ts'), signal, transport.timeout)
        return await timedCost(sources, model, usage, options)
      } catch (error) {
        return failWith(error)
      }
    },
    at: (moment) => createReading({ transport, options, selection: selectionOf(moment) }).reader,
    checkForUpdates: ({ signal } = {}) => current.check(signal),
    clearCache: current.clear,
    stopAutoRefresh: current.stopTimers,
    destroy() {
      current.stopTimers()
      transport.close()
    },
  }
}

function checkOptions({ baseUrl, fetch, providers }: RegistryOptions): void {
  if (typeof baseUrl !== 'string') throw refusal(`"baseUrl" is ${typeof baseUrl}, not a string`)
  if (!isUrl(baseUrl, fetch))
    throw refusal(`"baseUrl" is "${baseUrl}", which has no scheme; did you mean "https://${baseUrl}"?`)
  if (providers === undefined || providers === 'all') return
  if (!Array.isArray(providers) || providers.length === 0)
    throw refusal(`"providers" is ${JSON.stringify(providers)}, neither "all" nor a list of names`)
}

const refusal = (reason: string): TypeError => new TypeError(`Cannot create a registry: ${reason}`)

/** A path alone is only valid in a page, or with a `fetch` that resolves it. */
function isUrl(baseUrl: string, fetch: RegistryOptions['fetch']): boolean {
  if (/^(\/|$)/.test(baseUrl)) return fetch !== undefined || 'location' in globalThis
  return /^[a-z][a-z\d+.-]*:\/\//i.test(baseUrl)
}

/** A date has a dash after its year, and a version has none. */
function selectionOf(moment: Moment): Selection {
  const text = textOf(moment)
  return /^\d{4}-/.test(text) ? { at: text } : { version: text }
}
