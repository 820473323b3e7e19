import { describe, expect, it } from 'vitest'
import { disagreementsOf } from '../../../src/core/provenance/disagreements.ts'
import type { ModelFacts } from '../../../src/core/statements/statement.ts'
import { entriesOf, listed, measured } from '../../support/core/statements.ts'

const AA = 'artificial-analysis'
const DEV = 'models.dev'

/** The disagreements of a row that both sources have. */
const joined = (list: ModelFacts, measures: ModelFacts) =>
  disagreementsOf(entriesOf([listed('one', list), measured('one', measures)]))
/** The disagreements between a variant and the head of its family. */
const beside = (head: ModelFacts, measures: ModelFacts, name = 'One (high)') =>
  disagreementsOf(entriesOf([listed('one', head), measured('one', measures, { name })]))

describe('disagreementsOf()', () => {
  it('lists the fact that is kept, from models.dev, and the one that is dropped', () => {
    const list = { pricing: { input: 0.14, output: 0.28 }, metrics: { contextWindow: 128_000 }, openWeights: true }
    const measures = { pricing: { input: 0.66, output: 1.98 }, metrics: { contextWindow: 64_000 }, openWeights: false }
    expect(joined(list, measures)).toEqual([
      {
        ...{ provider: 'acme', value: 'one', path: 'metrics.contextWindow' },
        ...{ kept: { source: DEV, fact: 128_000 }, dropped: { source: AA, fact: 64_000 } },
      },
      {
        ...{ provider: 'acme', value: 'one', path: 'openWeights' },
        ...{ kept: { source: DEV, fact: true }, dropped: { source: AA, fact: false } },
      },
      {
        ...{ provider: 'acme', value: 'one', path: 'pricing.input' },
        ...{ kept: { source: DEV, fact: 0.14 }, dropped: { source: AA, fact: 0.66 } },
      },
      {
        ...{ provider: 'acme', value: 'one', path: 'pricing.output' },
        ...{ kept: { source: DEV, fact: 0.28 }, dropped: { source: AA, fact: 1.98 } },
      },
    ])
  })

  it("lists a variant's price that differs from the head's, and the context that comes from the head", () => {
    const head = { pricing: { input: 1, output: 2, cacheRead: 0.5 }, metrics: { contextWindow: 100_000 } }
    const own = { pricing: { input: 3, output: 2 }, metrics: { contextWindow: 200_000 } }
    expect(beside(head, own)).toEqual([
      {
        ...{ provider: 'acme', value: 'one-high', path: 'metrics.contextWindow' },
        ...{ kept: { source: DEV, fact: 100_000 }, dropped: { source: AA, fact: 200_000 } },
      },
      {
        ...{ provider: 'acme', value: 'one-high', path: 'pricing.input' },
        ...{ kept: { source: AA, fact: 3 }, dropped: { source: DEV, fact: 1 } },
      },
    ])
  })

  it('lists a name, but not an id', () => {
    const entries = entriesOf([listed('one', {}, { name: 'One' }), measured('one', {}, { name: 'Uno' })])
    expect(disagreementsOf(entries)).toEqual([
      {
        ...{ provider: 'acme', value: 'one', path: 'name' },
        ...{ kept: { source: DEV, fact: 'One' }, dropped: { source: AA, fact: 'Uno' } },
      },
    ])
  })

  it.each<[string, ModelFacts, ModelFacts]>([
    ['prices within 1 %', { pricing: { input: 1 } }, { pricing: { input: 1.01 } }],
    ['tokens within 5 %', { metrics: { contextWindow: 1_048_576 } }, { metrics: { contextWindow: 1_000_000 } }],
    ['dates a day apart', { releaseDate: '2026-01-31' }, { releaseDate: '2026-02-01' }],
    ['a month and a day of it', { releaseDate: '2026-01' }, { releaseDate: '2026-01-17' }],
    [
      'modalities that only one source states',
      { modalities: { input: ['text', 'pdf'], output: ['text'] } },
      { modalities: { input: ['text'], output: ['text'] } },
    ],
    ['facts of one source alone', { openWeights: true, pricing: { input: 1 } }, { pricing: { output: 1 } }],
  ])('does not list %s', (_, list, measures) => {
    expect(joined(list, measures)).toEqual([])
  })

  it('does not list a variant that does not reason, or dates of a variant', () => {
    const head = { capabilities: { reasoning: true }, releaseDate: '2026-01-01' }
    const own = { capabilities: { reasoning: false }, releaseDate: '2025-01-01' }
    expect(beside(head, own, 'One (Non-reasoning)')).toEqual([])
  })

  it('does not list hosts', () => {
    const host = listed('one', { pricing: { input: 9 } }, { provider: 'host', canonicalId: 'acme/one' })
    expect(disagreementsOf(entriesOf([listed('one', { pricing: { input: 1 } }), host]))).toEqual([])
  })
})
