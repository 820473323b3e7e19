/** The registry's own state, each value under a key with a schema: a value that does not match reads as absent. */
import * as z from 'zod'
import { SOURCE_NAMES, type SourceName } from '../../core/vocabulary.ts'
import type { Database } from './database.ts'

/** What the registry knows of a source beside its facts. Times are Unix milliseconds. */
const SourceState = z.object({
  /** Where it was pulled from last, and the ETag to ask with again. */
  url: z.string().optional(),
  etag: z.string().optional(),
  /** When its accepted facts were last known to be what it states. */
  confirmedAt: z.number().optional(),
  /** The moment of the last day that a backfill replayed. */
  backfilledTo: z.number().optional(),
  /** The pull that was accepted last. */
  acceptedPull: z.number().optional(),
  /** When its scores were last put on another scale, where it does not name its scale. */
  scaledAt: z.number().optional(),
  /** After failed pulls: how many in a row, when the next may start, and until when the source asked for none. */
  backoff: z.object({ failures: z.number(), notBefore: z.number(), blockedUntil: z.number() }).optional(),
  /** What the source said is left of its quota, and what a pull takes of it. */
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
  /** Models that inherit from one that the sources no longer have. */
  orphaned: z.array(z.object({ provider: z.string(), value: z.string() })),
  /** Lapsed overrides: the sources have other facts than they replace; since when, and from which commit on. */
  lapses: z.array(
    z.object({
      ...{ provider: z.string(), value: z.string().optional(), path: z.string() },
      ...{ replaced: z.unknown(), found: z.unknown().optional(), since: z.number(), seq: z.number() },
    }),
  ),
  /** Of models: when each did not hold, and at which commits; what was priced as of these is priced so forever. */
  pastLapses: z.array(
    z.object({
      ...{ provider: z.string(), value: z.string() },
      ...{ since: z.number(), seq: z.number(), until: z.number(), untilSeq: z.number() },
    }),
  ),
  /** Facts of the last build that contradict others, and names of boards that no family is known by. */
  unread: z.array(
    z.object({ source: z.enum(SOURCE_NAMES), field: z.string(), count: z.number(), example: z.string() }),
  ),
  /** Every provider that the sources of the last build state anything of, also those that are left out. */
  stated: z.array(z.string()),
  /** The last part of a restore that is done: whoever lost the answer may send it again. */
  restored: z.object({ parts: z.number(), digest: z.string() }),
  /** The newest commit that KV is known to hold. */
  publishedSeq: z.number(),
  /** The sources that the current run pulls. */
  pulling: z.array(z.enum(SOURCE_NAMES)),
  /** By source, the state that its last pulls left. */
  sources: z.record(z.string(), SourceState),
  /** A commit whose manifest is larger than KV takes. */
  unpublished: z.object({ seq: z.number(), bytes: z.number() }),
} as const

type State = { [Key in keyof typeof SCHEMAS]: z.infer<(typeof SCHEMAS)[Key]> }

export function getState<Key extends keyof State>({ sql }: Database, key: Key): State[Key] | undefined {
  const [row] = sql.exec<{ value: string }>('select value from state where key = ?', key)
  if (!row) return undefined
  const parsed = SCHEMAS[key].safeParse(JSON.parse(row.value))
  // The schema of a key gives that key's type; TypeScript cannot follow the index.
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
