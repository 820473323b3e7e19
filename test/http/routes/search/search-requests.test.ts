import { beforeAll, describe, expect, it } from 'vitest'
import { readFieldErrors, readProblem } from '../../../support/http/problem-body.ts'
import { BEARER, testApp } from '../../../support/http/registry-app.ts'
import { aaProRow, recordedPull } from '../../../support/rows.ts'

const app = testApp()
const globex = { id: 'creator-of-globex', name: 'Globex' }
const initech = { id: 'creator-of-initech', name: 'Initech' }
const seeing = { input: { text: true, image: true, speech: false } }
const index = (value: number) => ({ artificial_analysis_intelligence_index: value })
const price = (input: number, output: number) => ({ price_1m_input_tokens: input, price_1m_output_tokens: output })

const ROWS = [
  aaProRow({ slug: 'alpha', name: 'Alpha (Reasoning)', reasoning_model: true, evaluations: index(70) }),
  aaProRow({ slug: 'beta', name: 'beta', modalities: seeing, evaluations: index(50), pricing: price(0.25, 1.5) }),
  aaProRow({ slug: 'gamma', modalities: seeing, reasoning_model: true, model_creator: globex, pricing: price(10, 30) }),
  aaProRow({ slug: 'delta', context_window_tokens: 1_000_000, model_creator: initech, evaluations: index(10) }),
  { id: 'bare-id', slug: 'bare', name: 'Bare & simple', model_creator: initech },
]

beforeAll(async () => {
  await app.take(recordedPull(ROWS, { tier: 'pro', fetchedAt: '2025-03-01T02:00:00.000Z' }))
})

async function search(query: string, path = '/v1/models'): Promise<{ values: string[]; total: string | null }> {
  const response = await app.get(`${path}?${query}`)
  const text = await response.text()
  expect(response.status, text).toBe(200)
  const models: { value: string }[] = JSON.parse(text)
  return { values: models.map(({ value }) => value), total: response.headers.get('x-total-count') }
}

describe('a search', () => {
  it.each<[query: string, values: string[]]>([
    ['', ['alpha', 'beta', 'gamma', 'bare', 'delta']],
    ['name=BETA', ['beta']],
    ['name=(reasoning', ['alpha']],
    ['name=a+%28r', ['alpha']],
    ['name=Bare%20%26%20simple', ['bare']],
    ['name=%20', ['alpha', 'bare']],
    ['provider=globex', ['gamma']],
    ['provider=initech&provider=globex', ['gamma', 'bare', 'delta']],
    ['provider=globex&provider=globex', ['gamma']],
    ['q=ALPHA', ['alpha']],
    ['q=globex+gamma', ['gamma']],
    ['q=acme/alpha', ['alpha']],
    ['q=%20simple%20Bare%20', ['bare']],
    ['q=alpha+beta', []],
    ['model=ALPHA', ['alpha']],
    ['model=alpha-latest', ['alpha']],
    ['model=alph', []],
    ['lab=globex', ['gamma']],
    ['lab=initech&lab=globex&provider=initech', ['bare', 'delta']],
    ['family=acme/alpha&family=initech/delta', ['alpha', 'delta']],
    ['family=nowhere/nothing', []],
    ['type=chat', ['alpha', 'beta', 'gamma', 'bare', 'delta']],
    ['type=embedding&type=rerank', []],
    ['firstParty=true', ['alpha', 'beta', 'gamma', 'bare', 'delta']],
    ['firstParty=false', []],
    ['sort=-contextWindow&minContextWindow=128001', ['delta']],
    ['status=active', ['alpha', 'beta', 'gamma', 'bare', 'delta']],
    ['status=preview&status=deprecated', []],
    ['status=preview&status=active&provider=acme', ['alpha', 'beta']],
    ['capability=vision', ['beta', 'gamma']],
    ['capability=vision&capability=reasoning', ['gamma']],
    ['capability=toolUse', []],
    ['minIq=5', ['alpha']],
    ['minIq=3', ['alpha', 'beta']],
    ['minIq=0', ['alpha', 'beta', 'gamma', 'delta']],
    ['minSpeed=2', ['alpha', 'beta', 'gamma', 'delta']],
    ['minSpeed=3', []],
    ['minContextWindow=128001', ['delta']],
    ['maxInputPrice=0.25', ['beta']],
    ['maxInputPrice=0.249', []],
    ['maxOutputPrice=5', ['alpha', 'beta', 'delta']],
    ['releaseDateFrom=2026-01-15&releaseDateTo=2026-01-15', ['alpha', 'beta', 'gamma', 'delta']],
    ['releaseDateFrom=2026-01-16', []],
    ['releaseDateTo=2026-01-14', []],
    ['releaseDateFrom=2026-01-16&releaseDateTo=2026-01-14', []],
    ['sort=iq', ['delta', 'gamma', 'beta', 'alpha', 'bare']],
    ['sort=-iq', ['alpha', 'beta', 'gamma', 'delta', 'bare']],
    ['sort=price', ['beta', 'alpha', 'delta', 'gamma', 'bare']],
    ['sort=-price', ['gamma', 'alpha', 'delta', 'beta', 'bare']],
    ['sort=-name', ['gamma', 'delta', 'beta', 'bare', 'alpha']],
    ['sort=-iq&capability=reasoning&maxInputPrice=10&minIq=1', ['alpha', 'gamma']],
  ])('for "%s" returns %j on both routes', async (query, values) => {
    const found = { values, total: String(values.length) }
    expect(await search(query)).toEqual(found)
    expect(await search(query, '/v1/models/search')).toEqual(found)
  })

  it.each<[query: string, values: string[]]>([
    ['limit=2', ['alpha', 'beta']],
    ['limit=2&offset=2', ['gamma', 'bare']],
    ['limit=2&offset=4', ['delta']],
    ['limit=1000', ['alpha', 'beta', 'gamma', 'bare', 'delta']],
    ['offset=0', ['alpha', 'beta', 'gamma', 'bare', 'delta']],
    ['offset=4', ['delta']],
    ['offset=5', []],
    ['offset=1000000', []],
    ['sort=-iq&limit=1', ['alpha']],
  ])('pages by "%s" and counts all matches', async (query, values) => {
    expect(await search(query)).toEqual({ values, total: '5' })
  })

  it('counts the matches, not all models', async () => {
    expect(await search('provider=initech&limit=1')).toEqual({ values: ['bare'], total: '2' })
  })

  it('returns the same count again, in another isolate, and for HEAD', async () => {
    const again = await testApp().get('/v1/models?provider=initech&limit=1')
    expect(again.headers.get('x-total-count')).toBe('2')
    const head = await app.send('HEAD', '/v1/models?provider=initech&limit=1')
    expect(head.headers.get('x-total-count')).toBe('2')
  })
})

describe('a search parameter', () => {
  it.each<[query: string, field: string, nearest: string]>([
    ['provider=OpenAI', 'provider', ''],
    ['provider=Acme', 'provider', 'acme'],
    ['provider=acme&provider=intiech', 'provider', 'initech'],
    ['lab=glob3x', 'lab', 'globex'],
    ['lab=nowhere', 'lab', ''],
    ['capabilty=vision', 'capabilty', 'capability'],
    ['capability=visoin', 'capability', 'vision'],
    ['status=active&status=preveiw', 'status', 'preview'],
    ['type=embeding', 'type', 'embedding'],
    ['sort=-prize', 'sort', '-price'],
    ['minIQ=3', 'minIQ', 'minIq'],
  ])('%s is refused, and the nearest is named', async (query, field, nearest) => {
    const { errors = [] } = await readProblem(await app.get(`/v1/models?${query}`), 'invalid-request')
    expect(errors.map((error) => error.field)).toEqual([field])
    expect(/did you mean "(.*?)"\?/.exec(errors[0]?.message ?? '')?.[1] ?? '').toBe(nearest)
  })

  it('is validated against the requested version', async () => {
    expect(await readFieldErrors(await app.get('/v1/models?at=2025-03-01&provider=nowhere'))).toEqual(['provider'])
  })

  it.each<[field: string, value: string]>([
    ['status', 'Active'],
    ['status', 'gone'],
    ['capability', 'flying'],
    ['capability', 'tooluse'],
    ['minIq', '6'],
    ['minIq', '-1'],
    ['minIq', '2.5'],
    ['minIq', 'high'],
    ['minIq', '%203'],
    ['minIq', '0x3'],
    ['minIq', '1e0'],
    ['minIq', 'NaN'],
    ['minSpeed', '6'],
    ['minSpeed', '%2B3'],
    ['minContextWindow', '-1'],
    ['minContextWindow', '128k'],
    ['minContextWindow', '0.5'],
    ['maxInputPrice', '-0.1'],
    ['maxInputPrice', 'Infinity'],
    ['maxInputPrice', '1,5'],
    ['maxOutputPrice', '$5'],
    ['releaseDateFrom', '2026'],
    ['releaseDateFrom', '2026-02-30'],
    ['releaseDateFrom', '2026-1-1'],
    ['releaseDateTo', '2026-01-01T00:00:00Z'],
    ['releaseDateTo', 'today'],
    ['sort', 'value'],
    ['sort', '--iq'],
    ['sort', '%2Biq'],
    ['sort', 'IQ'],
    ['sort', 'iq,price'],
    ['type', 'Chat'],
    ['type', 'text'],
    ['q', '%20'],
    ['firstParty', '1'],
    ['firstParty', 'TRUE'],
    ['openWeights', '1'],
    ['openWeights', 'yes'],
    ['openWeights', 'TRUE'],
    ['collapse', 'provider'],
    ['collapse', 'Family'],
    ['collapse', 'true'],
    ['collapse', 'family,effort'],
    ['limit', '0'],
    ['limit', '1001'],
    ['limit', '-1'],
    ['limit', '1.5'],
    ['limit', 'all'],
    ['offset', '-1'],
    ['offset', '0.5'],
    ['offset', '99999999999999999999'],
  ])('%s=%s is refused by name, on both routes', async (field, value) => {
    for (const path of ['/v1/models', '/v1/models/search'])
      expect(await readFieldErrors(await app.get(`${path}?${field}=${value}`))).toEqual([field])
  })

  it.each([
    'q',
    'name',
    'model',
    'minIq',
    'minSpeed',
    'minContextWindow',
    'maxInputPrice',
    'maxOutputPrice',
    'limit',
    'offset',
    'version',
  ])('%s given twice is refused', async (field) => {
    expect(await readFieldErrors(await app.get(`/v1/models?${field}=1&${field}=1`))).toEqual([field])
  })

  it.each([
    ...['releaseDateFrom=2026-01-01', 'releaseDateTo=2026-01-01', 'sort=iq', 'at=2025-03-01'],
    ...['openWeights=true', 'firstParty=true', 'collapse=family'],
  ])('%s given twice is refused', async (parameter) => {
    const field = parameter.split('=')[0]
    expect(await readFieldErrors(await app.get(`/v1/models?${parameter}&${parameter}`))).toEqual([field])
  })

  it('that is bad is named together with other bad parameters', async () => {
    const fields = await readFieldErrors(await app.get('/v1/models?minIq=9&limit=0&name=alpha'))
    expect(fields.toSorted()).toEqual(['limit', 'minIq'])
  })

  it.each(['provider=acme&provider=', 'status=active&status=', 'capability=&capability=text'])(
    'that is repeated with one empty value is refused: %s',
    async (query) => {
      expect(await readFieldErrors(await app.get(`/v1/models?${query}`))).toEqual([query.split('=')[0]])
    },
  )
})

/** Every public GET route, and one for administrators. */
const GET_ROUTES = [
  '/health',
  '/docs',
  '/docs/swagger-ui-bundle.js',
  '/docs/swagger-ui.css',
  '/openapi.json',
  '/v1/status',
  '/v1/manifest',
  '/v1/version',
  '/v1/versions',
  '/v1/providers',
  '/v1/providers/acme',
  '/v1/providers/acme/models',
  '/v1/models',
  '/v1/models/search',
  '/v1/models/acme/alpha',
  '/v1/models/acme/alpha/history',
  '/v1/models/acme/alpha/offers',
  '/v1/diff',
  '/v1/admin/pulls',
]

describe('every route', () => {
  it.each(GET_ROUTES)('GET %s refuses an unknown parameter by its name', async (path) => {
    for (const field of ['unknown', 'Version', 'minIQ', '__proto__', 'constructor', 'a b', '_', 'maximumInputPrice'])
      expect(await readFieldErrors(await app.get(`${path}?${encodeURIComponent(field)}=1`, BEARER))).toContain(field)
  })

  it.each(GET_ROUTES)('GET %s refuses empty parameters and bad percent-encoding', async (path) => {
    for (const query of ['unknown', 'unknown=', '=', '=1', 'name=%zz', 'name=%', 'name=%ff', '%E4%A=1'])
      expect(await readFieldErrors(await app.get(`${path}?${query}`, BEARER)), query).not.toEqual([])
  })

  it.each(['name', 'provider', 'status', 'minIq', 'openWeights', 'collapse', 'sort', 'limit', 'version', 'at'])(
    'refuses an empty %s',
    async (field) => {
      for (const query of [field, `${field}=`])
        expect(await readFieldErrors(await app.get(`/v1/models?${query}`))).toEqual([field])
    },
  )

  it.each(['/v1/admin/refresh', '/v1/admin/pulls'])('POST %s refuses an unknown parameter', async (path) => {
    const response = await app.send('POST', `${path}?unknown=1`, { headers: BEARER, body: '{}' })
    expect(await readFieldErrors(response)).toEqual(['unknown'])
  })

  it.each(['/health?', '/v1/version?', '/v1/models?&', '/docs?'])('accepts no parameters at all: %s', async (path) => {
    expect((await app.get(path)).status).toBe(200)
  })
})
