import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { samplePulls } from '../../../scripts/sample/sample-pages.ts'
import { seedOf } from '../../../scripts/seed/seed-manifest.ts'
import { Manifest } from '../../../src/core/schema/history.ts'
import { DEFAULT_IQ_THRESHOLDS } from '../../../src/core/score.ts'
import { readPull } from '../../../src/sources/artificial-analysis/read-pull.ts'
import { independentCanonical } from '../../support/core/independent-canonical.ts'

const NOW = new Date('2026-07-02T12:00:00Z')

describe('seedOf()', () => {
  const pull = readPull(samplePulls('pro').at(-1)?.pages ?? [])
  if (!pull.ok) throw new Error(pull.failure.detail)
  const seed = seedOf({ pull: pull.value, iqThresholds: DEFAULT_IQ_THRESHOLDS, now: NOW })
  if (!seed.ok) throw new Error(seed.failure.detail)
  const { text, version, models, providers } = seed.value
  const manifest = Manifest.parse(JSON.parse(text))

  it('gives a manifest whose digest, computed from its JSON alone, is its etag', () => {
    const content = independentCanonical({ models: manifest.models, providers: manifest.providers })
    const digest = createHash('sha256').update(content).digest('hex')
    expect(manifest.etag).toBe(`"${digest.slice(0, 32)}"`)
    expect(manifest.version).toBe(`v1.${digest.slice(0, 12)}`)
    expect(version).toBe(manifest.version)
  })

  it('is dated now, credits the source and counts what it holds', () => {
    expect(manifest.generatedAt).toBe('2026-07-02T12:00:00.000Z')
    expect(manifest.attribution).toEqual(pull.value.attribution)
    expect([models, providers]).toEqual([manifest.models.length, manifest.providers.length])
  })
})
