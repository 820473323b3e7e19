/**
 * The last good catalogue of the second source: what came, without the providers the registry does not know, and when
 * it was last heard. Read and indexed once for as long as it stays the same.
 */
import { gunzipSync, gzipSync } from 'node:zlib'
import type { SourcePull } from '../../core/build/statement.ts'
import { canonicalize } from '../../core/canonical.ts'
import { createMatcher, type Matcher, type MatchOutcome } from '../../core/match/match.ts'
import { MODELS_DEV_ALIASES } from '../../sources/models-dev/aliases.ts'
import { SOURCES } from '../../sources/sources.ts'
import { type Database, fitsInRow } from './database.ts'
import { unpackJson } from './packed-json.ts'
import { sha256 } from './sha256.ts'
import { enrichments } from './tables.ts'

const SOURCE = 'models.dev'

const readPage = (page: unknown) => SOURCES[SOURCE].read([page])

export interface KnownEnrichment {
  pull: SourcePull
  match: Matcher
  digest: string
  /** Unix milliseconds. */
  heardAt: number
}

/** One at a time is read; a test may hold several databases. */
const parsed = new WeakMap<Database, Omit<KnownEnrichment, 'heardAt'>>()

export function readEnrichment(db: Database): KnownEnrichment | undefined {
  const { digest, heardAt } = enrichments
  const now = db.tables.select({ digest, heardAt }).from(enrichments).get()
  if (!now) return undefined
  const known = parsed.get(db)
  if (known?.digest === now.digest) return { ...known, heardAt: now.heardAt }
  const payload = db.tables.select({ payload: enrichments.payload }).from(enrichments).get()?.payload
  if (!payload) return undefined
  const read = readPage(JSON.parse(gunzipSync(payload).toString()))
  if (!read.ok) return undefined
  const pull = read.value
  const match = remembering(createMatcher(pull.statements, MODELS_DEV_ALIASES))
  const next = { pull, match, digest: now.digest }
  parsed.set(db, next)
  return { ...next, heardAt: now.heardAt }
}

export function enrichmentDigest({ tables }: Database): string | undefined {
  return tables.select({ digest: enrichments.digest }).from(enrichments).get()?.digest
}

/** Unix milliseconds. */
export function enrichmentHeardAt({ tables }: Database): number | undefined {
  return tables.select({ heardAt: enrichments.heardAt }).from(enrichments).get()?.heardAt
}

/** Whether a catalogue from a backup is one that can be read. */
export const isEnrichment = (payload: Uint8Array): boolean => readPage(unpackJson(payload)).ok

/** Where it was asked for and the ETag it came with, for the next time. */
export function enrichmentTag({ tables }: Database): { url: string; etag: string } | undefined {
  const row = tables.select({ url: enrichments.url, etag: enrichments.etag }).from(enrichments).get()
  return row?.etag ? { url: row.url, etag: row.etag } : undefined
}

export function hearEnrichment({ tables }: Database, heardAt: number): void {
  tables.update(enrichments).set({ heardAt }).run()
}

/** A page as it is kept; `undefined` if it is more than one row can hold. */
export function packEnrichment(page: unknown): { digest: string; payload: Uint8Array } | undefined {
  const text = canonicalize(page)
  const payload = gzipSync(text)
  return fitsInRow(payload) ? { digest: sha256(text), payload } : undefined
}

export function writeEnrichment(
  { tables }: Database,
  facts: { url: string; etag: string | null; digest: string; payload: Uint8Array; heardAt: number },
): void {
  const row = { source: SOURCE, ...facts }
  tables.insert(enrichments).values(row).onConflictDoUpdate({ target: enrichments.source, set: row }).run()
}

/** More than a registry has models; past it the outcomes are forgotten and worked out again. */
const MAX_OUTCOMES = 10_000

/** A change of an override builds several times, of statements that are always the same. */
function remembering(match: Matcher): Matcher {
  const outcomes = new Map<string, MatchOutcome>()
  return (statement, provider) => {
    const { value, name, facts } = statement
    const { releaseDate, pricing } = facts
    const key = JSON.stringify([provider, value, name, releaseDate, pricing?.input, pricing?.output])
    const outcome = outcomes.get(key) ?? match(statement, provider)
    if (outcomes.size >= MAX_OUTCOMES) outcomes.clear()
    outcomes.set(key, outcome)
    return outcome
  }
}
