import { reset } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { Disagreement, ExplainedModel } from '../../../src/core/schema/operations.ts'
import { readFieldErrors, readProblem } from '../../support/http/problem-body.ts'
import { BEARER, configureObject, testApp } from '../../support/http/registry-app.ts'
import { aaPages, aaRow, type Facts } from '../../support/rows.ts'
import { modelsDev } from '../../support/sources/models-dev-catalogue.ts'

const SECOND_URL = 'https://models.example/api.json'
const OPENAI = { id: 'e67e56e3-15cd-43db-b679-da4660a69f41', name: 'OpenAI' }
const GPT_X = {
  id: 'gpt-x',
  limit: { context: 400_000, output: 64_000 },
  cost: { input: 2, output: 5, cache_read: 0.1 },
}
const PATH = '/v1/models/openai/gpt-x'

let app = testApp()

/** Fills a registry with one model that both sources state. */
async function fill(facts: Facts = {}): Promise<void> {
  const pages = aaPages([aaRow({ slug: 'gpt-x', model_creator: OPENAI, ...facts })])
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) =>
    Response.json(String(input) === SECOND_URL ? modelsDev({ openai: [GPT_X] }) : pages[0]),
  )
  const refreshed = await app.send('POST', '/v1/admin/refresh', { headers: BEARER })
  expect(refreshed.status).toBe(200)
}

const put = (path: string, body: object) =>
  app.send('PUT', `/v1/admin/overrides${path}`, { headers: BEARER, body: JSON.stringify({ note: 'n', ...body }) })

async function explained(path = PATH) {
  const response = await app.get(`${path}?provenance=true`)
  expect(response.status, await response.clone().text()).toBe(200)
  return ExplainedModel.strict().parse(await response.json())
}

beforeEach(async () => {
  await reset()
  await configureObject({ AA_API_KEY: 'key', MODELS_DEV_URL: SECOND_URL })
  app = testApp()
})
afterEach(() => vi.restoreAllMocks())

describe('GET /v1/models/:provider/:value?provenance=true', () => {
  it('adds the source of each fact to the model, and is not cached', async () => {
    await fill()
    const response = await app.get(`${PATH}?provenance=true`)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('etag')).toBeNull()
    const { provenance, ...model } = ExplainedModel.strict().parse(await response.json())
    expect(model).toEqual(await (await app.get(PATH)).json())
    expect(provenance).toMatchObject({
      'pricing.input': { source: 'models.dev', was: 1 },
      'pricing.cacheRead': { source: 'models.dev' },
      'pricing.blended': { source: 'derived' },
    })
  })

  it('shows an override immediately', async () => {
    await fill()
    await explained()
    await put('/models/openai/gpt-x', { set: { pricing: { input: 3 } } })
    expect((await explained()).provenance?.['pricing.input']).toMatchObject({ source: 'override', was: 2 })
    await app.send('DELETE', '/v1/admin/overrides/models/openai/gpt-x', { headers: BEARER })
    expect((await explained()).provenance?.['pricing.input']).toMatchObject({ source: 'models.dev' })
  })

  it('is not part of the version', async () => {
    await fill()
    const before = await (await app.get(PATH)).text()
    await explained()
    expect(await (await app.get(PATH)).text()).toBe(before)
    expect(await (await app.get(`${PATH}?provenance=false`)).text()).toBe(before)
  })

  it.each([
    ['version', 'version=v1.0123456789ab'],
    ['at', 'at=2026-01-01'],
  ])('refuses %s together with it', async (field, query) => {
    await fill()
    const response = await app.get(`${PATH}?provenance=true&${query}`)
    expect(response.status).toBe(400)
    expect(await readFieldErrors(response)).toEqual([field])
  })

  it.each(['1', 'yes', ''])('refuses provenance=%s', async (text) => {
    expect((await app.get(`${PATH}?provenance=${text}`)).status).toBe(400)
  })

  it('is 404 for a model that does not exist or is hidden', async () => {
    await fill()
    expect((await app.get('/v1/models/openai/none?provenance=true')).status).toBe(404)
    await put('/models/openai/gpt-x', { hidden: true })
    expect((await app.get(`${PATH}?provenance=true`)).status).toBe(404)
  })

  it('is 503 in an empty registry', async () => {
    const response = await app.get(`${PATH}?provenance=true`)
    expect(response.status).toBe(503)
    await readProblem(response, 'empty-registry')
  })

  it('is refused while a rollback shows other facts than the latest', async () => {
    await fill()
    const { version } = z.object({ version: z.string() }).parse(await (await app.get('/v1/version')).json())
    await put('/models/openai/gpt-x', { set: { iq: 5 } })
    await app.send('POST', '/v1/admin/rollback', { headers: BEARER, body: JSON.stringify({ version, reason: 'r' }) })
    const response = await app.get(`${PATH}?provenance=true`)
    expect(response.status).toBe(409)
    expect((await app.get('/v1/admin/disagreements', BEARER)).status).toBe(200)
    expect((await readProblem(response, 'conflict')).detail).toMatch(/rollback/)
  })
})

describe('GET /v1/admin/disagreements', () => {
  it('lists where the sources differ', async () => {
    await fill()
    const response = await app.get('/v1/admin/disagreements', BEARER)
    expect(response.status).toBe(200)
    expect(z.array(Disagreement.strict()).parse(await response.json())).toEqual([
      {
        ...{ provider: 'openai', value: 'gpt-x', path: 'pricing.input' },
        kept: { source: 'models.dev', fact: 2 },
        dropped: { source: 'artificial-analysis', fact: 1 },
      },
    ])
  })

  it('is for administrators, and empty with a single source', async () => {
    expect((await app.get('/v1/admin/disagreements')).status).toBe(401)
    await fill({ model_creator: null })
    expect(await (await app.get('/v1/admin/disagreements', BEARER)).json()).toEqual([])
  })
})
