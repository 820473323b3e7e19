import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ModelOverride } from '../../../src/core/overrides/override.ts'
import { createProvenance, provenanceOf } from '../../../src/core/provenance/model-provenance.ts'
import type { Model } from '../../../src/core/schema/model.ts'
import type { Provenance } from '../../../src/core/schema/operations.ts'
import type { ModelStatement, ScoreStatement } from '../../../src/core/statements/statement.ts'
import { anyScores, anyStatements } from '../../support/core/any-statements.ts'
import { leavesOf } from '../../support/core/leaves.ts'
import { listed, measured, partsOf } from '../../support/core/statements.ts'

const TIMES: Record<string, string> = {
  'artificial-analysis': '2026-10-01T00:00:00.000Z',
  'models.dev': '2026-10-02T00:00:00.000Z',
  epoch: '2026-10-03T00:00:00.000Z',
  arena: '2026-10-04T00:00:00.000Z',
}
const PUT = '2026-10-05T00:00:00.000Z'
const statedAt = (source: string): string => TIMES[source] ?? ''
const from = (source: string) => ({ source, at: statedAt(source) })
const AA = from('artificial-analysis')
const DEV = from('models.dev')
const OVERRIDE = { source: 'override', at: PUT }

function built(statements: ModelStatement[], scores: ScoreStatement[] = []) {
  const parts = [...partsOf(statements, { scores }).values()]
  return { models: parts.flatMap(({ models }) => models), origins: parts.flatMap(({ origins }) => origins) }
}

function explained(statements: ModelStatement[], value: string, scores: ScoreStatement[] = []): Provenance | undefined {
  const { models, origins } = built(statements, scores)
  return createProvenance({ models, origins, statedAt, overrides: [], unhidden: models })({ provider: 'acme', value })
}

describe('createProvenance()', () => {
  it('names the source of each fact of a joined row, and the value of the other source', () => {
    const list = { pricing: { input: 1, output: 2 }, modalities: { input: ['text' as const], output: [] } }
    const measures = { pricing: { input: 3, output: 2 }, metrics: { intelligenceIndex: 50 }, releaseDate: '2026-01-01' }
    const derived = { source: 'derived', at: DEV.at }
    expect(explained([listed('one', list), measured('one', measures)], 'one')).toEqual({
      ...{ id: AA, provider: DEV, value: DEV, name: DEV, releaseDate: AA, 'metrics.intelligenceIndex': AA },
      ...{ alias: derived, lab: derived, family: derived, firstParty: derived, type: derived, status: derived },
      ...{ iq: derived, 'pricing.blended': derived, 'pricing.output': DEV },
      ...{ 'pricing.input': { ...DEV, was: 3 }, 'modalities.input': DEV, 'modalities.output': DEV },
    })
  })

  it('names the source of the facts that a variant takes from its head', () => {
    const head = { pricing: { input: 1, output: 2, cacheRead: 0.1 }, sdk: { model: 'm' }, openWeights: true }
    const own = { pricing: { input: 1.001, output: 2 }, openWeights: false }
    expect(explained([listed('one', head), measured('one', own, { name: 'One (low)' })], 'one-low')).toMatchObject({
      ...{ 'pricing.input': { ...AA, was: 1 }, 'pricing.output': AA, 'pricing.cacheRead': DEV, 'sdk.model': DEV },
      ...{ openWeights: { ...AA, was: true }, effort: { source: 'derived', at: AA.at } },
    })
  })

  it('names the source of inherited scores', () => {
    const metrics = { intelligenceIndex: 50, outputTokensPerSecond: 90 }
    const score = { source: 'arena' as const, family: 'acme/one', metrics: { arenaText: 1400 } }
    const statements = [listed('one'), measured('one', { metrics }, { name: 'One (low)' })]
    expect(explained(statements, 'one', [score])).toMatchObject({
      ...{ 'metrics.intelligenceIndex': AA, 'metrics.arenaText': from('arena') },
      ...{ iq: { source: 'derived' }, speed: { source: 'derived' } },
    })
  })

  it('explains every leaf of every model, by a source that states it', () => {
    fc.assert(
      fc.property(anyStatements, anyScores, (given, scores) => {
        const statements = [...given.listed, ...given.measured]
        const { models, origins } = built(statements, scores)
        models.forEach((model, index) => {
          const origin = origins[index]
          const provenance = origin ? provenanceOf(model, origin, statedAt) : {}
          expect(Object.keys(provenance).sort()).toEqual([...leavesOf(model).keys()].sort())
          for (const [path, { source }] of Object.entries(provenance))
            if (path.includes('.') && source !== 'derived')
              expect(isStated(path, leavesOf(model).get(path), source, statements, scores)).toBe(true)
        })
      }),
    )
  })

  it('returns nothing for a model that does not exist', () => {
    expect(explained([listed('one')], 'two')).toBeUndefined()
  })
})

/** Whether any statement of the source states exactly this. */
function isStated(
  path: string,
  fact: unknown,
  source: string,
  statements: ModelStatement[],
  scores: ScoreStatement[],
): boolean {
  const stated = [
    ...statements.map((statement) => ({ source: statement.source, facts: statement.facts as object })),
    ...scores.map(({ metrics, ...score }) => ({ source: score.source, facts: { metrics } })),
  ]
  return stated.some(
    (one) => one.source === source && JSON.stringify(leavesOf(one.facts).get(path)) === JSON.stringify(fact),
  )
}

describe('createProvenance() of overrides', () => {
  const statements = [listed('one', { pricing: { input: 1, output: 2 }, openWeights: true })]
  const { models, origins } = built(statements)
  const [one] = models
  if (!one) throw new Error('No model was built')

  function overridden(override: ModelOverride, made: Model): Provenance | undefined {
    const unhidden = [...models.filter(({ value }) => value !== made.value), made]
    return createProvenance({ models, origins, statedAt, overrides: [{ override, at: PUT }], unhidden })(made)
  }

  it('names the override for the facts that it sets, and the values of the sources', () => {
    const override = { provider: 'acme', value: 'one', set: { pricing: { input: 3 } } }
    const made = { ...one, pricing: { ...one.pricing, input: 3, blended: 2.75 } }
    expect(overridden(override, made)).toMatchObject({
      ...{ id: DEV, openWeights: DEV, 'pricing.input': { ...OVERRIDE, was: 1 }, 'pricing.output': DEV },
      'pricing.blended': { source: 'derived', at: PUT },
    })
  })

  it('explains inherited facts of a new model by the model that it inherits from', () => {
    const override = {
      provider: 'acme',
      value: 'new',
      inheritFrom: { provider: 'acme', value: 'one' },
      set: { name: 'New' },
    }
    const made = { ...one, id: 'custom:acme:new', value: 'new', name: 'New', alias: 'New' }
    expect(overridden(override, made)).toMatchObject({
      ...{ id: OVERRIDE, value: OVERRIDE, name: { ...OVERRIDE, was: 'one' }, openWeights: DEV, 'pricing.input': DEV },
    })
  })
})
