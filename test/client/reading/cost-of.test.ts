import { describe, expect, it } from 'vitest'
import { connect, startFake } from '../../support/client/fixture.ts'
import { model, provider } from '../../support/rows.ts'

const MODELS = [
  model({ value: 'acme-one', lab: 'acme', firstParty: true, pricing: { input: 3, output: 15 } }),
  model({ value: 'unpriced' }),
  model({
    value: 'nightly',
    pricing: { input: 4, output: 8, windows: [{ from: '22:00', to: '06:00', factor: 0.5 }] },
  }),
]
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

  it('prices the hour in which the request began', async () => {
    const registry = await connected()
    expect((await registry.costOf('acme/nightly', USAGE, { at: '2026-10-01T23:00:00Z' })).data?.usd).toBe(0.0024)
    expect((await registry.costOf('acme/nightly', USAGE)).error).toMatchObject({
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

  it('fails where a price is unknown, and names it', async () => {
    expect((await (await connected()).costOf('acme/unpriced', USAGE)).error).toMatchObject({
      name: 'CostError',
      message: 'Cannot price usage: the price "input" of 1000 tokens is unknown',
      failure: { code: 'unknown-price', kind: 'input' },
    })
  })

  it('fails where there is no such model', async () => {
    expect((await (await connected()).costOf('acme/nobody', USAGE)).error).toMatchObject({
      name: 'ProblemError',
      code: 'not-found',
    })
  })
})
