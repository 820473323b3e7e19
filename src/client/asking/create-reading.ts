/**
 * Creates a reader of the current version, or of a given version or moment, and the cache behind it. The code for stored
 * content is loaded when it is first needed.
 */
import { AbortedError } from '../errors.ts'
import type { Signal } from '../fetch/fetch-types.ts'
import { idOf } from '../fetch/shapes.ts'
import type { Transport } from '../fetch/transport.ts'
import type { CheckedUpdate } from '../kept/checked-update.ts'
import { createKept, type Kept } from '../kept/create-kept.ts'
import type { Selection } from '../manifest/selection.ts'
import type { Reader } from '../reader.ts'
import type { RegistryOptions } from '../registry-options.ts'
import { failWith, type Reply, succeed } from '../reply.ts'
import { createAskedAnswers } from './asked-answers.ts'
import { createAskingReader } from './asking-reader.ts'
import { createCall } from './call.ts'
import { createLateLocal } from './late-local.ts'
import { createLateReader } from './late-reader.ts'
import { type Commit, createNewestCommit, type NewestCommit } from './newest-commit.ts'

/** For the newest commit, and for the version where there is none. */
const COMMIT_QUESTIONS = 2

export interface ReadingParts {
  transport: Transport
  options: RegistryOptions
  selection: Selection | undefined
  /** The name of the stored content; without a name, nothing is stored. */
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
  const commit = createKeptCommit(newest, transport, options)
  const local = createLateLocal({ transport, newest, selection, options, name })
  const localReader = createLateReader(async (signal) => (await local.get(signal)).reader, transport)
  const asking = createAskingReader({
    timeout: transport.timeout,
    begin: (readOptions) => createCall({ answers, of: selection ?? commit, timeout: transport.timeout }, readOptions),
    local: localReader,
    isHeld: local.isHeld,
    hasStored: local.hasStored,
  })

  const check = async (signal: Signal | undefined): Promise<CheckedUpdate> => {
    if (transport.isClosed()) throw new AbortedError()
    // Reads are answered from stored content, if there is any; otherwise, knowing the version is enough.
    if (options.providers || local.isHeld()) {
      const { value, updated, diff } = await (await local.get(signal)).kept.refresh(signal)
      return { updated, version: idOf(value.manifest), diff }
    }
    if (!selection) {
      const { value, updated } = await commit.refresh(signal)
      return { updated, version: idOf(value), diff: undefined }
    }
    const { data, error } = await asking.getVersion({ signal })
    if (error) throw error
    return { updated: false, version: data, diff: undefined }
  }

  return {
    reader: options.providers ? localReader : createLateReader(() => asking, transport),
    check: (signal) => check(signal).then((checked) => succeed(checked), failWith),
    async clear() {
      answers.clear()
      newest.forget()
      await Promise.all([commit.clear(), local.clear()])
    },
    stopTimers() {
      commit.stopTimer()
      local.stopTimer()
    },
  }
}

/** As current as the options allow, for reads of single things. */
function createKeptCommit(newest: NewestCommit, transport: Transport, options: RegistryOptions): Kept<Commit> {
  return createKept<Commit>(
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
}
