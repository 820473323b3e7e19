import { describe, expect, it } from 'vitest'
import { factsOfRow, modelsDevRow, readBody, readOne } from '../../../support/sources/models-dev-rows.ts'

const unreadOf = (row: Record<string, unknown>): string[] =>
  readOne(row).unread.map(({ field, example }) => `${field} ${example}`)

describe('a row in the served schema', () => {
  it('is read with every fact', () => {
    const row = {
      family: 'acme',
      canonical_model_id: 'acme/acme-1',
      status: 'beta',
      temperature: false,
      structured_output: true,
      knowledge: '2025',
      interleaved: { field: 'reasoning_content' },
      reasoning_options: [
        { type: 'effort', values: ['max', null, 'low', 'default', 'none'] },
        { type: 'toggle' },
        { type: 'budget_tokens', min: 1024, max: 32_000 },
      ],
      limit: { context: 200_000, input: 150_000, output: 64_000 },
      modalities: { input: ['pdf', 'audio', 'text', 'image'], output: ['text'] },
      provider: { npm: '@ai-sdk/openai', api: `https://\${HOST}/v1`, shape: 'responses' },
    }
    const { unread, ...statement } = readOne(row)
    expect(unread).toEqual([])
    expect(statement).toEqual({
      source: 'models.dev',
      id: 'models.dev:acme/acme-1',
      provider: 'acme',
      value: 'acme-1',
      name: 'Acme 1',
      canonicalId: 'acme/acme-1',
      facts: {
        type: 'chat',
        series: 'acme',
        status: 'preview',
        sdk: {
          model: 'acme-1',
          npm: '@ai-sdk/openai',
          baseUrl: `https://\${HOST}/v1`,
          shape: 'responses',
          interleaved: { field: 'reasoning_content' },
        },
        reasoning: { efforts: ['none', 'low', 'max'], toggle: true, budget: { min: 1024, max: 32_000 } },
        capabilities: {
          text: true,
          vision: true,
          audio: true,
          reasoning: true,
          toolUse: true,
          json: true,
          temperature: false,
          attachment: true,
        },
        pricing: { input: 1, output: 5 },
        metrics: { contextWindow: 200_000, maxInput: 150_000, maxOutput: 64_000 },
        modalities: { input: ['text', 'image', 'audio', 'pdf'], output: ['text'] },
        openWeights: false,
        knowledgeCutoff: '2025',
        releaseDate: '2026-01-15',
        lastUpdated: '2026-02',
      },
    })
  })

  it('has in its sdk only what differs from its provider', () => {
    const own = { npm: '@ai-sdk/acme', api: 'https://api.acme.example/v1' }
    expect(factsOfRow({ provider: own }, { api: own.api }).sdk).toEqual({ model: 'acme-1' })
    expect(factsOfRow({ provider: { api: own.api } }, { api: 'https://other.example' }).sdk?.baseUrl).toBe(own.api)
    expect(factsOfRow({ interleaved: true }).sdk?.interleaved).toBe(true)
    expect(factsOfRow({ interleaved: false }).sdk).toEqual({ model: 'acme-1' })
  })

  it('has no object without facts', () => {
    const row = {
      reasoning_options: [{ type: 'budget_tokens' }, { type: 'effort', values: [null] }],
      limit: {},
      cost: {},
    }
    const facts = factsOfRow(row)
    expect(Object.keys(facts)).not.toContain('reasoning')
    expect(Object.keys(facts)).not.toContain('metrics')
    expect(Object.keys(facts)).not.toContain('pricing')
  })

  it('is kept even if values in it cannot be read, and each such value is counted', () => {
    const odd = {
      name: '',
      family: 'a\u0007b',
      canonical_model_id: 'no lab',
      attachment: 'yes',
      reasoning: 1,
      release_date: '2023-13',
      last_updated: 'soon',
      knowledge: '2025-02-31',
      open_weights: 'true',
      status: 'retired',
      cost: { input: -1, output: '0.15', cache_read: 1e13 },
      limit: { context: 1.5, output: -4 },
      modalities: { input: ['text', 'smell'], output: 'text' },
      provider: { npm: 5, api: 'file:///etc', shape: 'x'.repeat(301) },
      interleaved: 'yes',
      reasoning_options: [
        { type: 'dial' },
        { type: 'effort', values: ['extreme'] },
        { type: 'budget_tokens', min: 9, max: 1 },
      ],
    }
    const { facts, name, unread } = readOne(odd)
    expect(name).toBe('acme-1')
    expect(facts).toEqual({ type: 'chat', sdk: { model: 'acme-1' }, capabilities: { toolUse: true } })
    expect(unread.map(({ field }) => field).sort()).toEqual([
      'attachment',
      'canonical_model_id',
      'cost.cache_read',
      'cost.input',
      'cost.output',
      'family',
      'interleaved',
      'knowledge',
      'last_updated',
      'limit.context',
      'limit.output',
      'modalities.input',
      'modalities.output',
      'name',
      'open_weights',
      'provider.api',
      'provider.npm',
      'provider.shape',
      'reasoning',
      'reasoning_options',
      'reasoning_options.type',
      'reasoning_options.values',
      'release_date',
      'status',
    ])
  })

  it('keeps the precision of a date', () => {
    expect(factsOfRow({ release_date: '2023-07' }).releaseDate).toBe('2023-07')
    expect(unreadOf({ knowledge: '2025-02-31' })).toEqual(['knowledge acme/acme-1: "2025-02-31"'])
  })

  it('reads 0 as an unknown limit, and leaves it to the build to compare limits with the context window', () => {
    expect(factsOfRow({ limit: { context: 0, output: 0, input: 0 } }).metrics).toBeUndefined()
    expect(factsOfRow({ limit: { context: 128_000, output: 128_000 } }).metrics?.maxOutput).toBe(128_000)
    expect(factsOfRow({ limit: { context: 0, output: 8192 } }).metrics).toEqual({ maxOutput: 8192 })
    const { facts, unread } = readOne({ limit: { context: 128_000, input: 200_000, output: 262_144 } })
    expect(facts.metrics).toEqual({ contextWindow: 128_000, maxInput: 200_000, maxOutput: 262_144 })
    expect(unread).toEqual([])
  })

  it('states nothing if the source has null', () => {
    const facts = factsOfRow({ knowledge: null, family: null, cost: null, limit: null, modalities: null, status: null })
    expect(facts).toEqual({
      type: 'chat',
      sdk: { model: 'acme-1' },
      capabilities: { reasoning: true, toolUse: true, attachment: true },
      openWeights: false,
      releaseDate: '2026-01-15',
      lastUpdated: '2026-02',
    })
  })

  it('keeps a base URL with variables', () => {
    const api = `\${GATEWAY_URL}/v1`
    expect(factsOfRow({ provider: { api } }).sdk?.baseUrl).toBe(api)
  })
})

describe('a row of schema v2', () => {
  const row = {
    id: 'acme-1',
    name: 'Acme 1',
    type: 'chat',
    canonical_id: 'acme/acme-1',
    deprecation_date: '2027-01-31',
    release_date: '2026-01-15',
    modalities: { input: ['application/pdf', 'image/*', 'image/png', 'text/plain'], output: ['text'] },
    capabilities: {
      tools: { supported: true, strict: true },
      reasoning: { supported: true, toggle: true, effort: ['default', 'high', 'low'], budget: { min: 1024 } },
      structured_output: true,
      temperature: false,
    },
    api: {
      'chat-completions': { base_url: 'https://api.acme.example/v1', path: '/chat', sdk: { aisdk: '@ai-sdk/acme' } },
      responses: { base_url: 'https://api.acme.example/v2', path: '/responses' },
    },
    cost: { input: 1, output: 5, tiers: [{ input: 2, tier: { size: 200_000 } }] },
    experimental: {
      modes: { fast: { cost: { input: 2, output: 10 }, body: { speed: 'fast' }, headers: { beta: 'fast' } } },
    },
  }
  const bodyOf = (facts: object) => ({ acme: { id: 'acme', name: 'Acme', models: { 'acme-1': { ...row, ...facts } } } })

  it('is read with every fact', () => {
    const { models, unread } = readBody(bodyOf({}))
    expect(unread).toEqual([])
    expect(models[0]).toMatchObject({
      canonicalId: 'acme/acme-1',
      facts: {
        type: 'chat',
        retiresOn: '2027-01-31',
        modalities: { input: ['text', 'image', 'pdf'], output: ['text'] },
        capabilities: { text: true, vision: true, toolUse: true, reasoning: true, json: true, temperature: false },
        reasoning: { efforts: ['low', 'high'], toggle: true, budget: { min: 1024 } },
        sdk: { model: 'acme-1', npm: '@ai-sdk/acme', baseUrl: 'https://api.acme.example/v1', shape: 'completions' },
        pricing: {
          input: 1,
          output: 5,
          tiers: [{ above: 200_000, input: 2 }],
          modes: { fast: { input: 2, output: 10, request: { body: { speed: 'fast' }, headers: { beta: 'fast' } } } },
        },
      },
    })
  })

  it.each([
    ['reranking', 'rerank'],
    ['speech', 'speech'],
    ['realtime', 'chat'],
    ['decision', 'other'],
  ])('of type %s is %s', (type, ours) => {
    expect(readBody(bodyOf({ type })).models[0]?.facts.type).toBe(ours)
  })

  it('of type chat may have another type, because untyped rows have that type', () => {
    expect(readBody(bodyOf({ name: 'Acme Embed 1' })).models[0]?.facts.type).toBe('embedding')
  })

  it('may have an output that is not a modality', () => {
    const { models, unread } = readBody(bodyOf({ modalities: { input: ['text'], output: ['embedding'] } }))
    expect(models[0]?.facts.modalities).toEqual({ input: ['text'], output: [] })
    expect(unread).toEqual([])
  })

  it('is kept even if values in it cannot be read', () => {
    const odd = { type: 'oracle', deprecation_date: '2027-01', capabilities: { reasoning: 5 }, api: { messages: 'x' } }
    const { models, unread } = readBody(bodyOf(odd))
    expect(models).toHaveLength(1)
    expect(unread.map(({ field }) => field).sort()).toEqual(
      ['api', 'capabilities.reasoning', 'deprecation_date', 'reasoning', 'type'].sort(),
    )
  })
})

describe('unknown keys', () => {
  it('are accepted', () => {
    expect(readOne({ ...modelsDevRow(), weights: [{ url: 'x' }] }).unread).toEqual([])
  })
})
