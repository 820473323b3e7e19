/** The registry's own state: values by key, each with a schema. A value that does not match it reads as absent. */
import * as z from 'zod'
import { SOURCE_NAMES, type SourceName } from '../../core/vocabulary.ts'
import type { Database } from './database.ts'

/** The state of a source, apart from its facts. Times are in Unix milliseconds. */
const SourceState = z.object({
  /** The URL of the last pull, and its ETag for the next conditional request. */
  url: z.string().optional(),
  etag: z.string().optional(),
  /** When the source last confirmed its accepted facts. */
  confirmedAt: z.number().optional(),
  /** The time of the last day that a backfill replayed. */
  backfilledTo: z.number().optional(),
  /** The pull that was accepted last. */
  acceptedPull: z.number().optional(),
  /** When the scale of its scores last changed, for a source that does not name its scale. */
  scaledAt: z.number().optional(),
  /** After failed pulls: how many in a row, when the next may start, and how long the source asked for no requests. */
  backoff: z.object({ failures: z.number(), notBefore: z.number(), blockedUntil: z.number() }).optional(),
  /** The remaining quota that the source stated, and the requests that a pull needs. */
  quota: z.object({ remaining: z.number(), resetAt: z.number(), perPull: z.number() }).optional(),
})
export type SourceState = z.infer<typeof SourceState>

const SCHEMAS = {
  /** The settings and code that the current catalogue was built with; if they differ, the catalogue is rebuilt. */
  builtWith: z.string(),
  /** The active rollback: which version, since when, and why. */
  pin: z.object({ version: z.string(), since: z.number(), reason: z.string() }),
  /** The progress of a restore: the number of parts, the digest of the last one, and the state of the backup's lines. */
  restore: z.object({ parts: z.number(), digest: z.string(), lines: z.number(), link: z.string(), table: z.number() }),
  /** Models that inherit from a model that the sources no longer have. */
  orphaned: z.array(z.object({ provider: z.string(), value: z.string() })),
  /** Lapsed overrides: the fact in the sources that differs, since when, and from which commit on. */
  lapses: z.array(
    z.object({
      ...{ provider: z.string(), value: z.string().optional(), path: z.string() },
      ...{ replaced: z.unknown(), found: z.unknown().optional(), since: z.number(), seq: z.number() },
    }),
  ),
  /** Past lapses of models, with times and commits, so that prices as of those commits never change. */
  pastLapses: z.array(
    z.object({
      ...{ provider: z.string(), value: z.string() },
      ...{ since: z.number(), seq: z.number(), until: z.number(), untilSeq: z.number() },
    }),
  ),
  /** In the last build, facts that contradicted others, and names on boards that matched no family. */
  unread: z.array(
    z.object({ source: z.enum(SOURCE_NAMES), field: z.string(), count: z.number(), example: z.string() }),
  ),
  /** Every provider that the sources of the last build stated, including those that the settings leave out. */
  stated: z.array(z.string()),
  /** The last part of a completed restore, so that a sender who missed the reply may send it again. */
  restored: z.object({ parts: z.number(), digest: z.string() }),
  /** The newest commit that was published to KV. */
  publishedSeq: z.number(),
  /** The sources that the current run pulls. */
  pulling: z.array(z.enum(SOURCE_NAMES)),
  /** The state of each source. */
  sources: z.record(z.string(), SourceState),
  /** A commit whose manifest is too large for KV. */
  unpublished: z.object({ seq: z.number(), bytes: z.number() }),
} as const

type State = { [Key in keyof typeof SCHEMAS]: z.infer<(typeof SCHEMAS)[Key]> }

export function getState<Key extends keyof State>({ sql }: Database, key: Key): State[Key] | undefined {
  const [row] = sql.exec<{ value: string }>('select value from state where key = ?', key)
  if (!row) return undefined
  const parsed = SCHEMAS[key].safeParse(JSON.parse(row.value))
  // Each key's schema has that key's type, but TypeScript cannot infer it from the index.
  return parsed.success ? (parsed.data as State[Key]) : undefined
}

export function putState<Key extends keyof State>({ sql }: Database, key: Key, value: State[Key]): void {
  sql.exec('insert or replace into state (key, value) values (?, ?)', key, JSON.stringify(value))
}

export function deleteState({ sql }: Database, key: keyof State): void {
  sql.exec('delete from state where key = ?', key)
}

export function sourceState(db: Database, source: SourceName): SourceState {
  return getState(db, 'sources')?.[source] ?? {}
}

export function updateSourceState(db: Database, source: SourceName, change: SourceState): void {
  const states = getState(db, 'sources') ?? {}
  putState(db, 'sources', { ...states, [source]: { ...states[source], ...change } })
}
