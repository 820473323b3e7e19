import { describe, expect, it } from 'vitest'
import { ProblemError, type SearchFilter } from '../../../src/client/index.ts'
import { CAPABILITIES, SORT_KEYS, STATUSES } from '../../../src/core/vocabulary.ts'
import { connect, startFake } from '../../support/client/fixture.ts'
import { row } from '../../support/core/listed-models.ts'
import { model, provider } from '../../support/rows.ts'

const MODELS = [
  model({
    value: 'a',
    lab: 'acme',
    firstParty: true,
    iq: 5,
    speed: 1,
    capabilities: { text: true, vision: true },
    pricing: { input: 3 },
  }),
  model({ value: 'b', iq: 2, capabilities: { text: true, vision: false }, releaseDate: '2026-01-15' }),
  model({
    value: 'c',
    status: 'preview',
    metrics: { contextWindow: 128_000 },
    openWeights: true,
    sdk: { model: 'C-1' },
  }),
  model({ value: 'd', provider: 'other', iq: 3 }),
]

async function connected() {
  return connect(await startFake({ providers: [provider(), provider({ value: 'other' })], models: MODELS }))
}

async function valuesOf(filter?: SearchFilter): Promise<string[] | undefined> {
  return (await (await connected()).searchModels(filter)).data?.map(({ value }) => value)
}

describe('searchModels()', () => {
  it.each<[SearchFilter | undefined, string[]]>([
    [undefined, ['a', 'b', 'c', 'd']],
    [{}, ['a', 'b', 'c', 'd']],
    [{ capability: 'vision' }, ['a']],
    [{ capability: ['text', 'vision'] }, ['a']],
    [{ provider: 'other' }, ['d']],
    [{ provider: ['acme', 'other'], minIq: 3 }, ['a', 'd']],
    [{ status: 'preview' }, ['c']],
    [{ status: ['preview', 'active'], minContextWindow: 1000 }, ['c']],
    [{ maxInputPrice: 3 }, ['a']],
    [{ releaseDateFrom: '2026-01-15' }, ['b']],
    [{ sort: '-iq', limit: 2 }, ['a', 'd']],
    [{ sort: 'name', offset: 3 }, ['d']],
    [{ name: 'A', minIq: undefined }, ['a']],
    [{ name: 'c-1' }, ['c']],
    [{ openWeights: true }, ['c']],
    [{ openWeights: false }, []],
    [{ collapse: undefined, limit: 1 }, ['a']],
    [{ q: 'acme A' }, ['a', 'b', 'c']],
    [{ model: 'A' }, ['a']],
    [{ type: 'chat', family: ['acme/a', 'other/d'] }, ['a', 'd']],
    [{ lab: 'acme', firstParty: true }, ['a']],
    [{ firstParty: false, sort: '-contextWindow', limit: 1 }, ['c']],
  ])('%j finds %j', async (filter, values) => {
    expect(await valuesOf(filter)).toEqual(values)
  })

  it('accepts everything that the registry accepts', async () => {
    const sort = SORT_KEYS.flatMap((key) => [key, `-${key}` as const])
    const filters = [{ capability: CAPABILITIES }, { status: STATUSES }, ...sort.map((sort) => ({ sort }))]
    const registry = await connected()
    for (const filter of filters) expect((await registry.searchModels(filter)).error).toBeUndefined()
  })

  it.each([
    [{ capabilty: 'vision' }, 'capabilty'],
    [{ minIq: '3' }, 'minIq'],
    [{ minIq: Number.NaN }, 'minIq'],
    [{ limit: -1 }, 'limit'],
    [{ sort: 'cost' }, 'sort'],
    [{ name: 5 }, 'name'],
    [{ openWeights: 'true' }, 'openWeights'],
    [{ collapse: 'provider' }, 'collapse'],
    [{ collapse: true }, 'collapse'],
    [{ toString: 'x' }, 'toString'],
    [{ name: '' }, 'name'],
    [{ q: ' ' }, 'q'],
    [{ q: 5 }, 'q'],
    [{ model: '' }, 'model'],
    [{ type: 'text' }, 'type'],
    [{ firstParty: 'true' }, 'firstParty'],
    [{ provider: 'nowhere' }, 'provider'],
    [{ lab: ['acme', 'nowhere'] }, 'lab'],
    [{ provider: '' }, 'provider'],
    [{ provider: ['acme', 5] }, 'provider'],
    [{ capability: 'sight' }, 'capability'],
    [{ capability: ['vision', 'toString'] }, 'capability'],
    [{ status: 'gone' }, 'status'],
    [{ minIq: 6 }, 'minIq'],
    [{ minSpeed: 2.5 }, 'minSpeed'],
    [{ minIq: [3] }, 'minIq'],
    [{ minContextWindow: 0.5 }, 'minContextWindow'],
    [{ maxInputPrice: Number.POSITIVE_INFINITY }, 'maxInputPrice'],
    [{ maxOutputPrice: -0.1 }, 'maxOutputPrice'],
    [{ releaseDateFrom: '2026' }, 'releaseDateFrom'],
    [{ releaseDateTo: '2026-02-30' }, 'releaseDateTo'],
    [{ releaseDateTo: new Date(0) }, 'releaseDateTo'],
    [{ limit: 0 }, 'limit'],
    [{ limit: 1001 }, 'limit'],
    [{ limit: 1.5 }, 'limit'],
    [{ offset: 0.5 }, 'offset'],
  ])('refuses %j as the registry does', async (filter, field) => {
    const { error } = await (await connected()).searchModels(filter as SearchFilter)
    expect(error).toBeInstanceOf(ProblemError)
    expect(error).toMatchObject({ status: 400, code: 'invalid-request', problem: { errors: [{ field }] } })
  })
})

describe('what searchModels() refuses', () => {
  it.each<[object, string]>([
    [{ capabilty: 'vision' }, 'Cannot search: "capabilty" is unknown; did you mean "capability"?'],
    [{ nothing: 1 }, 'Cannot search: "nothing" is unknown'],
    [{ capability: ['text', 'visoin'] }, 'Cannot search: "capability" cannot be "visoin"; did you mean "vision"?'],
    [{ sort: '-prize' }, 'Cannot search: "sort" cannot be "-prize"; did you mean "-price"?'],
    [{ minIq: 6 }, 'Cannot search: "minIq" cannot be 6'],
  ])('%j is named with the nearest valid one, without a request', async (filter, message) => {
    const fetch = () => Promise.reject(new Error('offline'))
    const registry = connect({ url: 'http://registry.test' }, { fetch })
    expect((await registry.searchModels(filter as SearchFilter)).error?.message).toBe(message)
  })

  it('includes names that are not in the version, with the nearest one', async () => {
    const registry = await connected()
    const asked = await registry.searchModels({ provider: 'Othre' })
    expect(asked.error?.message).toContain('"Othre" is not a provider of this version; did you mean "other"?')
    await registry.getModels()
    const { error } = await registry.searchModels({ provider: 'Othre' })
    expect(error?.message).toBe(
      'Cannot search: "provider" "Othre" is not a provider of this version; did you mean "other"?',
    )
  })
})

describe('searchModels() with collapse', () => {
  it('returns one model for each family, with its variants, and changes no model that others read', async () => {
    const low = model({ value: 'big-low', family: 'big', effort: 'low', iq: 2 })
    const high = model({ value: 'big-high', family: 'big', effort: 'high', iq: 4 })
    const registry = connect(
      await startFake({ providers: [provider()], models: [high, low, model({ value: 'small' })] }),
    )
    const { data = [] } = await registry.searchModels({ collapse: 'family', minIq: 1 })
    const variants = [
      { value: 'big-high', effort: 'high', iq: 4 },
      { value: 'big-low', effort: 'low', iq: 2 },
    ]
    expect(data).toStrictEqual([{ ...high, variants }])
    data[0]?.variants.reverse()
    expect((await registry.searchModels({ collapse: 'family', minIq: 1 })).data).toStrictEqual([{ ...high, variants }])
    expect((await registry.getModel('acme', 'big-high')).data).not.toHaveProperty('variants')
  })
})

describe('a model that is not in the manifest', () => {
  it('results in a problem with the code of the registry', async () => {
    const registry = await connected()
    const version = (await registry.getVersion()).data?.version
    expect((await registry.getModel('acme', 'd')).error).toMatchObject({
      name: 'ProblemError',
      status: 404,
      code: 'not-found',
      message: expect.stringContaining(`Cannot read model "acme/d": ${version} has no such model`),
    })
    expect((await registry.getProviderModels('nowhere')).error).toMatchObject({
      code: 'not-found',
      message: `Cannot read provider "nowhere": ${version} has no such provider`,
    })
    // The list has fetched the manifest.
    expect((await registry.getModel('Acme', 'a')).error?.message).toBe(
      `Cannot read model "Acme/a": ${version} has no provider "Acme"; did you mean "acme"?`,
    )
  })
})

describe('a model by another id', () => {
  const own = { lab: 'acme', firstParty: true as const, family: 'acme/big' }
  const LISTED = [
    row('big-20250101', { ...own, pricing: { blended: 3 } }),
    row('old-20250101'),
    row('old-20250202'),
    row('acme/big', { provider: 'other', lab: 'acme', family: 'acme/big', pricing: { blended: 2 } }),
    row('hosted', { provider: 'other' }),
  ]
  const listed = async () =>
    connect(await startFake({ providers: [provider(), provider({ value: 'other' })], models: LISTED }))
  const candidates = [
    { provider: 'acme', value: 'old-20250101' },
    { provider: 'acme', value: 'old-20250202' },
  ]

  it('is found by getModel() and find()', async () => {
    const registry = await listed()
    const [big, , , atHost, hosted] = LISTED
    expect((await registry.getModel('acme', 'BIG-latest')).data).toEqual(big)
    expect((await registry.getModel('other', 'acme/BIG')).data).toEqual(atHost)
    expect((await registry.find('acme/big')).data).toEqual(big)
    expect((await registry.find('other/acme/big')).data).toEqual(atHost)
    expect((await registry.find('big')).data).toEqual(big)
    expect((await registry.find('hosted')).data).toEqual(hosted)
  })

  it('that can mean several is a problem with the candidates', async () => {
    const registry = await listed()
    const calls = [registry.getModel('acme', 'old'), registry.find('old'), registry.getOffers('acme/old')]
    for (const { error } of await Promise.all(calls))
      expect(error).toMatchObject({ status: 409, code: 'ambiguous-model', problem: { candidates } })
  })

  it('that matches none is a problem that names the nearest', async () => {
    const registry = await listed()
    const calls = [registry.getModel('other', 'hostde'), registry.find('hostde'), registry.getOffers('hostde')]
    for (const { error } of await Promise.all(calls)) {
      expect(error).toMatchObject({ status: 404, code: 'not-found' })
      expect(error?.message).toContain('did you mean "other/hosted"?')
    }
  })

  it('returns the offers of its family, cheapest first', async () => {
    const registry = await listed()
    const [big, , , atHost] = LISTED
    const offers = { family: 'acme/big', offers: [atHost, big] }
    for (const model of ['big', 'acme/big', { provider: 'acme', value: 'big' }, ...(atHost ? [atHost] : [])])
      expect((await registry.getOffers(model)).data).toEqual(offers)
  })
})

describe('getProviderModels()', () => {
  it('returns the models of one provider', async () => {
    const { data } = await (await connected()).getProviderModels('acme')
    expect(data?.map(({ value }) => value)).toEqual(['a', 'b', 'c'])
  })
})
