/**
 * The newest commit that the registry reported: the current version and its `seq`, by which responses of a lagging cache
 * or location are recognized. It never goes back to a lower one.
 */
import type { VersionId } from '../../core/schema/history.ts'
import { DataError, NOT_ASKED_FOR } from '../errors.ts'
import { queryOf } from '../fetch/query.ts'
import { idOf, isVersionId } from '../fetch/shapes.ts'
import type { Transport } from '../fetch/transport.ts'

/** What is known of a commit. */
export interface Commit extends VersionId {
  seq: number
}

export interface NewestCommit {
  ask(signal: AbortSignal): Promise<Commit>
  /** When an earlier page or process got it, in Unix milliseconds. */
  remember(commit: Commit, checkedAt: number): void
  forget(): void
}

interface Known {
  commit: Commit
  /** Of the answer. */
  etag?: string | undefined
}

/**
 * KV lags by up to a minute, caches in between by up to eleven. If a registry is behind what a store holds for longer than
 * this, it has a different history: a backup was restored.
 */
const OTHER_HISTORY_MS = 3_600_000

/** Above every `seq`, also where a clock is at the beginning of its time. */
const BEYOND = 1e15

export function createNewestCommit(transport: Transport): NewestCommit {
  let newest: Known | undefined
  return {
    async ask(signal) {
      // No commit has such a `seq`, and no cache that is keyed by URL, such as the one of Next.js 13, contains it.
      const path = `/v1/versions${queryOf({ limit: 1, before: BEYOND + Date.now() })}`
      const { isSame, json, etag } = await transport.ask(path, { signal, etag: newest?.etag, isCurrent: true })
      if (isSame && newest) return newest.commit
      const commit = await commitOf(transport, json, signal)
      if (!newest || commit.seq >= newest.commit.seq) newest = { commit, etag }
      return newest.commit
    },
    remember(commit, checkedAt) {
      const age = Date.now() - checkedAt
      const isRecent = age >= 0 && age < OTHER_HISTORY_MS
      if (isRecent && !(newest && newest.commit.seq >= commit.seq)) newest = { commit }
    },
    forget() {
      newest = undefined
    },
  }
}

async function commitOf(transport: Transport, rows: unknown, signal: AbortSignal): Promise<Commit> {
  if (!Array.isArray(rows)) throw new DataError('/v1/versions', NOT_ASKED_FOR)
  const [row] = rows
  // Without a history, it is empty, which this response reports, or has a manifest that was put into KV by hand.
  const id = row ?? (await transport.get('/v1/version', { signal, isCurrent: true }))
  const seq = row ? row.seq : 0
  if (!isVersionId(id) || !Number.isInteger(seq)) throw new DataError('/v1/versions', NOT_ASKED_FOR)
  return { ...idOf(id), seq }
}
