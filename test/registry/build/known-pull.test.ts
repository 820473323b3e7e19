import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { recallPull, rememberPull } from '../../../src/registry/build/known-pull.ts'
import { withStored } from '../../support/registry/stored-registry.ts'
import { sourcePull } from '../../support/rows.ts'

afterEach(reset)

describe('recallPull()', () => {
  it('knows the pull that was remembered last, and no other', () =>
    withStored((_registry, db) => {
      const pull = sourcePull()
      expect(recallPull(db, 'first')).toBeUndefined()
      rememberPull(db, 'first', sourcePull([]))
      rememberPull(db, 'second', pull)
      expect(recallPull(db, 'second')).toBe(pull)
      expect(recallPull(db, 'first')).toBeUndefined()
      expect(recallPull(db, null)).toBeUndefined()
    }))
})
