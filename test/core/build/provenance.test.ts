import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildCatalogue, type Origin } from '../../../src/core/build/build-catalogue.ts'
import { createProvenance } from '../../../src/core/build/provenance.ts'
import { disagreementsOf } from '../../../src/core/build/source-comparison.ts'
import type { Statement } from '../../../src/core/build/statement.ts'
import { applyOverrides } from '../../../src/core/overrides/apply-overrides.ts'
import type { Override } from '../../../src/core/overrides/override.ts'
import type { Catalogue, Model } from '../../../src/core/schema/model.ts'
import type { Provenance } from '../../../src/core/schema/operations.ts'
import { DEFAULT_IQ_THRESHOLDS } from '../../../src/core/score.ts'
import { anyOverrides, anySources } from '../../support/core/any-overrides.ts'
import { leavesOf } from '../../support/core/leaves.ts'
import { NOTHING } from '../../support/core/overridden.ts'
import { type Given, sourcePull, statement } from '../../support/rows.ts'

const FIRST = '2026-10-01T00:00:00.000Z'
const SECOND = '2026-10-02T00:00:00.000Z'
const PUT = '2026-10-03T00:00:00.000Z'
const AA = { source: 'artificial-analysis', at: FIRST }
const MODELS_DEV = { source: 'models.dev', at: SECOND }
const OVERRIDE = { source: 'override', at: PUT }
const context = { iqThresholds: DEFAULT_IQ_THRESHOLDS, remembered: NOTHING }

interface Sourced {
  sources: Catalogue
  origins: readonly Origin[]
}

function sourced(rows: Statement[], others: Record<string, Given> = {}): Sourced {
  const built = buildCatalogue({
    ...{ pull: sourcePull(rows), iqThresholds: DEFAULT_IQ_THRESHOLDS, names: {}, reserved: [] },
    others: [
      {
        source: 'models.dev',
        attribution: [],
        match: ({ value }) => {
          const given = others[value]
          if (!given) return { matched: false, reason: 'no-candidate', candidates: [] }
          return { matched: true, statement: statement({ value, ...given, source: 'models.dev' }), by: 'id' }
        },
      },
    ],
  })
  if (!built.ok) throw new Error(built.failure.detail)
  return { sources: built.value.catalogue, origins: built.value.origins }
}

function told(given: Sourced, overrides: Override[] = []) {
  const unhidden = applyOverrides(
    given.sources,
    overrides.map((put) => ({ ...put, hidden: false })),
    context,
  ).catalogue
  const provenanceOf = createProvenance({
    ...given,
    at: { 'artificial-analysis': FIRST, 'models.dev': SECOND },
    overrides: overrides.map((override) => ({ override, at: PUT })),
    unhidden,
  })
  return { unhidden, provenanceOf }
}

function provenanceOf(row: Given, other?: Given, overrides: Override[] = []): Provenance {
  const given = sourced([statement({ value: 'one', ...row })], other && { one: other })
  return told(given, overrides).provenanceOf({ provider: 'acme', value: 'one' }) ?? {}
}

const put = (override: Partial<Override>): Override[] => [{ provider: 'acme', value: 'one', ...override } as Override]

describe('createProvenance()', () => {
  it('reports what the row states, what another source adds, and what follows from them', () => {
    const first = { pricing: { input: 1, output: 5 }, metrics: { intelligenceIndex: 50 }, capabilities: { text: true } }
    const second = {
      sdk: { model: 'm' },
      pricing: { cacheRead: 0.1 },
      metrics: { contextWindow: 1000 },
      status: 'preview' as const,
    }
    expect(provenanceOf({ name: 'One (high)', ...first }, second)).toEqual({
      ...{ id: AA, value: AA, provider: AA, name: AA },
      ...{ 'pricing.input': AA, 'pricing.output': AA, 'capabilities.text': AA },
      ...{ 'metrics.intelligenceIndex': AA, 'metrics.intelligenceIndexVersion': AA },
      ...{ 'sdk.model': MODELS_DEV, 'pricing.cacheRead': MODELS_DEV, 'metrics.contextWindow': MODELS_DEV },
      status: MODELS_DEV,
      ...Object.fromEntries(
        ['alias', 'family', 'effort', 'iq', 'pricing.blended'].map((path) => [path, { source: 'derived', at: FIRST }]),
      ),
    })
  })

  it("takes an ordinary status for derived, and a blend for the source's own where it cannot be worked out", () => {
    expect(provenanceOf({ pricing: { blended: 2 } })).toMatchObject({
      status: { source: 'derived' },
      'pricing.blended': AA,
    })
  })

  it('reports what another source says where it says something else', () => {
    const provenance = provenanceOf(
      { metrics: { contextWindow: 1000 }, pricing: { input: 1, output: 5 }, openWeights: true },
      { metrics: { contextWindow: 1024 }, pricing: { input: 1, output: 4 }, openWeights: true },
    )
    expect(provenance['metrics.contextWindow']).toEqual({ ...AA, was: 1024 })
    expect(provenance['pricing.output']).toEqual({ ...AA, was: 4 })
    expect([provenance['pricing.input'], provenance.openWeights]).toEqual([AA, AA])
  })

  it('holds prices of another host against nobody', () => {
    const host = { firstParty: false, pricing: { input: 2 } }
    expect(provenanceOf({ pricing: { input: 1 } }, host)['pricing.input']).toEqual(AA)
  })

  it('does not hold against a variant without reasoning that its model reasons', () => {
    const reasoning = { capabilities: { reasoning: true } }
    const variant = { name: 'One (Non-reasoning)', capabilities: { reasoning: false } }
    expect(provenanceOf(variant, reasoning)['capabilities.reasoning']).toEqual(AA)
    expect(provenanceOf({ capabilities: { reasoning: false } }, reasoning)['capabilities.reasoning']).toEqual({
      ...AA,
      was: true,
    })
  })

  it('takes a list of modalities for that of the most believed source that says anything of it', () => {
    const modalities = { input: { text: true, image: true, pdf: true }, output: { text: true } }
    const provenance = provenanceOf({ modalities: { input: { text: true, image: false } } }, { modalities })
    expect(provenance['modalities.input']).toEqual({ ...AA })
    expect(provenance['modalities.output']).toEqual(MODELS_DEV)
  })

  it('tells what an override says, and what was there before', () => {
    const provenance = provenanceOf(
      { pricing: { input: 1, output: 5 }, metrics: { intelligenceIndex: 50 } },
      { metrics: { contextWindow: 1000 } },
      put({
        set: { pricing: { input: 2, cacheRead: 1 }, metrics: { contextWindow: 1000 } },
        unset: ['metrics.intelligenceIndex'],
      }),
    )
    expect(provenance['pricing.input']).toEqual({ ...OVERRIDE, was: 1 })
    expect([provenance['pricing.cacheRead'], provenance['metrics.contextWindow']]).toEqual([OVERRIDE, OVERRIDE])
    expect(provenance['pricing.blended']).toEqual({ source: 'derived', at: PUT })
    expect(provenance['pricing.output']).toEqual(AA)
    expect(provenance).not.toHaveProperty('iq')
    expect(provenance).not.toHaveProperty('metrics.intelligenceIndex')
  })

  it('follows what is inherited to where it came from, also through what is hidden', () => {
    const given = sourced([statement({ value: 'one', pricing: { input: 1 } })], { one: { sdk: { model: 'm' } } })
    const { provenanceOf } = told(given, [
      { provider: 'acme', value: 'one', hidden: true, set: { openWeights: true } },
      { provider: 'acme', value: 'two', inheritFrom: { provider: 'acme', value: 'one' }, set: { name: 'Two' } },
    ])
    expect(provenanceOf({ provider: 'acme', value: 'two' })).toMatchObject({
      ...{ id: OVERRIDE, value: OVERRIDE, provider: OVERRIDE, openWeights: OVERRIDE, 'pricing.input': AA },
      ...{ name: { ...OVERRIDE, was: 'one' }, alias: { source: 'derived', at: PUT }, 'sdk.model': MODELS_DEV },
    })
  })

  it('tells what follows from the facts of a model that an override makes', () => {
    const made = { set: { name: 'Two (high)', pricing: { input: 1, output: 5 } } }
    const { provenanceOf } = told(sourced([statement({ value: 'one' })]), [{ provider: 'acme', value: 'two', ...made }])
    const derived = { source: 'derived', at: PUT }
    expect(provenanceOf({ provider: 'acme', value: 'two' })).toEqual({
      ...{ id: OVERRIDE, provider: OVERRIDE, value: OVERRIDE, name: OVERRIDE },
      ...{ 'pricing.input': OVERRIDE, 'pricing.output': OVERRIDE, 'pricing.blended': derived },
      ...{ alias: derived, family: derived, effort: derived, status: derived },
    })
  })

  it('knows nothing of what is not there', () => {
    expect(told(sourced([])).provenanceOf({ provider: 'acme', value: 'one' })).toBeUndefined()
  })

  it('tells of every fact of every model, and of nothing else', () => {
    fc.assert(
      fc.property(anySources, anySources, anyOverrides, (first, second, overrides) => {
        const rows = first.models.map((model) => statement(givenOf(model)))
        const others = Object.fromEntries(second.models.map((model) => [model.value, givenOf(model)]))
        const given = sourced(rows, others)
        const { unhidden, provenanceOf } = told(given, overrides)
        for (const model of unhidden.models)
          expect(Object.keys(provenanceOf(model) ?? {}).sort()).toEqual([...leavesOf(model).keys()].sort())
      }),
      { numRuns: 200 },
    )
  })
})

describe('disagreementsOf()', () => {
  const between = (row: Given, other: Given) =>
    disagreementsOf(sourced([statement({ value: 'one', ...row })], { one: other }).origins)

  it('lists what two sources say differently, and which is kept', () => {
    expect(between({ pricing: { input: 1, output: 5 } }, { pricing: { input: 2, output: 5 } })).toEqual([
      {
        ...{ provider: 'acme', value: 'one', path: 'pricing.input' },
        kept: { source: 'artificial-analysis', fact: 1 },
        dropped: { source: 'models.dev', fact: 2 },
      },
    ])
  })

  it.each([
    [
      'a window called one million',
      { metrics: { contextWindow: 1_000_000 } },
      { metrics: { contextWindow: 1_048_576 } },
    ],
    ['a price', { pricing: { input: 0.333 } }, { pricing: { input: 0.3333 } }],
    ['a day', { releaseDate: '2026-01-15' }, { releaseDate: '2026-01-16' }],
    ['what only one speaks of', { metrics: { contextWindow: 1 } }, { metrics: { maxOutput: 1 } }],
    [
      'a modality that one is silent about',
      { modalities: { input: { text: true }, output: { text: true } } },
      { modalities: { input: { text: true, pdf: true }, output: { text: true } } },
    ],
  ])('leaves out %s', (_, first, second) => {
    expect(between(first, second)).toEqual([])
  })

  it.each([
    ['a window', { metrics: { contextWindow: 128_000 } }, { metrics: { contextWindow: 200_000 } }],
    ['a free price', { pricing: { input: 0 } }, { pricing: { input: 0.01 } }],
    ['a date', { releaseDate: '2026-01-15' }, { releaseDate: '2026-01-20' }],
    ['a flag', { openWeights: true }, { openWeights: false }],
    [
      'a modality',
      { modalities: { input: { image: false }, output: { text: true } } },
      { modalities: { input: { image: true }, output: { text: true } } },
    ],
  ])('lists %s', (_, first, second) => {
    expect(between(first, second)).toHaveLength(1)
  })

  it('leaves out prices of another host', () => {
    expect(between({ pricing: { input: 1 } }, { firstParty: false, pricing: { input: 9 } })).toEqual([])
  })

  it('lists each of several statements that differ from what is kept', () => {
    const key = { provider: 'acme', value: 'one' }
    const row = statement({ ...key, openWeights: true })
    const others = [false, true, false].map((openWeights) => statement({ ...key, source: 'models.dev', openWeights }))
    const found = disagreementsOf([{ ...key, statements: [row, ...others] }])
    expect(found.map(({ path, dropped }) => [path, dropped.fact])).toEqual([
      ['openWeights', false],
      ['openWeights', false],
    ])
  })
})

/** A statement that would make such a model. */
function givenOf({ alias: _a, family: _f, effort: _e, iq: _i, speed: _s, modalities: _m, ...facts }: Model): Given {
  return { ...facts, creator: { id: facts.provider, name: facts.provider } }
}
