import { evictDurableObject, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it } from 'vitest'
import { findCommit } from '../../../src/registry/history/find-commit.ts'
import { newestCommit, revisionsAt } from '../../../src/registry/history/history.ts'
import { manifestAt } from '../../../src/registry/history/parts.ts'
import type { Database } from '../../../src/registry/store/database.ts'
import { sha256OfBytes } from '../../../src/registry/store/sha256.ts'
import { versions } from '../../../src/registry/store/tables.ts'
import { independentEtag as etagOf } from '../../support/core/naive/independent-root.ts'
import { countRows } from '../../support/registry/counted-database.ts'
import { bytesOf } from '../../support/registry/opened-registry.ts'
import {
  ATTRIBUTION,
  catalogueOf,
  commitAt,
  commitDaily,
  commitOf,
  commitsOf,
  DAY,
  FIRST_AT,
  manifestOf,
  withDatabase,
} from '../../support/registry/stored/stored-history.ts'
import { aaRow, model, provider, recordedPull } from '../../support/rows.ts'

afterEach(reset)

const A = catalogueOf('a')
const B = catalogueOf('b')
const C = catalogueOf('c')

const seqOfVersion = (db: Database, hex: string) => seqOf(findCommit(db, { by: 'version', hex }))
const seqOfTime = (db: Database, time: number) => seqOf(findCommit(db, { by: 'at', time }))

function seqOf(found: ReturnType<typeof findCommit>) {
  return found.ok ? found.value.seq : found.failure.code
}

/** Inserts a commit of which only the root matters. */
function insertRow(db: Database, seq: number, digits: string): void {
  const root = digits.padEnd(64, '0')
  const version = `v1.${root.slice(0, 12)}`
  db.tables
    .insert(versions)
    .values({ ...commitOf(db, 1), seq, root, version, committedAt: FIRST_AT + seq * DAY })
    .run()
}

describe('manifestAt()', () => {
  it('returns the catalogue of any commit, with its attribution', () =>
    withDatabase((db) => {
      const catalogues = [catalogueOf('a', 'b'), catalogueOf('a'), catalogueOf('x', 'b', 'z')]
      commitDaily(db, ...catalogues)
      for (const [index, catalogue] of catalogues.entries())
        expect(manifestOf(db, index + 1)).toEqual({
          version: commitOf(db, index + 1).version,
          etag: etagOf(catalogue),
          generatedAt: new Date(FIRST_AT + index * DAY).toISOString(),
          attribution: ATTRIBUTION,
          ...catalogue,
        })
    }))

  it('matches its etag, whichever commit is read', () =>
    withDatabase((db) => {
      commitDaily(db, A, catalogueOf('a', 'Ünïcödé 株式会社 \u{1f600} "quoted" \\ \u2028'), catalogueOf(), B)
      for (const { seq, version } of commitsOf(db)) {
        const manifest = manifestOf(db, seq)
        expect(manifest.etag).toBe(etagOf(manifest))
        expect(manifest.version).toBe(`v1.${manifest.etag.slice(1, 13)}`)
        expect(manifest.version).toBe(version)
      }
    }))

  it('has the same bytes as when the commit was the newest', () =>
    withDatabase((db) => {
      commitDaily(db, A)
      const then = manifestAt(db, commitOf(db, 1))
      commitDaily(db, A, B, C)
      expect(manifestAt(db, commitOf(db, 1))).toEqual(then)
    }))

  it('hashes its bytes once', () =>
    withDatabase((db) => {
      commitDaily(db, A, B)
      const first = manifestAt(db, commitOf(db, 1))
      expect(first.index.sha256).toBe(sha256OfBytes(first.bytes))
      expect(manifestAt(db, commitOf(db, 2)).index.sha256).not.toBe(first.index.sha256)
      db.sql.exec(`update manifest_digests set digest = 'known' where seq = 1`)
      expect(manifestAt(db, commitOf(db, 1))).toEqual({ ...first, index: { ...first.index, sha256: 'known' } })
    }))

  // SQLite orders by UTF-8 bytes, where U+FFEE comes before U+10000. In UTF-16, the surrogates of U+10000 come first.
  it('orders by UTF-16 code units, now and in the past', () =>
    withDatabase((db) => {
      const values = ['B', 'a', 'é', '\u{10000}', '\uffee']
      const providers = ['\u{10000}', '\uffee'].map((value) => provider({ value }))
      const models = providers.flatMap(({ value: owner }) => values.map((value) => model({ provider: owner, value })))
      commitDaily(db, { providers, models }, A)
      const past = manifestOf(db, 1)
      expect(past.providers.map(({ value }) => value)).toEqual(['\u{10000}', '\uffee'])
      expect(past.models.map(({ provider, value }) => [provider, value])).toEqual(
        models.map(({ provider, value }) => [provider, value]),
      )
      commitAt(db, FIRST_AT + 2 * DAY, { providers, models })
      expect(manifestOf(db, 3)).toEqual(past)
    }))

  it('is the same whether its parts are kept as bytes, in part, or are joined of revisions', () =>
    withDatabase((db) => {
      const providers = ['q', 'p', 'é'].map((value) => provider({ value }))
      const values = ['a', 'b', '\u{10000}', '\uffee']
      const models = providers.flatMap(({ value: owner }) => values.map((value) => model({ provider: owner, value })))
      commitDaily(db, { providers, models }, A)
      const row = commitOf(db, 1)
      const kept = manifestAt(db, row)
      db.sql.exec(`delete from part_bodies where rowid in (select rowid from part_bodies limit 2)`)
      expect(manifestAt(db, row)).toEqual(kept)
      db.sql.exec('delete from part_bodies')
      expect(manifestAt(db, row)).toEqual(kept)
      expect(manifestAt(withoutLongValues(db), row)).toEqual(kept)
    }))

  it('keeps the parts of the last 30 commits as bytes, and sometimes forgets older ones', () =>
    withDatabase((db) => {
      commitDaily(db, ...Array.from({ length: 65 }, (_, day) => catalogueOf(`on day ${day}`)))
      const kept = db.sql.exec('select count(*) as count from part_bodies').one()
      // As of commit 60 those of commits 30 to 60, and those that came after it.
      expect(kept).toEqual({ count: 36 })
      for (const seq of [1, 29, 30, 65]) expect(manifestOf(db, seq).models[0]?.name).toBe(`on day ${seq - 1}`)
    }))

  it('reads no more rows of a long history than of a short one', () =>
    withDatabase((db) => {
      const names = (day: number) => Array.from({ length: 20 }, (_, index) => `${index} on day ${day}`)
      const days = Array.from({ length: 100 }, (_, day) => catalogueOf(...names(day)))
      commitDaily(db, ...days.slice(0, 3))
      const early = rowsRead(db, 2)
      commitDaily(db, ...days)
      expect(newestCommit(db)?.seq).toBe(103)
      expect(rowsRead(db, 2)).toBeLessThanOrEqual(early * 2)
      expect(rowsRead(db, 50)).toBeLessThanOrEqual(early * 2)
    }))
})

function withoutLongValues(db: Database): Database {
  const exec: SqlStorage['exec'] = (query, ...bindings) => {
    if (query.includes('group_concat')) throw new Error('string or blob too big: SQLITE_TOOBIG')
    return db.sql.exec(query, ...bindings)
  }
  return { ...db, sql: { exec } as SqlStorage } // nothing else of it is used
}

function rowsRead(memory: Database, seq: number): number {
  const { db, rowsRead } = countRows(memory)
  expect(revisionsAt(db, seq)).toHaveLength(21)
  return rowsRead()
}

describe('findCommit() by version', () => {
  it.each([8, 11, 12, 20, 32])('finds a commit by the first %i digits of its etag', (digits) =>
    withDatabase((db) => {
      commitDaily(db, A, B, C)
      for (const seq of [1, 2, 3]) expect(seqOfVersion(db, commitOf(db, seq).root.slice(0, digits))).toBe(seq)
    }),
  )

  it('finds the first commit of content that returned', () =>
    withDatabase((db) => {
      commitDaily(db, A, B, A)
      expect(commitOf(db, 3).version).toBe(commitOf(db, 1).version)
      expect(seqOfVersion(db, commitOf(db, 3).root.slice(0, 32))).toBe(1)
      expect(seqOfVersion(db, commitOf(db, 3).root.slice(0, 8))).toBe(1)
    }))

  it('names both versions if a prefix is ambiguous', () =>
    withDatabase((db) => {
      commitDaily(db, A)
      insertRow(db, 2, '0123456789abcdef0123456789abcdef')
      insertRow(db, 3, '01234567ffffffffffffffffffffffff')
      insertRow(db, 4, '0123456789abcdef0123456789abcdef')
      expect(findCommit(db, { by: 'version', hex: '01234567' })).toMatchObject({
        ok: false,
        failure: { code: 'ambiguous-version', versions: ['v1.0123456789ab', 'v1.01234567ffff'] },
      })
      expect(seqOfVersion(db, '012345678')).toBe(2)
      expect(seqOfVersion(db, '01234567ffff')).toBe(3)
    }))

  it('matches digits only from the start', () =>
    withDatabase((db) => {
      commitDaily(db, A)
      insertRow(db, 2, 'ffffffff00000000ffffffffffffffff')
      expect(seqOfVersion(db, '00000000')).toBe('not-found')
      expect(seqOfVersion(db, 'fffffffff')).toBe('not-found')
      expect(seqOfVersion(db, 'ffffffff')).toBe(2)
    }))

  it('reports a version that does not exist', () =>
    withDatabase((db) => {
      commitDaily(db, A)
      expect(findCommit(db, { by: 'version', hex: '9f2c9f2c' })).toEqual({
        ok: false,
        failure: { code: 'not-found', detail: 'Cannot read version "v1.9f2c9f2c": no such version' },
      })
    }))
})

describe('findCommit() by time', () => {
  it('finds the commit that was current then', () =>
    withDatabase((db) => {
      commitDaily(db, A, B, A)
      expect(seqOfTime(db, FIRST_AT)).toBe(1)
      expect(seqOfTime(db, FIRST_AT + DAY - 1)).toBe(1)
      expect(seqOfTime(db, FIRST_AT + DAY)).toBe(2)
      expect(seqOfTime(db, FIRST_AT + 2 * DAY)).toBe(3)
      expect(seqOfTime(db, FIRST_AT + 1000 * DAY)).toBe(3)
    }))

  it('names the first commit for a time before it', () =>
    withDatabase((db) => {
      commitDaily(db, A, B)
      const found = findCommit(db, { by: 'at', time: FIRST_AT - 1 })
      expect(found).toMatchObject({ ok: false, failure: { code: 'not-found' } })
      expect(JSON.stringify(found)).toContain(commitOf(db, 1).version)
      expect(JSON.stringify(found)).toContain('2026-02-01T02:00:00.000Z')
    }))

  it('reports that there are no commits', () => withDatabase((db) => expect(seqOfTime(db, FIRST_AT)).toBe('not-found')))
})

describe('the Registry', () => {
  const stub = () => env.REGISTRY_DO.getByName('registry')
  const send = (name: string, fetchedAt: string) =>
    stub().importPull(bytesOf(recordedPull([aaRow({ name })], { fetchedAt })), false)

  it('has nothing to read while it is empty', async () => {
    expect(await stub().current()).toBeUndefined()
    expect(await stub().manifest(1)).toBeUndefined()
    expect(await stub().resolve({ by: 'at', time: FIRST_AT })).toMatchObject({ ok: false })
  })

  it('resolves a version or the past as final, and the future as not final', async () => {
    await send('a', '2026-02-01T02:00:00.000Z')
    await send('b', '2026-02-02T02:00:00.000Z')
    const resolvedAt = async (time: number) => {
      const resolved = await stub().resolve({ by: 'at', time })
      return resolved.ok && [resolved.value.pointer.seq, resolved.value.isFinal]
    }
    expect(await resolvedAt(FIRST_AT + 1)).toEqual([1, true])
    expect(await resolvedAt(FIRST_AT + DAY)).toEqual([2, true])
    expect(await resolvedAt(FIRST_AT + DAY + 1)).toEqual([2, false])
    const current = await stub().current()
    const hex = current?.etag.slice(1, 9) ?? ''
    expect(await stub().resolve({ by: 'version', hex })).toEqual({
      ok: true,
      value: { pointer: current, isFinal: true },
    })
  })

  it('is the same after an eviction in the middle of its history', async () => {
    const textOf = async (seq: number) => new TextDecoder().decode((await stub().manifest(seq))?.bytes)
    await send('a', '2026-02-01T02:00:00.000Z')
    await send('b', '2026-02-02T02:00:00.000Z')
    const before = [await stub().current(), await textOf(1), await textOf(2)]
    await evictDurableObject(stub())
    expect([await stub().current(), await textOf(1), await textOf(2)]).toEqual(before)
    expect(await send('a', '2026-02-03T02:00:00.000Z')).toMatchObject({
      ok: true,
      value: { outcome: 'committed', seq: 3 },
    })
    expect([await textOf(1), await textOf(3)]).toEqual([before[1], before[1]])
  })
})
