import { reset } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { CostAnswer } from '../../../../src/core/schema/cost.ts'
import { VersionInfo } from '../../../../src/core/schema/history.ts'
import { readFieldErrors, readProblem } from '../../../support/http/problem-body.ts'
import { CORS, historyApp, readJson } from '../../../support/http/recorded-answers.ts'
import { configureObject, testApp } from '../../../support/http/registry-app.ts'
import { MODELS_DEV_URL } from '../../../support/registry/fake-source.ts'
import { type ModelsDevProviders, modelsDevCatalogue } from '../../../support/registry/recorded/models-dev-days.ts'
import type { RecordedPull } from '../../../support/rows.ts'

const app = historyApp()
const DAY_1 = '2026-03-01T02:00:00.000Z'
const DAY_2 = '2026-03-02T02:00:00.000Z'
const DAY_3 = '2026-03-03T02:00:00.000Z'
let versions: VersionInfo[]

const costing = (id: string, input: number, output = 2 * input) => ({ id, cost: { input, output } })

const GONE = [costing('gone-2025-01-01', 1), costing('gone-2025-02-02', 1), costing('small-free', 0)]

/** The prices of `gpt-6` rise on the second day; `old` is removed on the third. */
const DAYS: ModelsDevProviders[] = [
  { openai: [costing('gpt-6', 1), costing('old', 3), costing('gpt-5', 1)], zai: [costing('glm-5', 7)] },
  { openai: [costing('gpt-6', 2), costing('old', 3), costing('gpt-5', 1), ...GONE], zai: [costing('glm-5', 7)] },
  {
    openai: [costing('gpt-6', 2), { ...costing('gpt-5', 1), cost: undefined }],
    zhipuai: [costing('glm-5', 5), costing('twin', 1)],
    zai: [costing('glm-5', 7)],
    mistral: [costing('twin', 1)],
    other: [costing('hosted-llm', 9)],
  },
]

beforeAll(async () => {
  await reset()
  await configureObject({ MODELS_DEV_URL })
  for (const [index, fetchedAt] of [DAY_1, DAY_2, DAY_3].entries()) {
    const pull = { source: 'models.dev', fetchedAt, pages: [modelsDevCatalogue(DAYS[index] ?? {})] }
    await app.take(pull as unknown as RecordedPull) // of another source than the others of this shape
  }
  versions = (await readJson(await app.get('/v1/versions'), VersionInfo.array())).toReversed()
})

const Answers = z.array(CostAnswer)
const USAGE = { input_tokens: 1_000_000, output_tokens: 500_000 }
const OPENAI = { prompt_tokens: 1_000_000, completion_tokens: 500_000 }
const post = (body: unknown, query = '', headers: Record<string, string> = {}) =>
  app.send('POST', `/v1/cost${query}`, { headers, body: typeof body === 'string' ? body : JSON.stringify(body) })
const priceAll = async (items: object[], query = '') => readJson(await post(items, query), Answers)
const priceOne = async (item: object, query = '') => (await priceAll([item], query))[0]
const GPT = { provider: 'openai', model: 'gpt-6', usage: OPENAI }

describe('POST /v1/cost', () => {
  it('answers in order, each item at the price of its time', async () => {
    const items = [DAY_3, DAY_1, '2026-03-02T01:59:59.999Z'].map((at) => ({ ...GPT, at }))
    const answers = await priceAll([...items, { ...GPT, model: 'gpt-7' }])
    expect(answers.map((answer) => ('usd' in answer ? answer.usd : answer.problem.code))).toEqual([
      4,
      2,
      2,
      'not-found',
    ])
  })

  it('returns the version and period of the price, and its components', async () => {
    expect(await priceOne({ ...GPT, at: '2026-03-01T12:00:00+01:00' })).toEqual({
      usd: 2,
      at: '2026-03-01T11:00:00.000Z',
      version: versions.at(-1)?.version,
      period: { from: DAY_1, until: DAY_2, basis: 'observed' },
      lines: [
        { kind: 'input', tokens: 1_000_000, price: 1, usd: 1 },
        { kind: 'output', tokens: 500_000, price: 2, usd: 1 },
      ],
    })
  })

  it('reads usage as the API returned it, and lists the keys that are not part of the sum', async () => {
    const usage = { ...USAGE, service_tier: 'standard', request_id: 'x' }
    expect(await priceOne({ ...GPT, usage })).toMatchObject({ usd: 4, ignored: ['request_id'] })
    expect(await priceOne({ ...GPT, usage: { ...USAGE, magic_tokens: 3 } })).toMatchObject({
      problem: { code: 'unknown-tokens' },
    })
    expect(await priceOne({ ...GPT, usage: null })).toMatchObject({ problem: { code: 'unreadable-usage' } })
  })

  it('uses current prices without a time, and the end of the day for a date', async () => {
    expect(await priceOne(GPT)).toMatchObject({ usd: 4, period: { from: DAY_2 } })
    expect(await priceOne({ ...GPT, at: '2026-03-01' })).toMatchObject({ usd: 2, at: '2026-03-01T23:59:59.999Z' })
  })

  it('has no price before the first period, or in a period without prices', async () => {
    expect(await priceOne({ ...GPT, at: '2026-02-28' })).toEqual({
      problem: {
        code: 'unknown-price',
        detail: `Cannot price usage: the prices of "openai/gpt-6" at 2026-02-28T23:59:59.999Z are unknown; they are known from ${DAY_1}`,
      },
    })
    expect(await priceOne({ ...GPT, model: 'gpt-5' })).toMatchObject({ problem: { code: 'unknown-price' } })
    expect(await priceOne({ ...GPT, model: 'gpt-5', at: DAY_1 })).toMatchObject({ usd: 2 })
  })

  it('finds a removed model by its value, at the prices that it had', async () => {
    for (const item of [
      { ...GPT, model: 'old' },
      { model: 'old', usage: OPENAI },
    ]) {
      expect(await priceOne({ ...item, at: DAY_2 })).toMatchObject({ usd: 6, period: { from: DAY_1, until: DAY_3 } })
      expect(await priceOne(item)).toMatchObject({ problem: { code: 'unknown-price' } })
    }
  })

  it("finds a model by another id, and without a provider at its lab's first provider that has it", async () => {
    expect(await priceOne({ ...GPT, model: 'GPT-6-latest' })).toMatchObject({ usd: 4 })
    expect(await priceOne({ model: 'gpt-6', usage: OPENAI })).toMatchObject({ usd: 4 })
    expect(await priceOne({ model: 'glm-5', usage: OPENAI })).toMatchObject({ usd: 10 })
    expect(await priceOne({ model: 'glm-5', usage: OPENAI }, `?at=${DAY_2}`)).toMatchObject({ usd: 14 })
  })

  it('finds a model that is gone by another id too, as the route of its prices does', async () => {
    const answer = await app.get('/v1/models/openai/OLD-latest/prices')
    expect(answer.headers.get('content-location')).toBe('/v1/models/openai/old/prices')
    expect(await answer.json()).toEqual(await (await app.get('/v1/models/openai/old/prices')).json())
    for (const item of [
      { ...GPT, model: 'OLD-latest' },
      { model: 'OLD-latest', usage: OPENAI },
    ])
      expect(await priceOne({ ...item, at: DAY_2 })).toMatchObject({ usd: 6, period: { from: DAY_1, until: DAY_3 } })
    const problem = await readProblem(await app.get('/v1/models/openai/olt/prices'), 'not-found')
    expect(problem.detail).toContain('has no such model')
  })

  it('refuses an id that several models have had which are gone, as the route of prices does', async () => {
    const candidates = ['gone-2025-01-01', 'gone-2025-02-02'].map((value) => ({ provider: 'openai', value }))
    const problem = await readProblem(await app.get('/v1/models/openai/gone/prices'), 'ambiguous-model')
    expect(problem.candidates).toEqual(candidates)
    expect(await priceOne({ ...GPT, model: 'gone' })).toMatchObject({
      problem: { code: 'ambiguous-model', candidates },
    })
  })

  it('does not take a free model for free once it is gone', async () => {
    const free = { ...GPT, model: 'small-free', usage: { ...OPENAI, prompt_tokens_details: { cached_tokens: 5 } } }
    expect(await priceOne({ ...free, at: DAY_2 })).toMatchObject({ usd: 0, period: { from: DAY_2, until: DAY_3 } })
    expect(await priceOne({ ...free, at: DAY_3 })).toMatchObject({ problem: { code: 'unknown-price' } })
  })

  it('looks up an id that no lab has at the provider before its slash', async () => {
    expect(await priceOne({ model: 'openai/gpt-6', usage: OPENAI })).toMatchObject({ usd: 4 })
    expect(await priceOne({ model: 'other/hosted-llm', usage: OPENAI })).toMatchObject({ usd: 18 })
    expect(await priceOne({ model: 'openai/old', usage: OPENAI, at: DAY_1 })).toMatchObject({ usd: 6 })
    expect(await priceOne({ model: 'opneai/gpt-6', usage: OPENAI })).toMatchObject({ problem: { code: 'not-found' } })
  })

  it('names the candidates at several labs, and ids that no lab has', async () => {
    expect(await priceOne({ model: 'twin', usage: OPENAI })).toMatchObject({
      problem: {
        code: 'ambiguous-model',
        candidates: [
          { provider: 'mistral', value: 'twin' },
          { provider: 'zhipuai', value: 'twin' },
        ],
      },
    })
    const none = await priceOne({ model: 'hosted-llm', usage: OPENAI })
    expect(none).toMatchObject({ problem: { code: 'not-found' } })
    expect(await priceOne({ ...GPT, model: 'gpt-66' })).toMatchObject({
      problem: { code: 'not-found', detail: expect.stringContaining('did you mean "openai/gpt-6"') },
    })
  })

  it('prices as of a version or a moment, with what was known then', async () => {
    const [first] = versions
    expect(await priceOne({ ...GPT, at: DAY_3 }, `?version=${first?.version}`)).toMatchObject({
      usd: 2,
      version: first?.version,
      period: { from: DAY_1 },
    })
    const response = await post([GPT], `?at=${DAY_1}`)
    expect(response.headers.get('x-registry-version')).toBe(first?.version)
    expect((await post([GPT], '?at=2020-01-01')).status).toBe(404)
  })

  it('is not cached, credits its sources, and may be called from web pages', async () => {
    const response = await post([GPT], '', CORS)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('link')).toBe('</v1/attribution>; rel="license"')
    expect(response.headers.get('access-control-allow-origin')).toBe(CORS.origin)
    const preflight = await app.send('OPTIONS', '/v1/cost', {
      headers: { ...CORS, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe(CORS.origin)
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST')
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type')
    expect((await app.get('/v1/cost')).headers.get('allow')).toBe('POST, OPTIONS')
  })

  it('prices a thousand items in one request, and accepts an empty list', async () => {
    const items = Array.from({ length: 1000 }, (_, index) => ({ ...GPT, usage: { ...OPENAI, prompt_tokens: index } }))
    const answers = await priceAll(items)
    expect(answers).toHaveLength(1000)
    expect(answers[999]).toMatchObject({ usd: 2.001998 })
    expect(await priceAll([])).toEqual([])
  })
})

describe('POST /v1/cost refuses', () => {
  it.each<[string, unknown, string[]]>([
    ['what is not a list', GPT, ['body']],
    ['what is not JSON', '{', ['body']],
    ['an item without a model', [GPT, { usage: {} }], ['1.model']],
    ['an item without usage', [{ model: 'gpt-6' }], ['0.usage']],
    ['an unknown key', [{ ...GPT, modle: 'x' }], ['0']],
    ['an invalid time', [{ ...GPT, at: 'yesterday' }], ['0.at']],
    ['a time without a zone', [{ ...GPT, at: '2026-03-01T12:00:00' }], ['0.at']],
    ['more than 1,000 items', Array.from({ length: 1001 }, () => ({})), ['body']],
  ])('%s', async (_, body, fields) => {
    expect(await readFieldErrors(await post(body))).toEqual(fields)
  })

  it('more than a megabyte', async () => {
    await readProblem(await post([{ ...GPT, model: 'x'.repeat(1_000_000) }]), 'too-large')
  })

  it('more batches than a network may send, with when to retry', async () => {
    const limited = testApp({}, { COST_LIMITER: { limit: async () => ({ success: false }) } })
    const response = await limited.send('POST', '/v1/cost', { body: '[]' })
    expect(response.headers.get('retry-after')).toBe('60')
    await readProblem(response, 'rate-limited')
    const broken = testApp({}, { COST_LIMITER: { limit: () => Promise.reject(new Error('down')) } })
    expect((await broken.send('POST', '/v1/cost', { body: '[]' })).status).toBe(200)
  })

  it('requests without a token if reads are private', async () => {
    const secret = testApp({ READ_TOKEN: 'reader-0123456789' })
    await readProblem(await secret.send('POST', '/v1/cost', { body: '[]' }), 'unauthorized')
    const headers = { authorization: 'Bearer reader-0123456789' }
    expect((await secret.send('POST', '/v1/cost', { headers, body: '[]' })).status).toBe(200)
  })
})
