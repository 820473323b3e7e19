import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { CostAnswer } from '../../../../src/core/schema/cost.ts'
import { PricePeriod } from '../../../../src/core/schema/price-period.ts'
import { madeOf } from '../../../support/edge/fake-tiers.ts'
import { readJson } from '../../../support/http/recorded-answers.ts'
import { testApp } from '../../../support/http/registry-app.ts'
import { model, provider } from '../../../support/rows.ts'

const MADE_AT = '2026-10-01T02:00:00.000Z'
const MODELS = [
  model({ value: 'acme-one', lab: 'acme', firstParty: true, pricing: { input: 1, output: 2 } }),
  model({ value: 'acme-two', pricing: { input: 3, output: 4 } }),
]
const { text, pointer } = madeOf({ providers: [provider()], models: MODELS }, 0, MADE_AT)
const manifest = new TextEncoder().encode(text).buffer
const app = testApp(
  {},
  {
    REGISTRY: {
      get: async (key: string) => (key === 'manifest' ? manifest : null),
      getWithMetadata: async () => ({ value: null, metadata: null }),
    },
  },
)
const USAGE = { input_tokens: 1_000_000, output_tokens: 0 }
const priceAll = async (items: object[]) =>
  readJson(await app.send('POST', '/v1/cost', { body: JSON.stringify(items) }), z.array(CostAnswer))

describe('prices of a manifest put into KV by hand', () => {
  it('are the prices that it states', async () => {
    expect(await priceAll([{ provider: 'acme', model: 'acme-two', usage: USAGE }])).toMatchObject([
      { usd: 3, version: pointer.version, period: { from: MADE_AT, basis: 'observed' } },
    ])
    expect(await priceAll(['acme-one', 'acme/acme-two'].map((id) => ({ model: id, usage: USAGE })))).toMatchObject([
      { usd: 1 },
      { usd: 3 },
    ])
  })

  it('are unknown before it was created, and for models that it does not have', async () => {
    const answers = await priceAll([
      { model: 'acme-one', usage: USAGE, at: '2026-09-30' },
      { model: 'acme-tow', usage: USAGE },
      { provider: 'acme', model: 'acme-tow', usage: USAGE },
    ])
    expect(answers).toMatchObject([
      { problem: { code: 'unknown-price' } },
      { problem: { code: 'not-found' } },
      { problem: { code: 'not-found', detail: expect.stringContaining('did you mean "acme/acme-two"') } },
    ])
  })

  it('have one period', async () => {
    const periods = await readJson(await app.get('/v1/models/acme/ACME-one/prices'), PricePeriod.array())
    expect(periods).toEqual([{ from: MADE_AT, pricing: { input: 1, output: 2 }, basis: 'observed' }])
    expect((await app.get('/v1/models/acme/nowhere/prices')).status).toBe(404)
  })
})
