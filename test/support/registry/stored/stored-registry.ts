/** The Durable Object over commits that a test stored directly. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Catalogue } from '../../../../src/core/schema/model.ts'
import type { Registry } from '../../../../src/registry/registry.ts'
import { type Database, openDatabase } from '../../../../src/registry/store/database.ts'
import { commitDaily } from './stored-history.ts'

export function withStored(work: (registry: Registry, db: Database) => void): Promise<void> {
  return runInDurableObject(env.REGISTRY_DO.getByName('registry'), async (registry: Registry, { storage }) =>
    work(registry, await openDatabase(storage)),
  )
}

/** Deletes every commit, and stores these instead, one per day. */
export function recommit(db: Database, catalogues: Catalogue[]): void {
  for (const table of ['diffs', 'manifest_digests', 'part_bodies', 'revisions', 'entities', 'parts', 'versions'])
    db.sql.exec(`delete from ${table}`)
  commitDaily(db, ...catalogues)
}

/** Parses the UTF-8 JSON that an RPC method returns. The caller states its type. */
export function fromBytes<T>(bytes: Uint8Array | undefined): T | undefined {
  return bytes && JSON.parse(new TextDecoder().decode(bytes))
}
