/**
 * Brings KV up to date with the newest commit: its parts in shards, `manifest`, `index`, `columns` and `listed`, then
 * `current`, so that a reader of the pointer finds the body. KV takes one write per second and key, so a burst of
 * commits publishes only its last one. Retries until the write is confirmed, unless KV can never take the manifest.
 */
import type { IndexedManifest } from '../../core/manifest/manifest-layout.ts'
import { packShard, SHARD_KEYS } from '../../core/manifest/part-shards.ts'
import type { Pointer } from '../../core/schema/history.ts'
import type { Provider } from '../../core/schema/model.ts'
import { listedColumnsOf } from '../../core/search/columns/listed-models.ts'
import { columnsOf, type PlacedModel } from '../../core/search/columns/model-columns.ts'
import { packColumns } from '../../core/search/columns/packed-columns.ts'
import { placedModels } from '../../core/search/columns/placed-models.ts'
import { newestCommit, toPointer } from '../history/history.ts'
import { manifestAt } from '../history/parts.ts'
import type { Database } from '../store/database.ts'
import { sha256 } from '../store/sha256.ts'
import { deleteState, getState, putState } from '../store/state.ts'
import type { CommitRow } from '../store/tables.ts'
import type { Jobs } from './jobs.ts'

const MIN_INTERVAL_MS = 1000
const FIRST_RETRY_MS = 2000
const MAX_RETRY_MS = 5 * 60_000
/** A KV value may be up to 25 MiB. */
const MAX_KV_BYTES = 25 * 1024 * 1024

interface PublisherParts {
  db: Database
  jobs: Jobs
  kv: Pick<KVNamespace, 'put'>
  clock: () => number
}

export class Publisher {
  readonly #parts: PublisherParts
  #failures = 0
  #lastWriteAt = Number.NEGATIVE_INFINITY

  constructor(parts: PublisherParts) {
    this.#parts = parts
  }

  /** Call in the same synchronous step as the commit, so that a crash cannot lose the job. */
  schedule(): void {
    this.#parts.jobs.set('publish', this.#nextWriteAt())
  }

  /** Schedules a publish even if KV has the commit, to restore keys that were lost or damaged. */
  republish(): void {
    deleteState(this.#parts.db, 'publishedSeq')
    this.schedule()
  }

  /** Schedules a publish that was lost by a crash after the commit, or that a clock set back put far into the future. */
  catchUp(): void {
    const { db, jobs, clock } = this.#parts
    const row = newestCommit(db)
    if (!row || getState(db, 'publishedSeq') === row.seq || tooLargeToPublish(db)?.seq === row.seq) return
    const dueAt = jobs.dueAt('publish')
    if (dueAt === undefined || dueAt > clock() + MAX_RETRY_MS) this.schedule()
  }

  async publish(): Promise<void> {
    const { db, jobs, clock } = this.#parts
    const row = newestCommit(db)
    if (!row || getState(db, 'publishedSeq') === row.seq) return jobs.clear('publish')
    if (clock() < this.#nextWriteAt()) return this.schedule()
    this.#lastWriteAt = clock()
    const manifest = manifestAt(db, row)
    if (manifest.bytes.byteLength > MAX_KV_BYTES) return this.#giveUp(row, manifest.bytes.byteLength)
    const pointer = toPointer(row)
    try {
      await this.#write(pointer, manifest)
      this.#lastWriteAt = clock()
    } catch (error) {
      console.error(`Cannot publish ${pointer.version} to KV: ${error instanceof Error ? error.message : error}`)
      const delay = Math.min(FIRST_RETRY_MS * 2 ** this.#failures++, MAX_RETRY_MS)
      return jobs.set('publish', clock() + delay)
    }
    this.#failures = 0
    putState(db, 'publishedSeq', row.seq)
    // Another commit may have been made while KV was written.
    if (newestCommit(db)?.seq === row.seq) jobs.clear('publish')
    else this.schedule()
  }

  /** Retrying would always fail. Reads get the commit from the object, and the next commit may be smaller. */
  #giveUp({ seq, version }: CommitRow, bytes: number): void {
    const { db, jobs } = this.#parts
    console.error(
      `Cannot publish ${version} to KV: its manifest has ${bytes} bytes, above the limit of ${MAX_KV_BYTES}`,
    )
    putState(db, 'unpublished', { seq, bytes })
    jobs.clear('publish')
  }

  #nextWriteAt(): number {
    const now = this.#parts.clock()
    // If the clock was set back, publishing must not wait until it has caught up.
    this.#lastWriteAt = Math.min(this.#lastWriteAt, now)
    return Math.max(now, this.#lastWriteAt + MIN_INTERVAL_MS)
  }

  async #write(pointer: Pointer, { bytes, index }: IndexedManifest): Promise<void> {
    const { version, etag, generatedAt, seq } = pointer
    const { kv } = this.#parts
    await Promise.all(SHARD_KEYS.map((key) => kv.put(key, packShard(key, { bytes, index }))))
    await kv.put('manifest', bytes, { metadata: { version, etag, generatedAt, seq } })
    await kv.put('index', JSON.stringify(index))
    const placed = placedModels(bytes, index.parts)
    await kv.put('columns', packColumns(columnsOf(placed), index.sha256))
    const listed = listedText({ bytes, index }, placed)
    await kv.put('listed', listed, { metadata: { etag, sha256: sha256(listed) } })
    await kv.put('current', JSON.stringify(pointer))
  }
}

/** The data for the lists on the pages, as JSON. */
function listedText({ bytes, index }: IndexedManifest, placed: readonly PlacedModel[]): string {
  const decoder = new TextDecoder()
  const providers = Object.values(index.parts).map(
    ({ provider }): Provider => JSON.parse(decoder.decode(bytes.subarray(...provider))),
  )
  return JSON.stringify(listedColumnsOf({ providers, models: placed.map(({ model }) => model) }))
}

/** The newest commit, if its manifest is too large for KV. */
export function tooLargeToPublish(db: Database): { seq: number; bytes: number } | undefined {
  const unpublished = getState(db, 'unpublished')
  return unpublished && unpublished.seq === newestCommit(db)?.seq ? unpublished : undefined
}
