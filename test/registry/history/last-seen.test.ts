import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import type { Catalogue } from '../../../src/core/schema/model.ts'
import { lastSeen } from '../../../src/registry/history/last-seen.ts'
import { commitDaily, commitOf, withDatabase } from '../../support/registry/stored/stored-history.ts'
import { model, provider } from '../../support/rows.ts'

afterEach(reset)

const of = (...models: [value: string, id: string, provider?: string][]): Catalogue => ({
  providers: ['acme', 'globex'].map((value) => provider({ value })),
  models: models.map(([value, id, owner = 'acme']) => model({ value, id, provider: owner, name: id })),
})

const KEY = { provider: 'acme', value: 'one' }

describe('lastSeen()', () => {
  it('is the last version that a model was in', () =>
    withDatabase((db) => {
      commitDaily(db, of(['one', 'x'], ['two', 'y']), of(['one', 'x']), of(['two', 'y']), of(['two', 'z']))
      expect(lastSeen(db, KEY)).toEqual({ lastVersion: commitOf(db, 2).version })
    }))

  it('is undefined for a model that exists, or exists again, or never existed', () =>
    withDatabase((db) => {
      commitDaily(db, of(['one', 'x']), of(['two', 'y']), of(['one', 'x']))
      expect(lastSeen(db, KEY)).toBeUndefined()
      expect(lastSeen(db, { ...KEY, value: 'three' })).toBeUndefined()
      expect(lastSeen(db, { ...KEY, provider: 'globex' })).toBeUndefined()
    }))

  it('is the most recent one for a model that was added and removed several times', () =>
    withDatabase((db) => {
      commitDaily(db, of(['one', 'x']), of(), of(['one', 'x'], ['two', 'y']), of())
      expect(lastSeen(db, KEY)).toEqual({ lastVersion: commitOf(db, 3).version })
    }))

  it('names the key under which its id exists now, also at another provider', () =>
    withDatabase((db) => {
      commitDaily(db, of(['one', 'x']), of(['uno', 'x', 'globex']), of(['eins', 'x', 'globex']))
      const movedTo = { provider: 'globex', value: 'eins' }
      expect(lastSeen(db, KEY)).toEqual({ lastVersion: commitOf(db, 1).version, movedTo })
    }))

  it('uses the last id of the model', () =>
    withDatabase((db) => {
      commitDaily(db, of(['one', 'x']), of(['one', 'y']), of(['two', 'x'], ['three', 'y']))
      expect(lastSeen(db, KEY)).toMatchObject({ movedTo: { provider: 'acme', value: 'three' } })
    }))

  it('names no key if the id is also gone', () =>
    withDatabase((db) => {
      commitDaily(db, of(['one', 'x']), of(['two', 'x']), of(['three', 'y']))
      expect(lastSeen(db, KEY)).toEqual({ lastVersion: commitOf(db, 1).version })
    }))

  it('does not confuse a provider with a model', () =>
    withDatabase((db) => {
      commitDaily(db, { providers: [provider({ value: 'gone' })], models: [] }, of())
      expect(lastSeen(db, { provider: 'gone', value: '' })).toBeUndefined()
    }))
})
