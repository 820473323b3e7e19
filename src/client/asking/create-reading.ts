/**
 * What a registry is read by: a reader of the current version, or of one version or moment, and what is kept for it. The
 * code for content that is kept is loaded when it is first needed.
 */
import { AbortedError } from '../errors.ts'
import type { Signal } from '../fetch/fetch-types.ts'
import { idOf } from '../fetch/shapes.ts'
import type { Transport } from '../fetch/transport.ts'
import type { CheckedUpdate } from '../kept/checked-update.ts'
import { createKept } from '../kept/create-kept.ts'
import type { Local } from '../kept/create-local.ts'
import type { Selection } from '../manifest/selection.ts'
import type { Reader } from '../reader.ts'
import type { RegistryOptions } from '../registry-options.ts'
import { failWith, type Reply, succeed } from '../reply.ts'
import { createAskedAnswers } from './asked-answers.ts'
import { createAskingReader } from './asking-reader.ts'
import { beginCall } from './call.ts'
import { loadModule } from './load-module.ts'
import { type Commit, createNewestCommit } from './newest-commit.ts'

/** For the newest commit, and for the version where there is none. */
const COMMIT_QUESTIONS = 2

export interface ReadingParts {
  transport: Transport
  options: RegistryOptions
  selection: Selection | undefined
  /** What is stored has this name; without one nothing is. */
  name?: string | undefined
}

export interface Reading {
  reader: Reader
  check(signal: Signal | undefined): Promise<Reply<CheckedUpdate>>
  clear(): Promise<void>
  stopTimers(): void
}

export function createReading({ transport, options, selection, name }: ReadingParts): Reading {
  const newest = createNewestCommit(transport)
  const answers = createAskedAnswers(transport)
  const commit = createKept<Commit>(
    {
      what: 'the newest version',
      timeout: COMMIT_QUESTIONS * transport.timeout,
      isPinned: false,
      async fetch(before, signal) {
        const commit = await newest.ask(signal)
        return { value: before?.etag === commit.etag ? before : commit }
      },
    },
    options,
  )
  let isStopped = false
  let loaded: Local | undefined
  const local = async (): Promise<Local> => {
    const { createLocal } = await loadModule(() => import('../kept/create-local.ts'))
    loaded ??= createLocal({ transport, newest, selection, options, name })
    if (isStopped) loaded.kept.stopTimer()
    return loaded
  }
  const localReader = createLateReader(async () => (await local()).reader, transport)
  const isLocal = (stored?: 'stored') =>
    stored
      ? local().then(
          ({ kept }) => kept.load(),
          () => false,
        )
      : (loaded?.kept.isHeld() ?? false)
  const begin = beginCall.bind(undefined, answers, selection ?? commit)
  const asking = createAskingReader({ begin, local: localReader, isLocal })

  return {
    reader: options.providers ? localReader : createLateReader(() => asking, transport),
    async check(signal) {
      try {
        if (transport.isClosed()) throw new AbortedError()
        // What is kept is what reads answer from; where nothing is, it is enough to know the version.
        if (!options.providers && !isLocal()) return await checkCommit(signal)
        const { value, updated, diff } = await (await local()).kept.refresh(signal)
        return succeed({ updated, version: idOf(value.manifest), diff })
      } catch (error) {
        return failWith(error)
      }
    },
    async clear() {
      answers.clear()
      newest.forget()
      await commit.clear()
      // Without its code, nothing was kept.
      await local().then(
        ({ kept }) => kept.clear(),
        () => undefined,
      )
    },
    stopTimers() {
      isStopped = true
      commit.stopTimer()
      loaded?.kept.stopTimer()
    },
  }

  async function checkCommit(signal: Signal | undefined): Promise<Reply<CheckedUpdate>> {
    if (selection) {
      const { data, error } = await asking.getVersion({ signal })
      return error ? failWith(error) : succeed({ updated: false, version: data, diff: undefined })
    }
    const { value, updated } = await commit.refresh(signal)
    return succeed({ updated, version: idOf(value), diff: undefined })
  }
}

const READS: (keyof Reader)[] = [
  ...(['getManifest', 'getProviders', 'getModels', 'getProviderModels', 'getModel'] as const),
  ...(['find', 'getOffers', 'costOf', 'searchModels', 'getVersion'] as const),
]

type Read = (...args: unknown[]) => Promise<Reply<unknown>>

/** A reader that is there when it is first read, and that nobody reads after the end. */
function createLateReader(get: () => Reader | Promise<Reader>, transport: Transport): Reader {
  const late = (name: keyof Reader): Read => {
    return async (...args) => {
      try {
        if (transport.isClosed()) throw new AbortedError()
        return await ((await get())[name] as Read)(...args) // its own arguments
      } catch (error) {
        return failWith(error)
      }
    }
  }
  return Object.fromEntries(READS.map((name) => [name, late(name)])) as unknown as Reader // each of its methods
}
