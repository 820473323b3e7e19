/**
 * What answers from content that the client keeps: the parts of some providers, or the whole manifest. A module of its
 * own, which is loaded when it is first needed: apps that only ask for single models do without.
 */
import type { Manifest } from '../../core/schema/history.ts'
import type { NewestCommit } from '../asking/newest-commit.ts'
import { idOf } from '../fetch/shapes.ts'
import type { Transport } from '../fetch/transport.ts'
import { fetchManifest, fetchNewer } from '../manifest/fetch-manifest.ts'
import { copyOf, type KnownManifest } from '../manifest/known-manifest.ts'
import type { Selection } from '../manifest/selection.ts'
import { createStoredManifest } from '../manifest/stored-manifest.ts'
import { fetchParts, type Providers } from '../parts/fetch-parts.ts'
import type { KnownParts } from '../parts/known-parts.ts'
import { createStoredParts } from '../parts/stored-parts.ts'
import { createReader, type Reader } from '../reader.ts'
import type { RegistryOptions } from '../registry-options.ts'
import { storeFor } from '../store/store-for.ts'
import type { TextStore } from '../store/text-store.ts'
import { contentOf } from './content.ts'
import { createKept, type Kept, type KeptParts, type Stored } from './create-kept.ts'

/**
 * For the newest commit, and whether the one before is still there; its digests, its parts, and what no part has, or the
 * diff, and the manifest whole.
 */
const MAX_QUESTIONS = 5

export interface LocalParts {
  transport: Transport
  newest: NewestCommit
  /** Without it the content is the current one. */
  selection: Selection | undefined
  options: RegistryOptions
  /** What is stored has this name; without one nothing is. */
  name: string | undefined
}

/** Content, and the `seq` of the commit that it was fetched for, unless that is of the past. */
interface Known {
  manifest: Manifest
  seq?: number | undefined
}

export interface Local {
  reader: Reader
  kept: Kept<Known>
}

export function createLocal(given: LocalParts): Local {
  const { options, transport, name } = given
  const store = name === undefined ? undefined : storeFor(options.cache, transport.timeout)
  const { providers } = options
  return providers ? localOf(given, keptParts(given, providers, store)) : localOf(given, keptManifest(given, store))
}

type Source<T> = Pick<KeptParts<T>, 'fetch' | 'stored'>

function localOf<T extends Known>({ transport, newest, selection, options }: LocalParts, source: Source<T>): Local {
  const { stored, fetch } = source
  const kept = createKept<T>(
    {
      what: 'the manifest',
      timeout: MAX_QUESTIONS * transport.timeout,
      isPinned: selection !== undefined,
      hasTimer: true,
      fetch,
      stored: stored && remembering(stored, newest),
      onUpdate: ({ manifest }, diff) => options.onUpdate?.(copyOf(manifest), diff),
    },
    options,
  )
  const reader = createReader(async (options) => {
    const reply = await kept.read(options)
    return reply.error ? reply : { ...reply, data: contentOf(reply.data.manifest) }
  })
  return { reader, kept }
}

function keptManifest({ transport, newest, selection, name }: LocalParts, store?: TextStore): Source<KnownManifest> {
  return {
    async fetch(before, signal) {
      if (!selection) return fetchNewer(transport, await newest.ask(signal), before, signal)
      return { value: before ?? (await fetchManifest(transport, selection, signal)) }
    },
    stored: store && createStoredManifest(store, `llm-registry:${name}`),
  }
}

function keptParts(
  { transport, newest, selection, name }: LocalParts,
  providers: Providers,
  store?: TextStore,
): Source<KnownParts> {
  const names = providers === 'all' ? providers : providers.toSorted().join()
  return {
    async fetch(before, signal) {
      const asking = { transport, providers, signal }
      if (selection) return { value: before ?? (await fetchParts({ ...asking, selection }, before)) }
      const commit = await newest.ask(signal)
      if (before?.head.etag === commit.etag) return { value: before }
      const parts = await fetchParts({ ...asking, selection: { version: commit.version } }, before, commit)
      return { value: { ...parts, seq: commit.seq } }
    },
    stored: store && createStoredParts(store, `llm-registry:${name} of ${names}`),
  }
}

/** What was current for an earlier page or process: this one does not go back to an older version. */
function remembering<T extends Known>(stored: Stored<T>, newest: NewestCommit): Stored<T> {
  return {
    ...stored,
    async load() {
      const held = await stored.load()
      const { seq, manifest } = held?.value ?? {}
      if (held && manifest && seq !== undefined) newest.remember({ ...idOf(manifest), seq }, held.checkedAt)
      return held
    },
  }
}
