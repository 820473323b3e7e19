import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import type { BuildSettings } from '../../../src/config.ts'
import { DEFAULT_IQ_THRESHOLDS } from '../../../src/core/score.ts'
import { recallSources, rememberSources } from '../../../src/registry/build/known-sources.ts'
import { withStored } from '../../support/registry/stored-registry.ts'
import { model } from '../../support/rows.ts'

afterEach(reset)

const SETTINGS: BuildSettings = {
  iqThresholds: DEFAULT_IQ_THRESHOLDS,
  leading: 'artificial-analysis',
  enriched: true,
}

describe('recallSources()', () => {
  const MODELS = [model({ value: 'one' })]

  it('knows the models of the pull that was remembered last, and of no other', () =>
    withStored((_registry, db) => {
      expect(recallSources(db, 'first', SETTINGS)).toBeUndefined()
      rememberSources(db, 'first', SETTINGS, [])
      rememberSources(db, 'second', SETTINGS, MODELS)
      expect(recallSources(db, 'second', SETTINGS)).toBe(MODELS)
      expect(recallSources(db, 'first', SETTINGS)).toBeUndefined()
      expect(recallSources(db, null, SETTINGS)).toBeUndefined()
    }))

  it('knows nothing once the steps of the scores or the names of the creators are others', () =>
    withStored((_registry, db) => {
      rememberSources(db, 'first', SETTINGS, MODELS)
      expect(recallSources(db, 'first', { ...SETTINGS, iqThresholds: 'linked' })).toBeUndefined()
      db.sql.exec("insert into creator_providers values ('id of acme', 'acme')")
      expect(recallSources(db, 'first', SETTINGS)).toBeUndefined()
      rememberSources(db, 'first', SETTINGS, MODELS)
      db.sql.exec("update creator_providers set provider = 'acme-2'")
      expect(recallSources(db, 'first', SETTINGS)).toBeUndefined()
    }))
})
