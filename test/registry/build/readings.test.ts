import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { buildPart } from '../../../src/core/build/build-parts.ts'
import { planReadings, typeOf } from '../../../src/core/build/plan-readings.ts'
import { bodyOfPart } from '../../../src/core/manifest/catalogue-parts.ts'
import { chooseScale } from '../../../src/core/score.ts'
import { keptReadingOf, readingOf } from '../../../src/registry/build/readings.ts'
import { shareOf } from '../../../src/registry/store/accepted.ts'
import type { Database } from '../../../src/registry/store/database.ts'
import { ARTIFICIAL_ANALYSIS } from '../../../src/sources/artificial-analysis/artificial-analysis.ts'
import { MODELS_DEV } from '../../../src/sources/models-dev/models-dev.ts'
import type { SourceReading } from '../../../src/sources/source.ts'
import { modelsDevCatalogue } from '../../support/registry/recorded/models-dev-days.ts'
import { readRecordedBody, recordedBodies } from '../../support/registry/recorded/recorded-bodies.ts'
import { withDatabase } from '../../support/registry/stored/stored-history.ts'
import { aaPages, aaProRow, aaRow } from '../../support/rows.ts'

afterEach(async () => {
  vi.restoreAllMocks()
  await reset()
})

const why = recordedBodies.length > 0 ? '' : ' (skipped: RECORDED_DATA is not set)'

/** The same storage with nothing in memory. */
const evict = (db: Database): Database => ({ ...db })

function sharesOf(body: unknown) {
  const split = MODELS_DEV.split([body])
  if (!split.ok) throw new Error(split.failure.detail)
  return Array.from(split.value.shares, ([provider, json]) => shareOf(provider, json))
}

describe('keptReadingOf()', () => {
  const [acme, other] = sharesOf(modelsDevCatalogue({ acme: [{ id: 'a' }], other: [{ id: 'b' }] }))
  if (!acme || !other) throw new Error('No shares')

  it('reads a share once, whatever is evicted', () =>
    withDatabase((db) => {
      const read = vi.spyOn(MODELS_DEV, 'read')
      const reading = keptReadingOf(db, MODELS_DEV, acme)
      expect(reading.models).toHaveLength(1)
      const evicted = evict(db)
      expect(keptReadingOf(evicted, MODELS_DEV, acme)).toEqual(reading)
      expect(readingOf(evicted, MODELS_DEV, acme)).toBe(readingOf(evicted, MODELS_DEV, acme))
      expect(read).toHaveBeenCalledTimes(1)
    }))

  it('reads again what has changed, and what other code has read', () =>
    withDatabase((db) => {
      const read = vi.spyOn(MODELS_DEV, 'read')
      keptReadingOf(db, MODELS_DEV, acme)
      keptReadingOf(evict(db), MODELS_DEV, { ...other, provider: acme.provider })
      db.sql.exec('update readings set build = 0')
      keptReadingOf(evict(db), MODELS_DEV, { ...other, provider: acme.provider })
      expect(read).toHaveBeenCalledTimes(3)
    }))
})

describe('a reading of Artificial Analysis', () => {
  it('is the same after it was kept as JSON', () => {
    const newcomer = { id: '11111111-2222-3333-4444-555555555555', name: 'Νέος ü "\\' }
    const odd = { evaluations: { artificial_analysis_intelligence_index: -0 }, pricing: null, release_date: 'soon' }
    const rows = [aaRow(), aaProRow({ id: 'p', slug: 'p' }), aaRow({ ...odd, slug: 'b', model_creator: newcomer })]
    const split = ARTIFICIAL_ANALYSIS.split(aaPages(rows))
    if (!split.ok) throw new Error(split.failure.detail)
    for (const json of split.value.shares.values()) {
      const reading = ARTIFICIAL_ANALYSIS.read(json, { [newcomer.id]: 'νέος' })
      expect(JSON.parse(JSON.stringify(reading))).toStrictEqual(reading)
    }
  })
})

describe.skipIf(recordedBodies.length === 0)(`readings that were kept${why}`, () => {
  it('make the parts that readings make', { timeout: 120_000 }, async () => {
    for (const { path } of recordedBodies) {
      const readings = sharesOf(JSON.parse(await readRecordedBody(path))).map(({ json }) => MODELS_DEV.read(json, {}))
      expect(bodiesOf(JSON.parse(JSON.stringify(readings)))).toEqual(bodiesOf(readings))
    }
  })
})

function bodiesOf(readings: SourceReading[]) {
  const planned = planReadings(readings, chooseScale({}, false), () => true)
  if (!planned.ok) throw new Error(planned.failure.detail)
  return [...planned.value.parts.values()].map((inputs) => {
    const { provider, models } = buildPart(inputs, typeOf)
    return bodyOfPart(provider, models)
  })
}
