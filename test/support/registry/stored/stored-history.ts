/** Stores commits directly and reads them back, for tests that need no pull. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { asc } from 'drizzle-orm'
import { partsOf } from '../../../../src/core/manifest/catalogue-parts.ts'
import type { Attribution, Manifest, VersionInfo } from '../../../../src/core/schema/history.ts'
import type { Catalogue } from '../../../../src/core/schema/model.ts'
import { type CommitContext, commitParts } from '../../../../src/registry/changes/commit.ts'
import { rowBySeq, toVersionInfo } from '../../../../src/registry/history/history.ts'
import { manifestAt, openDigests } from '../../../../src/registry/history/parts.ts'
import { type Database, openDatabase } from '../../../../src/registry/store/database.ts'
import { type CommitRow, versions } from '../../../../src/registry/store/tables.ts'
import { model, provider } from '../../rows.ts'

export const FIRST_AT = Date.parse('2026-02-01T02:00:00.000Z')
export const DAY = 24 * 3600_000
export const ATTRIBUTION: Attribution[] = [{ name: 'Example', url: 'https://example.com/' }]

export function withDatabase(work: (db: Database) => void): Promise<void> {
  return runInDurableObject(env.REGISTRY_DO.getByName('registry'), async (_, { storage }) =>
    work(await openDatabase(storage)),
  )
}

/** A catalogue of models `m0`, `m1`, ... with these names. */
export function catalogueOf(...names: string[]): Catalogue {
  return { providers: [provider()], models: names.map((name, index) => model({ value: `m${index}`, name })) }
}

export function commitAt(
  db: Database,
  at: number,
  catalogue: Catalogue,
  context: Partial<CommitContext> = {},
): CommitRow | undefined {
  const parts = partsOf(catalogue)
  const removed = Object.keys(openDigests(db)).filter((provider) => !parts.some(({ value }) => value === provider))
  const known = { attribution: ATTRIBUTION, cause: 'pull', at, ...context } as const
  return db.transaction(() => commitParts(db, { parts, removed }, known))
}

/** Makes one commit per day, the first at FIRST_AT. */
export function commitDaily(db: Database, ...catalogues: Catalogue[]): void {
  for (const [day, catalogue] of catalogues.entries()) commitAt(db, FIRST_AT + day * DAY, catalogue)
}

export function commitOf(db: Database, seq: number): CommitRow {
  const commit = rowBySeq(db, seq)
  if (!commit) throw new Error(`There is no commit ${seq}`)
  return commit
}

export function commitsOf({ tables }: Database): VersionInfo[] {
  return tables.select().from(versions).orderBy(asc(versions.seq)).all().map(toVersionInfo)
}

export function manifestOf(db: Database, seq: number): Manifest {
  return JSON.parse(new TextDecoder().decode(manifestAt(db, commitOf(db, seq)).bytes))
}
