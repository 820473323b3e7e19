import { describe, expect, it } from 'vitest'
import { readModelsDev, trimModelsDev } from '../../../src/sources/models-dev/read-catalogue.ts'
import type { Facts } from '../../support/rows.ts'
import { modelsDevApi, modelsDevModel, modelsDevStatement } from '../../support/sources/models-dev-builders.ts'

const many = (count: number, facts: (index: number) => Facts = () => ({})): Facts[] =>
  Array.from({ length: count }, (_, index) => modelsDevModel({ id: `acme-${index}`, ...facts(index) }))

function statementsOf(json: unknown) {
  const result = readModelsDev(json)
  if (!result.ok) throw new Error(result.failure.detail)
  return result.value.statements
}

const detailOf = (json: unknown): string | undefined => {
  const result = readModelsDev(json)
  return result.ok ? undefined : result.failure.detail
}

describe('readModelsDev()', () => {
  it("puts a model's facts in the registry's words", () => {
    const row = modelsDevStatement({
      knowledge: '2025-08',
      open_weights: true,
      structured_output: true,
      status: 'beta',
      modalities: { input: ['text', 'image', 'pdf', 'smell'], output: ['text'] },
      cost: { input: 1, output: 5, cache_read: 0.1, cache_write: 1.25, tiers: [] },
    })
    expect(row).toEqual({
      source: 'models.dev',
      id: 'models.dev:openai/acme-1',
      value: 'acme-1',
      name: 'Acme 1',
      creator: { id: 'openai', name: 'OpenAI' },
      provider: 'openai',
      firstParty: true,
      facts: {
        releaseDate: '2026-01-15',
        knowledgeCutoff: '2025-08',
        openWeights: true,
        status: 'preview',
        sdk: { model: 'acme-1', npm: '@ai-sdk/openai' },
        modalities: {
          input: { text: true, image: true, audio: false, video: false, pdf: true },
          output: { text: true, image: false, audio: false, video: false, pdf: false },
        },
        capabilities: { text: true, vision: true, audio: false, reasoning: true, toolUse: true, json: true },
        pricing: { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 },
        metrics: { contextWindow: 200_000, maxOutput: 64_000 },
      },
    })
  })

  it('takes what a model does not say, or says as null, for unknown', () => {
    const silent = {
      release_date: undefined,
      reasoning: null,
      tool_call: undefined,
      open_weights: null,
      modalities: undefined,
      limit: null,
      cost: undefined,
    }
    const { id, value, name, creator, facts: stated } = modelsDevStatement(silent)
    const { sdk, ...facts } = stated
    expect([id, value, name, creator?.id, sdk?.model]).not.toContain(undefined)
    expect(JSON.parse(JSON.stringify(facts))).toEqual({ modalities: {}, capabilities: {}, pricing: {}, metrics: {} })
  })

  it.each([
    ['2026-01', undefined],
    ['2026-02-30', undefined],
    ['soon', undefined],
    ['2026-02-28', '2026-02-28'],
  ])('reads the release date "%s" as %s', (release_date, expected) => {
    expect(modelsDevStatement({ release_date }).facts.releaseDate).toBe(expected)
  })

  it.each([
    ['2025', '2025'],
    ['2025-08', '2025-08'],
    ['2025-08-31', '2025-08-31'],
    ['August 2025', undefined],
    ['', undefined],
  ])('reads the knowledge cutoff "%s" as %s', (knowledge, expected) => {
    expect(modelsDevStatement({ knowledge }).facts.knowledgeCutoff).toBe(expected)
  })

  it.each([
    ['deprecated', 'deprecated'],
    ['alpha', 'preview'],
    ['beta', 'preview'],
    ['great', undefined],
    [undefined, undefined],
  ])('reads the status %s as %s', (status, expected) => {
    expect(modelsDevStatement({ status }).facts.status).toBe(expected)
  })

  it('takes a limit of 0 for unknown and a price of 0 for free', () => {
    const { facts } = modelsDevStatement({ limit: { context: 0, output: 0 }, cost: { input: 0, output: 0 } })
    expect(facts.metrics).toEqual({})
    expect(facts.pricing).toMatchObject({ input: 0, output: 0 })
  })

  it('calls sound that goes in or comes out audio, and an empty list silence', () => {
    const audioOf = (input: string[], output: string[]) =>
      modelsDevStatement({ modalities: { input, output } }).facts.capabilities?.audio
    expect(audioOf(['audio'], ['text'])).toBe(true)
    expect(audioOf(['text'], ['audio'])).toBe(true)
    expect(audioOf(['text'], ['text'])).toBe(false)
    expect(audioOf(['text'], [])).toBeUndefined()
  })

  it("prefers a model's own package to that of its API", () => {
    expect(modelsDevStatement({ provider: { npm: '@ai-sdk/anthropic' } }).facts.sdk?.npm).toBe('@ai-sdk/anthropic')
    expect(modelsDevStatement({}, { npm: undefined }).facts.sdk).toEqual({ model: 'acme-1', npm: undefined })
  })

  it("orders statements by the data file, the provider's own API first, and takes of a host only the provider's models", () => {
    const host = modelsDevApi([modelsDevModel({ id: 'openai/acme-1' }), modelsDevModel({ id: 'qwen/acme-2' })], {
      name: 'OpenRouter',
    })
    const statements = statementsOf({ openrouter: host, openai: modelsDevApi(), unheard: modelsDevApi() })
    expect(statements.map(({ provider, firstParty, id }) => [provider, firstParty, id])).toEqual([
      ['alibaba', false, 'models.dev:openrouter/qwen/acme-2'],
      ['openai', true, 'models.dev:openai/acme-1'],
      ['openai', false, 'models.dev:openrouter/openai/acme-1'],
    ])
  })

  it('credits models.dev', () => {
    const result = readModelsDev({ openai: modelsDevApi() })
    expect(result).toMatchObject({
      ok: true,
      value: { attribution: [{ name: 'models.dev', url: 'https://models.dev/' }] },
    })
  })

  it.each([
    ['a name that is no text', { name: 7 }],
    ['no name', { name: ' ' }],
    ['a name of more than 300 characters', { name: 'x'.repeat(301) }],
    ['a control character in its name', { name: 'Acme\u0007' }],
    ['half a surrogate pair in its name', { name: 'Acme \ud83d' }],
    ['a dot segment for its id', { id: '..' }],
    ['a price below zero', { cost: { input: -1 } }],
    ['a price beyond all', { cost: { input: 1e13 } }],
    ['a limit that is not whole', { limit: { context: 0.5 } }],
    ['modalities that are no list', { modalities: { input: 'text' } }],
  ])('leaves out a model with %s and keeps the rest', (_, facts) => {
    const statements = statementsOf({ openai: modelsDevApi(many(20, (index) => (index === 7 ? facts : {}))) })
    expect(statements).toHaveLength(19)
  })

  it('leaves out a model that is listed as another', () => {
    const models = Object.fromEntries(many(20).map((model, index) => [index === 7 ? 'other' : String(model.id), model]))
    expect(statementsOf({ openai: modelsDevApi([], { models }) })).toHaveLength(19)
  })

  it('is invalid when more than a tenth of the models is unreadable', () => {
    const broken = (count: number) => modelsDevApi(many(20, (index) => (index < count ? { name: 1 } : {})))
    expect(detailOf({ openai: broken(2) })).toBeUndefined()
    expect(detailOf({ openai: broken(3) })).toBe('Cannot read models.dev: 3 of 20 models are unreadable')
  })

  it('does not count what it does not read', () => {
    const others = modelsDevApi(many(20, () => ({ name: 1 })))
    expect(detailOf({ openai: modelsDevApi(), unheard: others, perplexity: modelsDevApi() })).toBeUndefined()
  })

  it.each([
    ['a list', [], 'it is not an object of APIs'],
    ['text', 'x', 'it is not an object of APIs'],
    ['nothing', null, 'it is not an object of APIs'],
    ['an object of nothing', {}, 'it holds no model of a known provider'],
    ['only unknown APIs', { unheard: modelsDevApi() }, 'it holds no model of a known provider'],
    ['an API without models', { openai: { name: 'OpenAI' } }, '1 of 1 APIs are unreadable'],
  ])('is invalid for %s', (_, json, detail) => {
    expect(detailOf(json)).toBe(`Cannot read models.dev: ${detail}`)
  })
})

describe('trimModelsDev()', () => {
  const json = {
    openai: modelsDevApi(undefined, { future: { key: 1 } }),
    openrouter: modelsDevApi([modelsDevModel({ id: 'openai/acme-1', extra: [1] }), modelsDevModel({ id: 'acme/one' })]),
    unheard: modelsDevApi(),
  }

  it('keeps what is read, with the keys the registry does not know', () => {
    expect(trimModelsDev(json)).toEqual({
      openai: json.openai,
      openrouter: modelsDevApi([modelsDevModel({ id: 'openai/acme-1', extra: [1] })]),
    })
  })

  it('changes nothing about what is read', () => {
    for (const whole of [json, {}, [], null, { openai: 7 }, { openai: { models: [] } }])
      expect(readModelsDev(trimModelsDev(whole))).toEqual(readModelsDev(whole))
  })
})
