/**
 * The tables of the registry. Versions, and revisions of models and providers as half-open intervals of `seq`
 * [from_seq, to_seq): nothing is overwritten, only an open interval is closed. Times are Unix milliseconds.
 * A row, string or blob may not exceed 2 MB, which only production enforces: writers assert it.
 */
import { sql } from 'drizzle-orm'
import { blob, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { HoldReason } from '../../core/guard/hold-reason.ts'
import type { Totals } from '../../core/guard/totals.ts'
import type { Attribution } from '../../core/schema/history.ts'
import type { Unread } from '../../core/statements/statement.ts'
import type { Cause, IqBasis, OutcomeName, SourceName } from '../../core/vocabulary.ts'

export const versions = sqliteTable(
  'versions',
  {
    seq: integer().primaryKey(),
    version: text().notNull(),
    /** SHA-256 of the digests of all parts; its first 32 digits are the etag. */
    root: text().notNull(),
    generatedAt: integer().notNull(),
    committedAt: integer().notNull(),
    /** When it was written, if that is not when it became current. */
    recordedAt: integer(),
    previous: text(),
    cause: text().$type<Cause>().notNull(),
    providers: integer().notNull(),
    models: integer().notNull(),
    added: integer().notNull(),
    removed: integer().notNull(),
    changed: integer().notNull(),
    attribution: text({ mode: 'json' }).$type<Attribution[]>().notNull(),
    iqBasis: text().$type<IqBasis>(),
    /** The scale of `iq`: the basis with its version or the day of its last re-fit. Scores compare only on one scale. */
    iqScale: text(),
    chain: text().notNull(),
    pullId: integer(),
    /** The newest change of an override at the time of the commit: it decides the override prices as of this commit. */
    overrideId: integer().notNull(),
  },
  (table) => [index('versions_root').on(table.root, table.seq), index('versions_committed_at').on(table.committedAt)],
)
export type CommitRow = typeof versions.$inferSelect

/** Every provider and model that ever existed. `[first_seq, gone_seq)` bounds its revisions, to speed up past reads. */
export const entities = sqliteTable(
  'entities',
  {
    id: integer().primaryKey(),
    kind: text().$type<EntityKind>().notNull(),
    provider: text().notNull(),
    /** Empty for a provider. */
    value: text().notNull(),
    firstSeq: integer().notNull(),
    goneSeq: integer(),
  },
  (table) => [
    uniqueIndex('entities_key').on(table.kind, table.provider, table.value),
    index('entities_beyond_ascii').on(table.provider).where(sql`octet_length(value) > length(value)`),
  ],
)
export type EntityKind = 'model' | 'provider'

export const revisions = sqliteTable(
  'revisions',
  {
    id: integer().primaryKey(),
    entityId: integer()
      .notNull()
      .references(() => entities.id),
    fromSeq: integer().notNull(),
    toSeq: integer(),
    /** Canonical JSON. */
    body: text().notNull(),
  },
  (table) => [
    uniqueIndex('revisions_from').on(table.entityId, table.fromSeq),
    uniqueIndex('revisions_open').on(table.entityId).where(sql`to_seq is null`),
    index('revisions_from_seq').on(table.fromSeq),
    index('revisions_to_seq').on(table.toSeq).where(sql`to_seq is not null`),
  ],
)

/** The digest of each provider's part over time, as half-open intervals of `seq` like revisions. */
export const parts = sqliteTable(
  'parts',
  {
    provider: text().notNull(),
    fromSeq: integer().notNull(),
    toSeq: integer(),
    /** SHA-256 of the part, 64 hex digits. */
    digest: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.fromSeq] }),
    uniqueIndex('parts_open').on(table.provider).where(sql`to_seq is null`),
    index('parts_from_seq').on(table.fromSeq),
    index('parts_digest').on(table.digest),
  ],
)

/** The bytes of parts that were current at one of the last commits. A cache: they are joined of revisions where absent. */
export const partBodies = sqliteTable('part_bodies', {
  /** SHA-256 of the part, 64 hex digits. */
  digest: text().primaryKey(),
  /** Of the body, how many are the provider. */
  providerBytes: integer().notNull(),
  /** The part without what is the same in all: its models, divided by commas, then its provider. */
  body: blob({ mode: 'buffer' }).$type<Uint8Array>().notNull(),
})

/**
 * The part of each provider from the sources alone, before overrides: the digest of its inputs, and its own digest. The
 * content is stored here only if no commit ever had it.
 */
export const sourceParts = sqliteTable('source_parts', {
  provider: text().primaryKey(),
  /** Digest of all inputs that the part was built from. */
  inputs: text().notNull(),
  /** SHA-256 of the part. */
  digest: text().notNull(),
  /** Gzip of the part, or null if the history has a part with this digest. */
  body: blob({ mode: 'buffer' }).$type<Uint8Array>(),
})

/**
 * What each part from the sources alone was built from, to explain its models. A cache: where a row is absent, everything
 * is planned again.
 */
export const partInputs = sqliteTable('part_inputs', {
  provider: text().primaryKey(),
  /** Digest of the inputs. The row counts only while `source_parts` has the same. */
  digest: text().notNull(),
  /** A line of JSON for what all models share, and one for each model. */
  body: text().notNull(),
})

/** The diff of each commit against the one before it. A cache: missing rows are computed again. */
export const diffs = sqliteTable('diffs', {
  seq: integer().primaryKey(),
  /** Gzip of a CatalogueDiff as JSON. */
  body: blob({ mode: 'buffer' }).$type<Uint8Array>().notNull(),
})

/** The SHA-256 of manifests that were made. A cache: they are the same bytes forever. */
export const manifestDigests = sqliteTable('manifest_digests', {
  seq: integer().primaryKey(),
  digest: text().notNull(),
})

export const pulls = sqliteTable(
  'pulls',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    source: text().$type<SourceName>().notNull(),
    at: integer().notNull(),
    outcome: text().$type<OutcomeName>().notNull(),
    /** Whether the registry fetched the pull or an operator imported it. */
    origin: text().$type<'live' | 'import'>().notNull(),
    forced: integer({ mode: 'boolean' }).notNull(),
    code: text(),
    detail: text(),
    reasons: text({ mode: 'json' }).$type<string[]>(),
    tier: text(),
    indexVersion: real(),
    models: integer(),
    providers: integer(),
    rateLimitRemaining: integer(),
    /** The commit that it made, or that was current after it. */
    seq: integer(),
    /** SHA-256 of the pull as received, to recognize one that is sent again. */
    digest: text(),
    /** Values that could not be read, by field. */
    unread: text({ mode: 'json' }).$type<Unread[]>(),
    /** Gzip of the recorded pull, as received. */
    payload: blob({ mode: 'buffer' }).$type<Uint8Array>(),
  },
  (table) => [
    index('pulls_at').on(table.source, table.at),
    index('pulls_outcome').on(table.source, table.outcome, table.at),
  ],
)
export type PullRow = typeof pulls.$inferSelect

/** The last accepted facts of each source, by provider if the guard judges the source by provider. */
export const accepted = sqliteTable(
  'accepted',
  {
    source: text().$type<SourceName>().notNull(),
    /** Empty for a source that is judged as a whole. */
    provider: text().notNull(),
    /** The first pull that contained it; null if it is from a backfill. */
    pullId: integer(),
    /** SHA-256 of the JSON. */
    digest: text().notNull(),
    /** The totals that the guard uses while the rows do not change. */
    totals: text({ mode: 'json' }).$type<Totals>().notNull(),
    /** Gzip of the JSON, as received. */
    body: blob({ mode: 'buffer' }).$type<Uint8Array>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.source, table.provider] })],
)

/** What accepted shares state. A cache: missing rows are read again. */
export const readings = sqliteTable(
  'readings',
  {
    source: text().$type<SourceName>().notNull(),
    /** Empty for a source that is accepted whole. */
    provider: text().notNull(),
    /** SHA-256 of the share. */
    digest: text().notNull(),
    /** The version of the code that read it. */
    build: integer().notNull(),
    /** JSON of the reading, and of the names that it was read with. */
    body: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.source, table.provider] })],
)

/** What the guard holds until an operator decides or a later pull confirms it: a whole pull, or a provider of one. */
export const holds = sqliteTable(
  'holds',
  {
    source: text().$type<SourceName>().notNull(),
    /** Empty if the whole pull is held. */
    provider: text().notNull(),
    /** The newest pull that showed the loss. */
    pullId: integer().notNull(),
    /** When a pull first showed the loss. */
    at: integer().notNull(),
    reasons: text({ mode: 'json' }).$type<HoldReason[]>().notNull(),
    /** Gzip of the JSON of the rows in the first pull that showed the loss. */
    rows: blob({ mode: 'buffer' }).$type<Uint8Array>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.source, table.provider] })],
)

/** The provider value that each creator got when it was first seen. */
export const creatorProviders = sqliteTable('creator_providers', {
  creatorId: text().primaryKey(),
  provider: text().notNull(),
})

/** The registry's own state, as JSON values by key. */
export const state = sqliteTable('state', { key: text().primaryKey(), value: text().notNull() })

/** Jobs for the alarm. They survive a crash. */
export const jobs = sqliteTable('jobs', { name: text().primaryKey(), dueAt: integer().notNull() })

/** Every change of an override. The newest change of a target decides. */
export const overrides = sqliteTable(
  'overrides',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    /** The name of the token. */
    by: text().notNull(),
    provider: text().notNull(),
    /** Empty for a provider. */
    value: text().notNull(),
    /** The override as JSON, or null if it was deleted. */
    body: text(),
  },
  (table) => [index('overrides_target').on(table.provider, table.value, table.id)],
)
export type OverrideRow = typeof overrides.$inferSelect

/** The last facts in the sources of the models and providers that overrides build on. */
export const remembered = sqliteTable(
  'remembered',
  { provider: text().notNull(), value: text().notNull(), body: text().notNull() },
  (table) => [primaryKey({ columns: [table.provider, table.value] })],
)
