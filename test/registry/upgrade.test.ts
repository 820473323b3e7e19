/** Deployments come and go over one database: newer code opens what the first code wrote, older code what newer code left. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { drizzle } from 'drizzle-orm/durable-sqlite'
import { migrate } from 'drizzle-orm/durable-sqlite/migrator'
import { beforeAll, describe, expect, it } from 'vitest'
import migrations from '../../migrations/migrations.js'
import { checkRows } from '../../scripts/verify/check-rows.ts'
import type { Manifest, ModelHistory, VersionInfo } from '../../src/core/schema.ts'
import { contentOfManifest, versionOf } from '../../src/core/version.ts'
import { sha256 } from '../../src/registry/sha256.ts'
import { aaRow, recordedPull } from '../builders.ts'
import firstRows from './first-database.sql'

const FIRST_VERSIONS = ['v1.39f7bd2adae2', 'v1.a97c9f8c260e', 'v1.c28fdd5f020b']
const stub = env.REGISTRY_DO.getByName('registry')

/** What the first code had. */
const firstMigrations = {
  journal: { ...migrations.journal, entries: migrations.journal.entries.slice(0, 1) },
  migrations: migrations.migrations,
}

async function get(path: string): Promise<Response> {
  const response = await exports.default.fetch(`https://registry.test${path}`)
  expect(response.status).toBe(200)
  return response
}

async function read<T>(path: string): Promise<T> {
  return (await get(path)).json() as Promise<T> // the contract says of what shape
}

beforeAll(async () => {
  await runInDurableObject(stub, async (_, { storage }) => {
    await storage.deleteAll()
    await migrate(drizzle(storage), firstMigrations)
    storage.sql.exec(firstRows)
  })
  await evictDurableObject(stub)
})

describe('a database of the first migration', () => {
  it('has the newest tables after it was opened once', async () => {
    await stub.current()
    await runInDurableObject(stub, (_, { storage }) => {
      const count = storage.sql.exec('select count(*) as count from __drizzle_migrations').one().count
      expect(count).toBe(migrations.journal.entries.length)
      expect(storage.sql.exec('select providers from pulls').toArray()).toEqual(Array(3).fill({ providers: null }))
      expect(storage.sql.exec('select * from overrides').toArray()).toEqual([])
    })
  })

  it.each(FIRST_VERSIONS)('still gives %s back, byte for byte', async (version) => {
    const text = await (await get(`/v1/manifest?version=${version}`)).text()
    expect(versionOf(sha256(contentOfManifest(text) ?? '')).version).toBe(version)
  })

  it('keeps its history, its chain and the past of a model', async () => {
    const rows = (await read<VersionInfo[]>('/v1/versions')).reverse()
    expect(rows.slice(0, 3).map(({ version }) => version)).toEqual(FIRST_VERSIONS)
    expect(checkRows(rows)).toEqual([])
    const { revisions } = await read<ModelHistory>('/v1/models/acme/old-one/history')
    expect(revisions.map(({ model }) => model?.name)).toEqual([undefined, 'old-one'])
  })

  it('takes the next pull and the first override', async () => {
    const pull = recordedPull([aaRow({ slug: 'acme-one' })], { fetchedAt: new Date().toISOString() })
    const pulled = await stub.importPull(JSON.stringify(pull), false)
    expect(pulled).toMatchObject({ ok: true, value: { outcome: 'committed', changes: { removed: 2 } } })

    const target = { provider: 'acme', value: 'acme-one' }
    const override = { ...target, set: { name: 'Corrected' }, note: 'a test' }
    const changed = await stub.changeOverrides({ changes: [{ ...target, override }], by: 'root', dryRun: false })
    if (!changed.ok) throw new Error(changed.failure.detail)
    const { version } = JSON.parse(new TextDecoder().decode(changed.value))
    const { models } = await read<Manifest>(`/v1/manifest?version=${version}`)
    expect(models.map(({ name }) => name)).toEqual(['Corrected'])
  })
})

describe('a rollback to older code', () => {
  const later = migrations.journal.entries.slice(1).map(({ idx, tag }) => {
    const text = migrations.migrations[`m${String(idx).padStart(4, '0')}`] ?? ''
    return { tag, statements: text.split('--> statement-breakpoint').map((statement) => statement.trim()) }
  })

  it.each(later)('finds what it knows after $tag, which only adds', ({ statements }) => {
    for (const statement of statements) {
      expect(statement).toMatch(/^(CREATE TABLE|CREATE (UNIQUE )?INDEX|ALTER TABLE \S+ ADD )/)
      // Older code inserts without the column.
      if (statement.startsWith('ALTER')) expect(statement).not.toMatch(/not null(?!.*default)/i)
    }
  })

  it('leaves the newer tables alone', () =>
    runInDurableObject(stub, async (_, { storage }) => {
      const tables = () => storage.sql.exec('select name, sql from sqlite_master order by name').toArray()
      const before = tables()
      await migrate(drizzle(storage), firstMigrations)
      expect(tables()).toEqual(before)
    }))
})
