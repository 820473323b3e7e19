import { describe, expect, it } from 'vitest'
import type { ModelKey } from '../../../src/client/index.ts'
import { sendJson } from '../../support/client/fake-registry.ts'
import { connect, startFake } from '../../support/client/fixture.ts'
import { model, provider } from '../../support/rows.ts'

const MODELS = [
  model({ value: 'acme-one', lab: 'acme', firstParty: true, pricing: { input: 3, output: 15 } }),
  model({ value: 'acme/prefixed', lab: 'acme', firstParty: true }),
  model({ value: 'unpriced' }),
  model({
    value: 'nightly',
    pricing: { input: 4, output: 8, windows: [{ from: '22:00', to: '06:00', factor: 0.5 }] },
  }),
]
const spanOf = ({ pricing: _, ...span }: { pricing?: object } = {}) => span
const USAGE = { input_tokens: 1000, output_tokens: 100 }

async function connected() {
  return connect(await startFake({ providers: [provider()], models: MODELS }))
}

describe('costOf() of a registry', () => {
  it.each([['acme/acme-one'], ['acme-one'], [{ provider: 'acme', value: 'acme-one' }]])(
    'finds the model by %j and prices the usage',
    async (id) => {
      const { data, error } = await (await connected()).costOf(id, USAGE)
      expect(error).toBeUndefined()
      expect(data).toEqual({
        usd: 0.0045,
        lines: [
          { kind: 'input', tokens: 1000, price: 3, usd: 0.003 },
          { kind: 'output', tokens: 100, price: 15, usd: 0.0015 },
        ],
      })
    },
  )

  it('needs a time if prices depend on the hour', async () => {
    expect((await (await connected()).costOf('acme/nightly', USAGE)).error).toMatchObject({
      name: 'CostError',
      failure: { code: 'time-needed' },
    })
  })

  it('of an earlier version has its prices', async () => {
    const fake = await startFake({ providers: [provider()], models: MODELS })
    const { data: first } = await connect(fake).getVersion()
    fake.commit({ providers: [provider()], models: [model({ value: 'acme-one', pricing: { input: 6, output: 30 } })] })
    const registry = connect(fake)
    expect((await registry.costOf('acme/acme-one', USAGE)).data?.usd).toBe(0.009)
    expect((await registry.at(first?.version ?? '').costOf('acme/acme-one', USAGE)).data?.usd).toBe(0.0045)
  })

  it('fails if a price is unknown, and names it', async () => {
    expect((await (await connected()).costOf('acme/unpriced', USAGE)).error).toMatchObject({
      name: 'CostError',
      message: 'Cannot price usage: the price "input" of 1000 tokens is unknown',
      failure: { code: 'unknown-price', kind: 'input' },
    })
  })

  it('fails if the model does not exist', async () => {
    expect((await (await connected()).costOf('acme/nowhere', USAGE)).error).toMatchObject({
      name: 'ProblemError',
      code: 'not-found',
    })
  })
})

describe('costOf() of a registry at a given time', () => {
  const NIGHTS = { input: 4, output: 8, windows: [{ from: '22:00', to: '06:00', factor: 0.5 }] }
  const PERIODS = [
    {
      ...{ from: '2026-08-01T00:00:00.000Z', until: '2026-09-01T00:00:00.000Z', basis: 'documented' },
      ...{ pricing: { input: 1, output: 5 }, source: 'https://example.com/' },
    },
    { from: '2026-09-01T00:00:00.000Z', basis: 'observed', pricing: NIGHTS },
  ]

  async function timed(version?: string) {
    const fake = await startFake({ providers: [provider()], models: MODELS })
    fake.misbehave = (path, response) => path.includes('/prices') && sendJson(response, PERIODS)
    return { fake, registry: connect(fake, version === undefined ? {} : { version: fake.current.manifest.version }) }
  }

  it.each([
    ['2026-08-31T23:59:59.999Z', 0.0015],
    ['2026-09-01T00:00:00Z', 0.0024],
    ['2026-09-01T12:00:00Z', 0.0048],
    [new Date('2026-09-01T22:00:00Z'), 0.0024],
  ])('of %s has the price of that time, including the hour', async (at, usd) => {
    const { registry } = await timed()
    expect((await registry.costOf('acme/nightly', USAGE, { at })).data?.usd).toBe(usd)
  })

  it('names the period, and requests the prices of the pinned version', async () => {
    const { fake, registry } = await timed('pinned')
    const { data } = await registry.costOf('acme-one', USAGE, { at: '2026-08-15T00:00:00Z' })
    expect(data?.period).toEqual(spanOf(PERIODS[0]))
    expect(fake.takeAsked().at(-1)).toBe(`/v1/models/acme/acme-one/prices?version=${fake.current.manifest.version}`)
  })

  it.each<[string, string | ModelKey]>([
    ['acme-one', 'acme-one'],
    ['acme-one', { provider: 'acme', value: 'acme-one' }],
    ['acme%2Fprefixed', 'acme/prefixed'],
    ['acme%2Fprefixed', 'acme/acme/prefixed'],
  ])('prices %s, found by its value as %j, by itself', async (value, id) => {
    const { fake, registry } = await timed()
    expect((await registry.costOf(id, USAGE, { at: '2026-08-15T00:00:00Z' })).data?.usd).toBe(0.0015)
    expect(fake.takeAsked().at(-1)).toBe(`/v1/models/acme/${value}/prices`)
  })

  it('fails for a time without known prices, even for no tokens', async () => {
    const { registry } = await timed()
    const none = { input_tokens: 0, output_tokens: 0 }
    const { error } = await registry.costOf('acme/nightly', none, { at: '2026-07-31T23:59:59Z' })
    expect(error).toMatchObject({
      ...{ name: 'CostError', failure: { code: 'unknown-price' } },
      message:
        'Cannot price usage: the prices of "acme/nightly" at 2026-07-31T23:59:59.000Z are unknown; they are known from 2026-08-01T00:00:00.000Z',
    })
  })

  it('reads a date as the end of that UTC day, with the hour unknown', async () => {
    const { registry } = await timed()
    expect((await registry.costOf('acme/nightly', USAGE, { at: '2026-08-31' })).data?.period).toEqual(
      spanOf(PERIODS[0]),
    )
    expect((await registry.costOf('acme/nightly', USAGE, { at: '2026-07-31' })).error).toMatchObject({
      failure: { code: 'unknown-price' },
    })
    expect((await registry.costOf('acme/nightly', USAGE, { at: '2026-09-01' })).error).toMatchObject({
      failure: { code: 'time-needed' },
    })
  })

  it.each(['2026-08-15T00:00:00', 'now', new Date(Number.NaN)])('fails for %s, which is not a time', async (at) => {
    const { error } = await (await timed()).registry.costOf('acme/nightly', USAGE, { at })
    expect(error).toMatchObject({ name: 'CostError', failure: { code: 'time-needed' } })
  })

  it('fails when the registry fails', async () => {
    const error = (await (await connected()).costOf('acme/nightly', USAGE, { at: '2026-08-15T00:00:00Z' })).error
    expect(error).toMatchObject({ name: 'ProblemError', code: 'not-found' })
  })
})
