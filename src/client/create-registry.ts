/** The client of a registry over HTTP. */

import type { CostOptions } from '../core/pricing/cost-of.ts'
import type { ModelKey } from '../core/schema/model.ts'
import { AbortedError } from './errors.ts'
import type { Signal } from './fetch/fetch-types.ts'
import { createTransport } from './fetch/transport.ts'
import { createHistory, type History, type Moment, textOf } from './history.ts'
import type { CheckedUpdate } from './manifest/checked-update.ts'
import type { Selection } from './manifest/fetch-manifest.ts'
import { createManifestSource, type ManifestSource } from './manifest/manifest-source.ts'
import { createReader, type Reader, type ReadOptions } from './reader.ts'
import type { RegistryOptions } from './registry-options.ts'
import { failWith, type Reply } from './reply.ts'
import { storeFor } from './store/manifest-store.ts'
import { createStoredManifest } from './store/stored-manifest.ts'
import { createTimedCost, type TimedCost } from './timed-cost.ts'

export interface Registry extends Reader, History {
  /**
   * What a request cost: with `at`, when it began, at the price of that time, which the registry is asked for each time;
   * without, at the prices of the manifest. `usage` is that of one request, as its API returned it. Fails as `getOffers`
   * does, and with a `CostError` where the cost is unknown.
   */
  costOf(model: ModelKey | string, usage: unknown, options?: CostOptions & ReadOptions): Promise<Reply<TimedCost>>
  /** A reader fixed to a version, or to what was current at a moment. It keeps its manifest in memory. */
  at(versionOrDate: Moment): Reader
  /** Asks the registry now, and takes what is newer. */
  checkForUpdates(options?: { signal?: Signal | undefined }): Promise<Reply<CheckedUpdate>>
  /** Forgets the manifest, in memory and where it is stored. */
  clearCache(): Promise<void>
  /** No more refreshes by themselves: only `forceRefresh` and `checkForUpdates` ask from now on. */
  stopAutoRefresh(): void
  /** Ends the timer and every open request. Calls from then on resolve to an `AbortedError`. */
  destroy(): void
}

/**
 * Nothing is fetched before the first call. Throws a `TypeError` without a `baseUrl` or its scheme; its methods never throw for what
 * goes wrong outside.
 */
export function createRegistry(options: RegistryOptions): Registry {
  const { baseUrl, cache, headers, version } = options
  if (typeof baseUrl !== 'string')
    throw new TypeError(`Cannot create a registry: "baseUrl" is ${typeof baseUrl}, not a string`)
  if (!isUrl(options))
    throw new TypeError(
      `Cannot create a registry: "baseUrl" is "${baseUrl}", which has no scheme: did you mean "https://${baseUrl}"?`,
    )
  const transport = createTransport(options)
  const pinned = version === undefined ? undefined : { version }
  // What was read with a token is not for a client without one.
  const key = [transport.base, version, headers && 'with headers'].join(' ').trim()
  const stored = createStoredManifest(storeFor(cache), key)
  const source = createManifestSource(transport, pinned, stored, options)
  const unlessClosed = async <T>(call: () => Promise<Reply<T>>): Promise<Reply<T>> =>
    transport.isClosed() ? failWith(new AbortedError()) : call()
  const readerOf = (source: ManifestSource): Reader =>
    createReader((options) => unlessClosed(() => source.read(options)))
  const reader = readerOf(source)
  const history = createHistory(transport, version)
  return {
    ...reader,
    ...history,
    costOf: createTimedCost(reader, history),
    at: (moment) => readerOf(createManifestSource(transport, selectionOf(moment), createStoredManifest())),
    checkForUpdates: ({ signal } = {}) => unlessClosed(() => source.check(signal)),
    clearCache: () => source.clear(),
    stopAutoRefresh: () => source.stopTimer(),
    destroy() {
      source.stopTimer()
      transport.close()
    },
  }
}

/** Only a page, or a `fetch` that resolves paths by itself, can do with a path of its own origin. */
function isUrl({ baseUrl, fetch }: RegistryOptions): boolean {
  if (/^(\/|$)/.test(baseUrl)) return fetch !== undefined || 'location' in globalThis
  return /^[a-z][a-z\d+.-]*:\/\//i.test(baseUrl)
}

/** A date has a dash after its year, and a version has none. */
function selectionOf(moment: Moment): Selection {
  const text = textOf(moment)
  return /^\d{4}-/.test(text) ? { at: text } : { version: text }
}
