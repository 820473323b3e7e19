/** Finds models by any of their ids: those that an API accepts, and those that it returns. */
import { reset } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { Model, Offers } from '../../../../src/core/schema/model.ts'
import { readProblem } from '../../../support/http/problem-body.ts'
import { expectRevalidates, readJson } from '../../../support/http/recorded-answers.ts'
import { BEARER, configureObject, type TestApp, testApp } from '../../../support/http/registry-app.ts'
import { aaRow, recordedPull } from '../../../support/rows.ts'
import { modelsDev } from '../../../support/sources/models-dev-catalogue.ts'

const OPENAI = { id: 'e67e56e3-15cd-43db-b679-da4660a69f41', name: 'OpenAI' }
const priced = (id: string, input: number) => ({ id, cost: { input, output: input } })
const LISTED = {
  anthropic: [{ id: 'claude-haiku-4-5-20251001' }, { id: 'claude-sonnet-4-5-20250929' }, { id: 'claude-sonnet-4-5' }],
  azure: [priced('gpt-5.1', 0.5), priced('gpt-5.1-2025-11-13', 2)],
  google: [{ id: 'gemini-2.5-pro' }],
  groq: [{ id: 'a/history' }, { id: 'a' }, { id: 'a/offers' }],
  openai: [priced('gpt-5.1', 1), { id: 'gpt-5' }, { id: 'gpt-4o-2024-05-13' }, { id: 'gpt-4o-2024-11-20' }],
  xai: [{ id: 'grok-4.20-0309-reasoning' }],
}

let app: TestApp = testApp()
let first = ''

async function sendModelsDev(catalogue: object, day: number): Promise<string> {
  const pull = { source: 'models.dev', fetchedAt: `2025-03-0${day}T02:00:00.000Z`, pages: [catalogue] }
  const response = await app.send('POST', '/v1/admin/pulls?force=true', { headers: BEARER, body: JSON.stringify(pull) })
  expect(response.status, await response.clone().text()).toBe(200)
  return (await app.get('/v1/version')).headers.get('x-registry-version') ?? ''
}

beforeAll(async () => {
  await reset()
  await configureObject({ MODELS_DEV_URL: 'https://models.example/api.json' })
  app = testApp()
  first = await sendModelsDev(modelsDev({ openai: [{ id: 'gpt-5' }, { id: 'gone-model' }] }), 1)
  await sendModelsDev(modelsDev(LISTED), 2)
  const measured = [
    aaRow({ slug: 'gpt-5-1', name: 'GPT-5.1 (high)', model_creator: OPENAI }),
    aaRow({ slug: 'gpt-5-1-low', name: 'GPT-5.1 (low)', model_creator: OPENAI, evaluations: null }),
  ]
  await app.take(recordedPull(measured, { fetchedAt: '2025-03-03T02:00:00.000Z' }))
})

describe('GET /v1/models/:provider/:value', () => {
  it.each([
    'anthropic/claude-sonnet-4-5-20250929',
    'openai/gpt-5.1',
    'google/gemini-2.5-pro',
    'xai/grok-4.20-0309-reasoning',
  ])('finds %s by its value, and names no other URL', async (path) => {
    const response = await app.get(`/v1/models/${path}`)
    expect(response.headers.get('content-location')).toBeNull()
    expect(await readJson(response, Model)).toMatchObject({ value: path.slice(path.indexOf('/') + 1) })
  })

  it.each([
    ['anthropic/claude-haiku-4-5', 'anthropic/claude-haiku-4-5-20251001'],
    ['anthropic/claude-haiku-4.5-latest', 'anthropic/claude-haiku-4-5-20251001'],
    ['anthropic/claude-sonnet-4-5@20250929', 'anthropic/claude-sonnet-4-5-20250929'],
    ['openai/gpt-5-2025-08-07', 'openai/gpt-5'],
    ['openai/gpt-5-1', 'openai/gpt-5-1-high'],
    ['openai/GPT-5.1', 'openai/gpt-5.1'],
  ])('finds %s as %s, and returns its canonical URL', async (path, canonical) => {
    const response = await app.get(`/v1/models/${path}`)
    expect(response.headers.get('content-location')).toBe(`/v1/models/${canonical}`)
    expect(await response.text()).toBe(await (await app.get(`/v1/models/${canonical}`)).text())
    await expectRevalidates(app, `/v1/models/${path}`)
  })

  it('keeps the version in the canonical URL', async () => {
    const response = await app.get(`/v1/models/openai/GPT-5?version=${first}`)
    expect(response.headers.get('content-location')).toBe(`/v1/models/openai/gpt-5?version=${first}`)
    expect(response.headers.get('cache-control')).toContain('immutable')
    expect(response.headers.get('x-registry-version')).toBe(first)
  })

  it('returns the provenance of the model that is found', async () => {
    const response = await app.get('/v1/models/openai/GPT-5?provenance=true')
    expect(response.headers.get('content-location')).toBe('/v1/models/openai/gpt-5?provenance=true')
    expect(await response.json()).toMatchObject({ value: 'gpt-5', provenance: { name: { source: 'models.dev' } } })
  })

  it('answers 409 with the models that an id can mean', async () => {
    for (const suffix of ['', '?provenance=true', '/history', '/offers']) {
      const problem = await readProblem(await app.get(`/v1/models/openai/gpt-4o${suffix}`), 'ambiguous-model')
      expect(problem.candidates).toEqual([
        { provider: 'openai', value: 'gpt-4o-2024-05-13' },
        { provider: 'openai', value: 'gpt-4o-2024-11-20' },
      ])
    }
  })

  it.each([
    ['openai/gpt-5.11', 'did you mean "openai/gpt-5.1"?'],
    ['OpenAI/gpt-5.1', 'has no provider "OpenAI"; did you mean "openai"?'],
    ['opneai/gpt-5.1', 'did you mean "openai"?'],
    ['openai/nothing-like-it', 'has no such model'],
    ['openai/gone-model', 'was the last version that had it'],
  ])('answers 404 to %s: %s', async (path, detail) => {
    for (const suffix of ['', '?provenance=true', '/offers'])
      expect((await readProblem(await app.get(`/v1/models/${path}${suffix}`), 'not-found')).detail).toContain(detail)
  })

  it('still names the last version of a removed model', async () => {
    expect(await readProblem(await app.get('/v1/models/openai/gone-model'), 'not-found')).toMatchObject({
      lastVersion: first,
    })
  })
})

describe('GET /v1/models/:provider/:value/history', () => {
  it('is that of the model that the id means, with its canonical URL', async () => {
    const response = await app.get('/v1/models/anthropic/claude-haiku-4-5/history?limit=5')
    const canonical = '/v1/models/anthropic/claude-haiku-4-5-20251001/history?limit=5'
    expect(response.headers.get('content-location')).toBe(canonical)
    expect(await response.text()).toBe(await (await app.get(canonical)).text())
  })

  it('of a removed value is its own history', async () => {
    const response = await app.get('/v1/models/openai/gone-model/history')
    expect(response.headers.get('content-location')).toBeNull()
    expect(await response.json()).toMatchObject({ value: 'gone-model' })
  })
})

describe('GET /v1/models/:provider/:value/offers', () => {
  const namesOf = ({ offers }: Offers) => offers.map(({ provider, value }) => `${provider}/${value}`)

  it('returns the family at every provider, cheapest first', async () => {
    const response = await app.get('/v1/models/openai/gpt-5.1/offers')
    const { family } = await readJson(await app.get('/v1/models/openai/gpt-5.1'), Model)
    const offers = await readJson(response, Offers)
    expect(offers.family).toBe(family)
    expect(namesOf(offers)).toEqual([
      ...['azure/gpt-5.1', 'openai/gpt-5.1', 'azure/gpt-5.1-2025-11-13', 'openai/gpt-5-1-high', 'openai/gpt-5-1-low'],
    ])
    await expectRevalidates(app, '/v1/models/openai/gpt-5.1/offers')
  })

  it('are found by any id, for any version', async () => {
    const response = await app.get(`/v1/models/openai/GPT-5/offers?version=${first}`)
    expect(response.headers.get('content-location')).toBe(`/v1/models/openai/gpt-5/offers?version=${first}`)
    expect(namesOf(await readJson(response, Offers))).toEqual(['openai/gpt-5'])
  })

  it('are distinguished from a value with the same ending by its encoding', async () => {
    expect(await (await app.get('/v1/models/groq/a%2Foffers')).json()).toMatchObject({ value: 'a/offers' })
    expect(namesOf(await readJson(await app.get('/v1/models/groq/a/offers'), Offers))).toEqual(['groq/a'])
    expect(namesOf(await readJson(await app.get('/v1/models/groq/a%2Foffers/offers'), Offers))).toEqual([
      'groq/a/offers',
    ])
    expect(await (await app.get('/v1/models/groq/a%2Fhistory')).json()).toMatchObject({ value: 'a/history' })
  })
})

describe('a search for an id', () => {
  it.each([
    ['gpt-5.1', ['azure/gpt-5.1', 'openai/gpt-5.1']],
    ['gpt-5.1-2025-11-13', ['azure/gpt-5.1-2025-11-13', 'openai/gpt-5.1']],
    ['gpt-4o', ['openai/gpt-4o-2024-05-13', 'openai/gpt-4o-2024-11-20']],
    ['gpt-9', []],
  ])('?model=%s returns the models that it means at every provider', async (id, names) => {
    const models = await readJson(await app.get(`/v1/models?model=${id}`), Model.array())
    expect(models.map(({ provider, value }) => `${provider}/${value}`)).toEqual(names)
  })
})
