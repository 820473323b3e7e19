/**
 * The tables of the memory. Versions, and revisions of models and providers as half-open intervals of `seq`
 * [from_seq, to_seq): nothing is overwritten, only an open interval is closed. Times are Unix milliseconds.
 * A row, string or blob may not exceed 2 MB, which only production enforces: writers assert it.
 */
import { sql } from 'drizzle-orm'
import { blob, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Attribution } from '../../core/schema/history.ts'
import type { Cause, OutcomeName } from '../../core/vocabulary.ts'

export const versions = sqliteTable(
  'versions',
  {
    seq: integer().primaryKey(),
    version: text().notNull(),
    etag: text().notNull(),
    generatedAt: integer().notNull(),
    committedAt: integer().notNull(),
    previous: text(),
    cause: text().$type<Cause>().notNull(),
    providers: integer().notNull(),
    models: integer().notNull(),
    added: integer().notNull(),
    removed: integer().notNull(),
    changed: integer().notNull(),
    attribution: text({ mode: 'json' }).$type<Attribution[]>().notNull(),
    chain: text().notNull(),
    pullId: integer(),
  },
  (table) => [index('versions_etag').on(table.etag, table.seq), index('versions_committed_at').on(table.committedAt)],
)
export type VersionRow = typeof versions.$inferSelect

/** Every provider and model that ever was. `[first_seq, gone_seq)` bounds its revisions, so that a past read skips the rest. */
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
  (table) => [uniqueIndex('entities_key').on(table.kind, table.provider, table.value)],
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
    index('revisions_to_seq').on(table.toSeq),
  ],
)

/** What each row changed against the one before it, ready to be told. Derived: what is missing is made again. */
export const diffs = sqliteTable('diffs', {
  seq: integer().primaryKey(),
  /** Gzip of a CatalogueDiff as JSON. */
  body: blob({ mode: 'buffer' }).$type<Uint8Array>().notNull(),
})

export const pulls = sqliteTable(
  'pulls',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    outcome: text().$type<OutcomeName>().notNull(),
    /** The source was AA itself, or a recorded pull was sent. */
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
    /** The row it made, if it made one. */
    seq: integer(),
    /** SHA-256 of the canonical pages, to know a pull that is sent again. */
    digest: text(),
    /** Gzip of `{ fetchedAt, pages }` as it came. */
    payload: blob({ mode: 'buffer' }).$type<Uint8Array>(),
  },
  (table) => [index('pulls_at').on(table.at), index('pulls_outcome').on(table.outcome, table.at)],
)
export type PullRow = typeof pulls.$inferSelect

/** The last good catalogue of the second source. */
export const enrichments = sqliteTable('enrichments', {
  source: text().primaryKey(),
  /** Where it was asked for, and the ETag to ask with again. */
  url: text().notNull(),
  etag: text(),
  /** When it was last known to be what the source says. */
  heardAt: integer().notNull(),
  /** SHA-256 of the text. */
  digest: text().notNull(),
  /** Gzip of what was kept of the reply, as canonical JSON. */
  payload: blob({ mode: 'buffer' }).$type<Uint8Array>().notNull(),
})

/** Creator id -> the provider it was named when first seen. */
export const creatorProviders = sqliteTable('creator_providers', {
  creatorId: text().primaryKey(),
  provider: text().notNull(),
})

/** Small facts about the registry itself, each JSON. */
export const settings = sqliteTable('settings', { key: text().primaryKey(), value: text().notNull() })

/** Work that an alarm must do, also after a crash. */
export const jobs = sqliteTable('jobs', { name: text().primaryKey(), dueAt: integer().notNull() })

/** Every change of an override ever; the newest of a target counts. */
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
    /** The override as JSON, or null where it was taken back. */
    body: text(),
  },
  (table) => [index('overrides_target').on(table.provider, table.value, table.id)],
)
export type OverrideRow = typeof overrides.$inferSelect

/** The last facts, as the sources had them, of what overrides build on. */
export const remembered = sqliteTable(
  'remembered',
  { provider: text().notNull(), value: text().notNull(), body: text().notNull() },
  (table) => [primaryKey({ columns: [table.provider, table.value] })],
)
