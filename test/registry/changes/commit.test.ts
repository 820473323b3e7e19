import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { partsOf } from '../../../src/core/manifest/catalogue-parts.ts'
import type { Catalogue } from '../../../src/core/schema/model.ts'
import { commitParts } from '../../../src/registry/changes/commit.ts'
import { openRevisions } from '../../../src/registry/history/history.ts'
import type { Database } from '../../../src/registry/store/database.ts'
import { sha256 } from '../../support/core/naive/independent-canonical.ts'
import { countRows } from '../../support/registry/counted-database.ts'
import {
  ATTRIBUTION,
  catalogueOf,
  commitAt,
  commitDaily,
  commitsOf,
  DAY,
  FIRST_AT,
  manifestOf,
  withDatabase,
} from '../../support/registry/stored/stored-history.ts'
import { model, provider } from '../../support/rows.ts'

afterEach(reset)

const A = catalogueOf('a')
const B = catalogueOf('b')

const timeOf = (milliseconds: number) => new Date(milliseconds).toISOString()

/** The content of all tables, to check that nothing changed. */
function dump({ sql }: Database) {
  return ['versions', 'entities', 'revisions', 'parts'].map((table) => sql.exec(`select * from ${table}`).toArray())
}

const reverseKeys = <T extends object>(facts: T): T => Object.fromEntries(Object.entries(facts).reverse()) as T

describe('commitParts()', () => {
  it('creates three commits and two versions from A, B, A', () =>
    withDatabase((db) => {
      commitDaily(db, A, B, A)
      const [first, second, third] = commitsOf(db)
      expect(commitsOf(db).map(({ seq }) => seq)).toEqual([1, 2, 3])
      expect(third).toMatchObject({ version: first?.version, etag: first?.etag, previous: second?.version })
      expect(second?.version).not.toBe(first?.version)
    }))

  it('gives content that returns the creation time and attribution of its first commit, and a new commit time', () =>
    withDatabase((db) => {
      const other = [{ name: 'Other', url: 'https://other.example/' }]
      commitAt(db, FIRST_AT, A)
      commitAt(db, FIRST_AT + DAY, B, { attribution: other })
      commitAt(db, FIRST_AT + 2 * DAY, A, { attribution: other })
      expect(commitsOf(db)[2]).toMatchObject({
        generatedAt: timeOf(FIRST_AT),
        committedAt: timeOf(FIRST_AT + 2 * DAY),
        attribution: ATTRIBUTION,
      })
      expect(manifestOf(db, 3)).toEqual(manifestOf(db, 1))
      expect(manifestOf(db, 2).attribution).toEqual(other)
    }))

  it('creates no commit for a catalogue that equals the current one, even with other credits', () =>
    withDatabase((db) => {
      commitAt(db, FIRST_AT, A)
      const before = dump(db)
      expect(commitAt(db, FIRST_AT + DAY, { ...A, models: A.models.map(reverseKeys) })).toBeUndefined()
      expect(commitAt(db, FIRST_AT + DAY, A, { attribution: [] })).toBeUndefined()
      expect(dump(db)).toEqual(before)
    }))

  it('never repeats a time and never goes back in time', () =>
    withDatabase((db) => {
      for (const [at, catalogue] of [
        [FIRST_AT, A],
        [FIRST_AT, B],
        [FIRST_AT - DAY, A],
        [FIRST_AT + 2, B],
        [FIRST_AT + 9, A],
      ] as const)
        commitAt(db, at, catalogue)
      const times = commitsOf(db).map(({ committedAt }) => Date.parse(committedAt) - FIRST_AT)
      expect(times).toEqual([0, 1, 2, 3, 9])
    }))

  it('links each commit to all the commits before it', () =>
    withDatabase((db) => {
      commitDaily(db, A, B, A, catalogueOf('a', 'b'))
      let chain = ''
      for (const row of commitsOf(db)) {
        chain = sha256([chain, row.root, row.seq, row.committedAt, ''].join('\n'))
        expect(row.chain).toBe(chain)
      }
    }))

  it('counts the models that were added, removed and changed', () =>
    withDatabase((db) => {
      commitDaily(db, catalogueOf('a', 'b', 'c'), catalogueOf('a', 'x'), catalogueOf('a', 'x', 'c', 'd'))
      expect(commitsOf(db).map(({ changes }) => changes)).toEqual([
        { added: 3, removed: 0, changed: 0 },
        { added: 0, removed: 1, changed: 1 },
        { added: 2, removed: 0, changed: 0 },
      ])
      expect(commitsOf(db).map(({ counts }) => counts.models)).toEqual([3, 2, 4])
      expect(commitsOf(db)[0]).not.toHaveProperty('previous')
    }))

  it('creates a commit if only a provider changed, and counts no model as changed', () =>
    withDatabase((db) => {
      commitDaily(db, A, { ...A, providers: [provider({ name: 'Acme Inc.' }), provider({ value: 'globex' })] })
      expect(commitsOf(db)[1]).toMatchObject({
        counts: { providers: 2, models: 1 },
        changes: { added: 0, removed: 0, changed: 0 },
      })
    }))

  it('counts a key that moved to another id as changed', () =>
    withDatabase((db) => {
      const withId = (id: string): Catalogue => ({ ...A, models: [model({ id })] })
      commitDaily(db, withId('x'), withId('y'))
      expect(commitsOf(db)[1]?.changes).toEqual({ added: 0, removed: 0, changed: 1 })
    }))

  it('distinguishes a provider and a model of the same name', () =>
    withDatabase((db) => {
      const catalogue = { providers: [provider({ value: 'x' })], models: [model({ provider: 'x', value: 'x' })] }
      commitDaily(db, catalogue, { ...catalogue, models: [] }, catalogue)
      expect(manifestOf(db, 2)).toMatchObject({ ...catalogue, models: [] })
      expect(manifestOf(db, 3)).toMatchObject(catalogue)
    }))

  it('stores only what changed', () =>
    withDatabase((db) => {
      commitDaily(db, catalogueOf('a', 'b', 'c'), catalogueOf('a', 'x', 'c'))
      const bodies = db.sql.exec('select body from revisions where from_seq = 2').toArray()
      expect(bodies).toHaveLength(1)
    }))

  it('accepts more models than fit in one parameter or one batch', () =>
    withDatabase((db) => {
      const many = (note: string): Catalogue => ({
        providers: [provider()],
        models: Array.from({ length: 3000 }, (_, index) =>
          model({ value: `m${String(index).padStart(4, '0')}`, name: `${note} ${'株'.repeat(200)}` }),
        ),
      })
      commitDaily(db, many('first'), many('second'), A)
      expect(manifestOf(db, 1)).toMatchObject(many('first'))
      expect(manifestOf(db, 2)).toMatchObject(many('second'))
      expect(commitsOf(db)[2]?.changes).toEqual({ added: 1, removed: 3000, changed: 0 })
    }))

  it('touches no more rows after a long history than after a short one', () =>
    withDatabase((db) => {
      const names = (day: number) => Array.from({ length: 20 }, (_, index) => `${index} on day ${day}`)
      const costOf = (day: number) => {
        const counted = countRows(db)
        const parts = partsOf(catalogueOf(...names(day)))
        const context = { attribution: ATTRIBUTION, cause: 'pull', at: FIRST_AT + day * DAY } as const
        commitParts(counted.db, { parts, removed: [] }, context)
        return counted.rowsRead() + counted.rowsWritten()
      }
      costOf(0)
      const early = costOf(1)
      for (let day = 2; day < 100; day++) costOf(day)
      expect(costOf(100)).toBeLessThanOrEqual(early * 2)
    }))
})

describe('commitParts() beyond the limits of the storage', () => {
  const tooLong = (value: string) => model({ value, name: 'é'.repeat(950_001) })

  it('throws where production would, and changes nothing', () =>
    withDatabase((db) => {
      commitDaily(db, catalogueOf('a', 'b'))
      const before = dump(db)
      const models = [model({ value: 'm0', name: 'new' }), tooLong('m1'), model({ value: 'm2' })]
      expect(() => commitAt(db, FIRST_AT + DAY, { ...A, models })).toThrow('acme/m1')
      expect(dump(db)).toEqual(before)
      commitAt(db, FIRST_AT + DAY, B)
      expect(commitsOf(db)).toHaveLength(2)
    }))

  it('changes nothing if it fails half-way', () =>
    withDatabase((db) => {
      commitDaily(db, A)
      const before = dump(db)
      const twice = { ...B, models: [...B.models, model({ value: 'new' }), model({ value: 'new' })] }
      expect(() => commitAt(db, FIRST_AT + DAY, twice)).toThrow()
      expect(dump(db)).toEqual(before)
      expect(openRevisions(db, ['acme'])).toHaveLength(2)
    }))
})
