import { describe, expect, it } from 'vitest'
import type { ModelFacts } from '../../../src/core/statements/statement.ts'
import { listed, measured, modelsOf } from '../../support/core/statements.ts'

const HEAD: ModelFacts = {
  ...{ type: 'chat', series: 'ones', sdk: { model: 'one' }, reasoning: { efforts: ['low', 'high'] } },
  ...{ capabilities: { toolUse: true, vision: true }, modalities: { input: ['text'], output: ['text'] } },
  ...{ knowledgeCutoff: '2025-01', openWeights: true, releaseDate: '2026-01-01', status: 'deprecated' },
  pricing: { input: 1, output: 2, cacheRead: 0.1, tiers: [{ above: 200_000, input: 2 }] },
  metrics: { contextWindow: 200_000, maxInput: 150_000, maxOutput: 50_000 },
}

const variantWith = (facts: ModelFacts, head: ModelFacts = HEAD) =>
  modelsOf([listed('one', head), measured('one', facts, { name: 'One (high)' })])['acme/one-high']

describe('a variant', () => {
  it('takes facts that its source does not state from the head of its family', () => {
    expect(variantWith({ capabilities: { vision: false } })).toEqual({
      ...{ id: 'aa-one', value: 'one-high', provider: 'acme', name: 'One (high)', alias: 'One', effort: 'high' },
      ...{ lab: 'acme', family: 'acme/one', firstParty: true, type: 'chat', status: 'active' },
      ...{ sdk: HEAD.sdk, reasoning: HEAD.reasoning, modalities: HEAD.modalities, metrics: HEAD.metrics },
      ...{ capabilities: { toolUse: true, vision: false }, knowledgeCutoff: '2025-01', openWeights: true },
    })
  })

  it('keeps its own prices, and takes missing prices only if the base prices agree within 1 %', () => {
    expect(variantWith({ pricing: { input: 1.009, output: 2, cacheWrite: 3 } })?.pricing).toEqual({
      ...{ input: 1.009, output: 2, cacheRead: 0.1, cacheWrite: 3, tiers: HEAD.pricing?.tiers, blended: 1.25675 },
    })
    expect(variantWith({ pricing: { input: 1, output: 2.1 } })?.pricing).toEqual({
      input: 1,
      output: 2.1,
      blended: 1.275,
    })
    expect(variantWith({ pricing: { input: 1 } })?.pricing).toEqual({ input: 1 })
    expect(variantWith({})).not.toHaveProperty('pricing')
  })

  it('takes all limits from the head, and its own context window only if the head has none', () => {
    const own = { metrics: { contextWindow: 128_000 } }
    expect(variantWith(own, { metrics: { maxOutput: 262_144 } })?.metrics).toEqual({ maxOutput: 262_144 })
    expect(variantWith(own, {})?.metrics).toEqual({ contextWindow: 128_000 })
  })

  it('keeps every other fact when its price changes', () => {
    const before = variantWith({ pricing: { input: 1, output: 2 } })
    const after = variantWith({ pricing: { input: 5, output: 9 } })
    expect({ ...after, pricing: undefined }).toEqual({ ...before, pricing: undefined })
  })

  it('is not filled in from other variants', () => {
    const models = modelsOf([measured('one', { openWeights: true }), measured('one', {}, { name: 'One (low)' })])
    expect(models['acme/one-low']).not.toHaveProperty('openWeights')
  })

  it("is filled in from the first of the lab's own providers that lists the family", () => {
    const models = modelsOf([
      measured('one-low', {}, { name: 'One (low)' }),
      listed('one', { openWeights: false }, { provider: 'host', canonicalId: 'acme/one' }),
      listed('one', { knowledgeCutoff: '2025' }, { provider: 'acme-cn' }),
    ])
    expect(models['acme/one-low']).toMatchObject({ knowledgeCutoff: '2025' })
    expect(models['acme/one-low']).not.toHaveProperty('openWeights')
  })
})

describe('a row of a host', () => {
  it('takes only the iq of its family', () => {
    const models = modelsOf(
      [
        listed('one', HEAD),
        measured('one', { metrics: { intelligenceIndex: 60, outputTokensPerSecond: 90 } }, { name: 'One (high)' }),
        listed('acme/one', {}, { provider: 'host', canonicalId: 'acme/one' }),
      ],
      { scores: [{ source: 'arena', family: 'acme/one', metrics: { arenaText: 1400 } }] },
    )
    expect(models['host/acme/one']).toEqual({
      ...{ id: 'models.dev:host/acme/one', value: 'acme/one', provider: 'host', name: 'acme/one', alias: 'acme/one' },
      ...{ lab: 'acme', family: 'acme/one', type: 'chat', iq: 4, status: 'active' },
    })
  })
})
