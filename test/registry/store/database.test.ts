import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { fail, ok } from '../../../src/core/failure.ts'
import type { Database } from '../../../src/registry/store/database.ts'
import { withStored } from '../../support/registry/stored/stored-registry.ts'

afterEach(reset)

const FAILURE = fail({ code: 'conflict', detail: 'no' })
const write = (db: Database, key: string) => db.sql.exec("insert into state values (?, 'x')", key)
const written = (db: Database) =>
  db.sql
    .exec("select key from state where value = 'x' order by key")
    .toArray()
    .map(({ key }) => key)

describe('attempt()', () => {
  it('keeps what successful work wrote, and returns its value', () =>
    withStored((_registry, db) => {
      expect(db.attempt(() => ok(write(db, 'a').rowsWritten > 0))).toEqual(ok(true))
      expect(written(db)).toEqual(['a'])
    }))

  it('keeps nothing that failing or throwing work wrote', () =>
    withStored((_registry, db) => {
      const failing = (end: () => typeof FAILURE) => () => {
        write(db, 'a')
        return end()
      }
      expect(db.attempt(failing(() => FAILURE))).toEqual(FAILURE)
      const bug = new Error('bug')
      const throwBug = failing(() => {
        throw bug
      })
      expect(() => db.attempt(throwBug)).toThrow(bug)
      expect(written(db)).toEqual([])
    }))
})

describe('preview()', () => {
  it('returns what the work returns, and keeps nothing that it wrote', () =>
    withStored((_registry, db) => {
      const work = () => {
        write(db, 'a')
        return ok(written(db))
      }
      expect(db.preview(work)).toEqual(ok(['a']))
      expect(db.preview(() => FAILURE)).toEqual(FAILURE)
      expect(written(db)).toEqual([])
    }))

  it('rolls back only itself inside another transaction', () =>
    withStored((_registry, db) => {
      db.attempt(() => {
        write(db, 'a')
        db.preview(() => ok(write(db, 'b').rowsWritten))
        return ok(write(db, 'c').rowsWritten)
      })
      expect(written(db)).toEqual(['a', 'c'])
    }))

  it('rethrows an exception', () =>
    withStored((_registry, db) => {
      const bug = new Error('bug')
      const throwBug = () => {
        throw bug
      }
      expect(() => db.preview(throwBug)).toThrow(bug)
    }))
})
