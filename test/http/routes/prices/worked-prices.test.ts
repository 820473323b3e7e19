/** Real prices over time: those that models.dev listed, and those that providers announced, documented by overrides. */
import { reset } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { CostAnswer } from '../../../../src/core/schema/cost.ts'
import { PricePeriod } from '../../../../src/core/schema/price-period.ts'
import { DEEPSEEK } from '../../../support/core/usage-rows/priced-models.ts'
import { OverridesApp } from '../../../support/http/overrides-app.ts'
import { historyApp, readJson } from '../../../support/http/recorded-answers.ts'
import { configureObject } from '../../../support/http/registry-app.ts'
import { MODELS_DEV_URL } from '../../../support/registry/fake-source.ts'
import { type ModelsDevProviders, modelsDevCatalogue } from '../../../support/registry/recorded/models-dev-days.ts'
import type { RecordedPull } from '../../../support/rows.ts'

const app = historyApp()
const overrides = new OverridesApp(app)
const SEEN_1 = '2026-07-01T02:00:00.000Z'
const SEEN_2 = '2026-08-25T02:00:00.000Z'

const listed = (sol: object): ModelsDevProviders => ({
  deepseek: [{ id: 'deepseek-v4-pro', cost: { input: 0.435, output: 0.87, reasoning: 0.87, cache_read: 0.003625 } }],
  openai: [{ id: 'gpt-5.6-sol', cost: sol }],
  google: [{ id: 'gemini-3.6-flash', cost: { input: 0.75, output: 3.75, cache_read: 0.075 } }],
})

/** The prices that each override documents, and their source. */
const DOCUMENTED = {
  'models/deepseek/deepseek-v4-pro': {
    prices: [
      {
        from: '2026-08-16T16:00:00Z',
        pricing: DEEPSEEK.pricing,
        source: 'https://api-docs.deepseek.com/quick_start/pricing',
        note: 'Twice as much at peak hours, by when the request completes',
      },
    ],
    replaces: { 'pricing.input': 0.435 },
  },
  'models/openai/gpt-5.6-sol': {
    prices: [
      {
        from: '2026-08-21',
        until: '2026-11-21',
        pricing: { input: 4, output: 20 },
        source: 'https://openai.com/api/pricing',
      },
      { from: '2026-11-21', pricing: { input: 5, output: 30 }, source: 'https://openai.com/api/pricing' },
    ],
  },
  'models/google/gemini-3.6-flash': {
    prices: [
      {
        from: '2026-07-01',
        until: '2027-01-01',
        pricing: { input: 0.75, output: 3.75 },
        source: 'https://ai.google.dev/pricing',
      },
      { from: '2027-01-01', pricing: { input: 1.5, output: 3.75 }, source: 'https://ai.google.dev/pricing' },
    ],
  },
}

beforeAll(async () => {
  await reset()
  await configureObject({ MODELS_DEV_URL })
  const days = { [SEEN_1]: listed({ input: 5, output: 30 }), [SEEN_2]: listed({ input: 4, output: 20 }) }
  for (const [fetchedAt, providers] of Object.entries(days))
    await app.take({
      source: 'models.dev',
      fetchedAt,
      pages: [modelsDevCatalogue(providers)],
    } as unknown as RecordedPull)
  for (const [target, body] of Object.entries(DOCUMENTED))
    expect((await overrides.put(target, { ...body, note: 'Announced' })).status).toBe(200)
})

const USAGE = { prompt_tokens: 1_000_000, completion_tokens: 100_000, total_tokens: 1_100_000 }

async function costAt(provider: string, model: string, at: string) {
  const body = JSON.stringify([{ provider, model, usage: USAGE, at }])
  const [answer] = await readJson(await app.send('POST', '/v1/cost', { body }), z.array(CostAnswer))
  return answer
}

describe('a request to DeepSeek V4 Pro', () => {
  it.each([
    ['before models.dev listed it', '2026-06-30T12:00:00Z', undefined],
    ['at the first price', '2026-08-16T15:59:59Z', 0.522],
    ['a second later', '2026-08-16T16:00:00Z', 0.858],
    ['in the first peak of Monday', '2026-08-17T01:00:00Z', 1.716],
    ['between the peaks', '2026-08-17T04:00:00Z', 0.858],
    ['in the second peak', '2026-09-30T09:59:59.999Z', 1.716],
    ['on a Saturday', '2026-08-22T02:00:00Z', 0.858],
    ['on the National Day', '2026-10-01T02:00:00Z', 0.858],
    ['on the Monday after the holidays', '2026-10-12T02:00:00Z', 1.716],
  ])('%s', async (_, at, usd) => {
    const answer = await costAt('deepseek', 'deepseek-v4-pro', at)
    if (usd === undefined) expect(answer).toMatchObject({ problem: { code: 'unknown-price' } })
    else expect(answer).toMatchObject({ usd })
  })

  it('names the window that doubles the price', async () => {
    expect(await costAt('deepseek', 'deepseek-v4-pro', '2026-08-17T01:30:00Z')).toMatchObject({
      period: { from: '2026-08-16T16:00:00.000Z', basis: 'documented' },
      lines: [
        { kind: 'input', price: 1.32, window: '01:00-04:00' },
        { kind: 'output', price: 3.96, window: '01:00-04:00' },
      ],
    })
    expect(await costAt('deepseek', 'deepseek-v4-pro', '2026-08-17')).toMatchObject({
      problem: { code: 'time-needed' },
    })
  })
})

describe('a request to GPT-5.6 Sol', () => {
  it.each([
    ['before the promotion', '2026-08-20T23:59:59.999Z', 8],
    ['from its first day on, though models.dev came days later', '2026-08-21T00:00:00Z', 6],
    ['on its last day', '2026-11-20', 6],
    ['after it', '2026-11-21', 8],
  ])('%s', async (_, at, usd) => {
    expect(await costAt('openai', 'gpt-5.6-sol', at)).toMatchObject({ usd })
  })

  it('has three periods, of which the first was observed', async () => {
    const periods = await readJson(await app.get('/v1/models/openai/gpt-5.6-sol/prices'), z.array(PricePeriod))
    expect(
      periods.map(({ from, until, basis, pricing }) => [from.slice(0, 10), until?.slice(0, 10), basis, pricing?.input]),
    ).toEqual([
      ['2026-07-01', '2026-08-21', 'observed', 5],
      ['2026-08-21', '2026-11-21', 'documented', 4],
      ['2026-11-21', undefined, 'documented', 5],
    ])
  })
})

describe('a request to Gemini 3.6 Flash', () => {
  it.each([
    ['on the last day of the price', '2026-12-31', 1.125],
    ['on the first of the next', '2027-01-01T00:00:00Z', 1.875],
  ])('%s', async (_, at, usd) => {
    expect(await costAt('google', 'gemini-3.6-flash', at)).toMatchObject({ usd })
  })
})
