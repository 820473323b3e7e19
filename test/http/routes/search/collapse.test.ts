/** Searches over HTTP by family, and by facts that AA does not state, which are set by overrides here. */
import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { Model } from '../../../../src/core/schema/model.ts'
import { OverridesApp } from '../../../support/http/overrides-app.ts'
import { testApp } from '../../../support/http/registry-app.ts'
import { aaRow, type Facts, recordedPull } from '../../../support/rows.ts'

const Variant = z.strictObject({
  value: z.string(),
  effort: z.string().optional(),
  iq: z.int().optional(),
  speed: z.int().optional(),
  pricing: z.strictObject({ input: z.number(), output: z.number(), blended: z.number() }).optional(),
})
const Collapsed = z.array(z.strictObject({ ...Model.shape, variants: z.array(Variant) }))

const app = testApp()
const globex = { id: 'creator-of-globex', name: 'Globex' }
const rated = (slug: string, name: string, index: number | null, facts: Facts = {}) =>
  aaRow({ slug, name, evaluations: { artificial_analysis_intelligence_index: index }, ...facts })

const ROWS = [
  rated('big', 'Big (xhigh)', 66),
  rated('big-low', 'Big (Low Effort)', 44, { pricing: { price_1m_input_tokens: 0.5, price_1m_output_tokens: 2.5 } }),
  rated('big-non-reasoning', 'Big (Non-reasoning)', null),
  rated('big-preview', 'Big (Preview)', 30),
  rated('big', 'Big (high)', 60, { id: 'another-big', slug: 'globex-big', model_creator: globex }),
  rated('small', 'Small', 20),
]

let first: string
beforeAll(async () => {
  await app.take(recordedPull([rated('big-low', 'Big (low)', 40)], { fetchedAt: '2025-03-01T02:00:00.000Z' }))
  first = (await app.get('/v1/version')).headers.get('x-registry-version') ?? ''
  await app.take(recordedPull(ROWS, { fetchedAt: '2025-03-02T02:00:00.000Z' }))
  const overrides = new OverridesApp(app)
  const open = { openWeights: true, sdk: { model: 'globex/BIG-2026' } }
  for (const [target, set] of [
    ['models/globex/globex-big-high', open],
    ['models/acme/small', { openWeights: false }],
  ] as const)
    expect((await overrides.put(target, { set, note: 'a fact that AA lacks' })).status).toBe(200)
})

async function read(query: string, path = '/v1/models'): Promise<{ json: unknown; total: string | null }> {
  const response = await app.get(`${path}?${query}`)
  const text = await response.text()
  expect(response.status, text).toBe(200)
  return { json: JSON.parse(text), total: response.headers.get('x-total-count') }
}

/** The values of each family that was found. */
async function familiesOf(query: string): Promise<{ families: string[][]; total: string | null }> {
  const { json, total } = await read(query)
  expect(await read(query, '/v1/models/search')).toEqual({ json, total })
  return { families: Collapsed.parse(json).map(({ variants }) => variants.map(({ value }) => value)), total }
}

const BIG = ['big-xhigh', 'big-low', 'big-non-reasoning']

describe('?collapse=family', () => {
  it('returns the best of a family with the facts in which its variants differ', async () => {
    const big = await (await app.get('/v1/models/acme/big-xhigh')).json()
    const { json } = await read('collapse=family&sort=-iq&limit=1')
    const pricing = { input: 1, output: 5, blended: 2 }
    expect(json).toEqual([
      {
        ...Model.parse(big),
        variants: [
          { value: 'big-xhigh', effort: 'xhigh', iq: 5, speed: 2, pricing },
          { value: 'big-low', effort: 'low', iq: 2, speed: 2, pricing: { input: 0.5, output: 2.5, blended: 1 } },
          { value: 'big-non-reasoning', effort: 'none', speed: 2, pricing },
        ],
      },
    ])
  })

  it.each<[query: string, families: string[][]]>([
    ['', [['big-preview'], BIG, ['small'], ['globex-big-high']]],
    ['&sort=-iq', [BIG, ['globex-big-high'], ['big-preview'], ['small']]],
    ['&sort=name&provider=acme', [['big-preview'], BIG, ['small']]],
    ['&maxInputPrice=0.5', [['big-low']]],
    ['&name=low', [['big-low']]],
    ['&minIq=2', [['big-xhigh', 'big-low'], ['globex-big-high']]],
    ['&name=nothing', []],
  ])('%s collapses the models that match the filters', async (query, families) => {
    expect(await familiesOf(`collapse=family${query}`)).toEqual({ families, total: String(families.length) })
  })

  it('sorts and pages families, and counts them before paging', async () => {
    const pages = await Promise.all(
      [0, 1, 2, 3, 4].map((n) => familiesOf(`collapse=family&sort=-iq&limit=1&offset=${n}`)),
    )
    expect(pages.flatMap(({ families }) => families)).toEqual([BIG, ['globex-big-high'], ['big-preview'], ['small']])
    for (const { total } of pages) expect(total).toBe('4')
  })

  it('answers for any version, and is distinct from the plain list', async () => {
    for (const then of [`version=${first}`, 'at=2025-03-01']) {
      expect((await familiesOf(`collapse=family&${then}`)).families).toEqual([['big-low']])
      expect((await read(then)).json).not.toHaveProperty('0.variants')
    }
    expect(z.array(Model.strict()).parse((await read('')).json)).toHaveLength(6)
  })
})

describe('a search by facts that AA lacks', () => {
  it.each<[query: string, values: string[]]>([
    ['openWeights=true', ['globex-big-high']],
    ['openWeights=false', ['small']],
    ['name=big-2026', ['globex-big-high']],
    ['name=globex%2Fb', ['globex-big-high']],
  ])('for %s finds %j', async (query, values) => {
    const found = z.array(Model).parse((await read(query)).json)
    expect(found.map(({ value }) => value)).toEqual(values)
  })
})
