import { describe, expect, it } from 'vitest'
import { buildParts, planParts } from '../../../src/core/build/build-parts.ts'
import { DEFAULT_EPOCH_THRESHOLDS } from '../../../src/core/score.ts'
import { buildInput, listed, measured, modelsOf, partsOf } from '../../support/core/statements.ts'

const LIMITS = { contextWindow: 262_144, maxOutput: 262_144 }

describe('buildParts()', () => {
  it('builds a model from a row of models.dev under its API id', () => {
    expect(modelsOf([listed('openai/gpt:free', { pricing: { input: 1, output: 5 } }, { provider: 'host' })])).toEqual({
      'host/openai/gpt:free': {
        ...{ id: 'models.dev:host/openai/gpt:free', value: 'openai/gpt:free', provider: 'host' },
        ...{ name: 'openai/gpt:free', alias: 'openai/gpt:free', family: 'host/gpt:free' },
        ...{ type: 'chat', pricing: { input: 1, output: 5, blended: 2 }, status: 'active' },
      },
    })
  })

  it('joins rows of both sources with the same provider and value, whatever else they state', () => {
    const models = modelsOf([
      listed('one', {
        releaseDate: '2026-01',
        pricing: { input: 1, output: 2 },
        metrics: LIMITS,
        sdk: { model: 'one' },
      }),
      measured(
        'one',
        {
          ...{ releaseDate: '2025-05-05', pricing: { input: 9, output: 9, cacheRead: 3 } },
          metrics: { contextWindow: 5, intelligenceIndex: 50, outputTokensPerSecond: 120 },
        },
        { name: 'Uno (Reasoning)' },
      ),
    ])
    expect(models).toEqual({
      'acme/one': expect.objectContaining({
        ...{ id: 'aa-one', name: 'one', releaseDate: '2026-01', iq: 3, speed: 3, sdk: { model: 'one' } },
        pricing: { input: 1, output: 2, blended: 1.25 },
        metrics: { ...LIMITS, intelligenceIndex: 50, outputTokensPerSecond: 120 },
      }),
    })
    expect(models['acme/one']).not.toHaveProperty('effort')
  })

  it('takes the prices of the measured row if the listed row has no usable prices', () => {
    const aa = measured('one', { pricing: { input: 0.07, output: 0.4 } })
    const zero = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }
    expect(modelsOf([listed('one', { pricing: zero }), aa])['acme/one']?.pricing).toEqual({
      ...{ input: 0.07, output: 0.4 },
      blended: 0.1525,
    })
    expect(modelsOf([listed('one', { pricing: zero, billing: 'free' }), aa])['acme/one']).toMatchObject({
      ...{ billing: 'free', pricing: { ...zero, blended: 0 } },
    })
  })

  it('keeps a price of 0/0 only if the model is known to be free', () => {
    const zero = { pricing: { input: 0, output: 0 } }
    const models = modelsOf([
      ...[listed('one', zero), listed('two:free', zero), measured('three-free', zero), measured('four', zero)],
      listed('five', zero, { provider: 'acme-plan' }),
    ])
    expect(models['acme/one']).not.toHaveProperty('pricing')
    expect(models['acme/two:free']).toMatchObject({ billing: 'free', pricing: { input: 0, output: 0, blended: 0 } })
    expect(models['acme/three-free']).toMatchObject({ billing: 'free', pricing: { input: 0 } })
    expect(models['acme/four']).not.toHaveProperty('pricing')
    expect(models['acme-plan/five']).toMatchObject({ billing: 'plan' })
    expect(models['acme-plan/five']).not.toHaveProperty('pricing')
  })

  it('blends prices, to six decimals, only if both are known', () => {
    const models = modelsOf([
      listed('one', { pricing: { input: 0.1234567, output: 0.7654321 } }),
      listed('two', { pricing: { input: 1, blended: 7 } }),
    ])
    expect(models['acme/one']?.pricing?.blended).toBe(0.283951)
    expect(models['acme/two']?.pricing).toEqual({ input: 1 })
  })

  it('drops limits above the context window of their own row, and counts them', () => {
    const plan = planParts(
      buildInput([
        listed('b', { metrics: { contextWindow: 128_000, maxInput: 128_001, maxOutput: 262_144 } }),
        listed('a', { metrics: { contextWindow: 1000, maxInput: 1000, maxOutput: 2000 } }),
        listed('c', { metrics: { maxOutput: 5 } }),
      ]),
    )
    expect(plan.ok && plan.value.unread).toEqual([
      {
        ...{ source: 'models.dev', field: 'metrics.maxInput', count: 1 },
        example: 'acme/b: 128001 is above the context window of 128000',
      },
      {
        ...{ source: 'models.dev', field: 'metrics.maxOutput', count: 2 },
        example: 'acme/a: 2000 is above the context window of 1000',
      },
    ])
    const models = modelsOf([listed('b', { metrics: { contextWindow: 128_000, maxOutput: 262_144 } })])
    expect(models['acme/b']?.metrics).toEqual({ contextWindow: 128_000 })
  })

  it('takes names and APIs of providers from the list of providers, and the rest from creators', () => {
    const api = { baseUrl: 'https://api.example.com', env: ['KEY'] }
    const parts = partsOf([listed('gpt', {}, { provider: 'openai' }), measured('x', {}, { provider: 'nowhere' })], {
      providers: [
        { source: 'artificial-analysis', provider: 'openai', name: 'Open AI', facts: {} },
        { source: 'models.dev', provider: 'openai', name: 'OpenAI Platform', facts: { api } },
        { source: 'artificial-analysis', provider: 'xai', name: 'SpaceXAI', facts: {} },
        { source: 'artificial-analysis', provider: 'initech', name: 'Initech', facts: {} },
      ],
    })
    expect([...parts.values()].map(({ provider }) => provider)).toEqual([
      { value: 'initech', name: 'Initech', status: 'active' },
      { value: 'nowhere', name: 'nowhere', status: 'active' },
      {
        ...{ value: 'openai', name: 'OpenAI Platform', keyPlaceholder: 'sk-...' },
        ...{ website: 'https://platform.openai.com/api-keys', api, status: 'active' },
      },
      expect.objectContaining({ value: 'xai', name: 'xAI' }),
    ])
  })

  it('leaves out providers, but still uses their models for families', () => {
    const models = [
      measured('one', { metrics: { intelligenceIndex: 50 } }),
      listed('acme/one', {}, { provider: 'host', canonicalId: 'acme/one' }),
    ]
    const built = modelsOf(models, { keepsProvider: (provider) => provider !== 'acme' })
    expect(Object.entries(built).map(([key, { iq }]) => [key, iq])).toEqual([['host/acme/one', 3]])
  })

  it('refuses a source that states one model twice', () => {
    expect(buildParts(buildInput([measured('b'), measured('a'), measured('b'), measured('a')]))).toEqual({
      ok: false,
      failure: {
        ...{ code: 'source-failed', reason: 'inconsistent' },
        detail: 'Cannot build the catalogue: artificial-analysis lists "acme/a" twice',
      },
    })
  })

  it('scores only on the basis of the registry', () => {
    const models = [listed('one'), measured('one', { metrics: { intelligenceIndex: 70 } }), measured('one-low')]
    const scores = [{ source: 'epoch' as const, family: 'acme/one', metrics: { epochCapabilitiesIndex: 141 } }]
    const epoch = { basis: 'epoch' as const, thresholds: DEFAULT_EPOCH_THRESHOLDS }
    expect(modelsOf(models, { scores, scale: epoch })['acme/one']?.iq).toBe(3)
    expect(modelsOf(models, { scale: epoch })['acme/one']).not.toHaveProperty('iq')
    expect(modelsOf(models, { scores })['acme/one']?.iq).toBe(5)
  })

  it('states the version of an index', () => {
    const metrics = { intelligenceIndex: 20 }
    const models = modelsOf([measured('one', { metrics }), measured('two')], {
      ...{ indexVersion: 4.1, scale: { basis: 'artificial-analysis', thresholds: 'linked' } },
    })
    expect(models['acme/one']).toMatchObject({ iq: 3, metrics: { ...metrics, intelligenceIndexVersion: 4.1 } })
    expect(models['acme/two']).not.toHaveProperty('metrics')
  })
})
