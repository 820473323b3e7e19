/** Costs at the time of use of models that the client does not have by that value: the registry knows which are gone. */
import { describe, expect, it } from 'vitest'
import type { ModelKey, RegistryOptions } from '../../../src/client/index.ts'
import { sendJson, sendProblem } from '../../support/client/fake-registry.ts'
import { connect, startFake } from '../../support/client/fixture.ts'
import { model, provider } from '../../support/rows.ts'

const MODELS = [
  model({ value: 'acme-one', lab: 'acme', firstParty: true, pricing: { input: 3, output: 15 } }),
  model({ value: 'hosted', provider: 'host', lab: 'acme', pricing: { input: 3, output: 15 } }),
]
const USAGE = { input_tokens: 1000, output_tokens: 100 }
const AT = '2026-08-15T00:00:00Z'
const PERIOD = { from: '2026-08-01T00:00:00.000Z', until: '2026-09-01T00:00:00.000Z', basis: 'documented' }
const COST = { usd: 0.0015, lines: [{ kind: 'input', tokens: 1000, price: 1.5, usd: 0.0015 }] }
const PRICED = { ...COST, at: AT, version: 'v1.0123456789ab', period: PERIOD }
const NOT_FOUND = { problem: { code: 'not-found', detail: 'Cannot find model: no such model' } }
const PRICES = [{ ...PERIOD, pricing: { input: 1, output: 5 } }]

/** Answers `POST /v1/cost` with this, and records the bodies. */
async function answering(answer: unknown, options: Partial<RegistryOptions> = {}) {
  const fake = await startFake({ providers: [provider(), provider({ value: 'host' })], models: MODELS })
  const sent: { path: string; body: unknown; type: string | undefined }[] = []
  fake.misbehave = (path, response, request) => {
    if (path.includes('/prices')) return sendJson(response, PRICES)
    if (!path.startsWith('/v1/cost')) return false
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      sent.push({ path: `${request.method} ${path}`, body: JSON.parse(body), type: request.headers['content-type'] })
      sendJson(response, answer)
    })
    return true
  }
  return { fake, registry: connect(fake, options), sent }
}

describe('costOf() at a time, of a model that is not there by that value', () => {
  it.each<[string | ModelKey, object]>([
    ['gone', { model: 'gone' }],
    ['acme/gone', { model: 'acme/gone' }],
    [
      { provider: 'acme', value: 'gone/one' },
      { provider: 'acme', model: 'gone/one' },
    ],
    ['acme-one-20250101', { model: 'acme-one-20250101' }],
    [
      { provider: 'acme', value: 'ACME-One' },
      { provider: 'acme', model: 'ACME-One' },
    ],
  ])('such as %j is priced by the registry', async (id, item) => {
    const { registry, sent } = await answering([PRICED])
    expect(await registry.costOf(id, USAGE, { at: AT, mode: 'fast' })).toEqual({
      data: { ...COST, period: PERIOD },
      error: undefined,
      cached: false,
      stale: false,
    })
    const body = [{ ...item, usage: USAGE, at: AT, mode: 'fast' }]
    expect(sent).toEqual([{ path: 'POST /v1/cost', body, type: 'application/json' }])
  })

  it('sends a Date as a date-time, and asks as of the pinned version', async () => {
    const { fake, registry } = await answering([PRICED])
    const { version } = fake.current.manifest
    const pinned = connect(fake, { version })
    await registry.costOf('gone', USAGE, { at: new Date(AT) })
    expect((await pinned.costOf('gone', USAGE, { at: AT })).data?.usd).toBe(0.0015)
    expect(fake.asked.at(-1)).toBe(`/v1/cost?version=${version}`)
  })

  it('is not asked about with what another call sends at the same time', async () => {
    const { registry, sent } = await answering([PRICED])
    await Promise.all([1, 2].map((tokens) => registry.costOf('gone', { input_tokens: tokens }, { at: AT })))
    expect(sent).toHaveLength(2)
  })

  it.each<[string, string, object]>([
    ['unknown-price', 'unknown-price', {}],
    ['unknown-tokens', 'unknown-tokens', { key: 'magic_tokens' }],
    ['unknown-mode', 'unknown-mode', { mode: 'fast' }],
  ])('fails with a CostError for %s', async (_, code, about) => {
    const detail = `Cannot price usage: ${code}`
    const { registry } = await answering([{ problem: { code, detail } }])
    const usage = code === 'unknown-tokens' ? { ...USAGE, magic_tokens: 3 } : USAGE
    const { error } = await registry.costOf('gone', usage, { at: AT, ...(code === 'unknown-mode' && { mode: 'fast' }) })
    expect(error).toMatchObject({ name: 'CostError', message: detail, failure: { code, detail, ...about } })
  })

  it('fails as find() does where the registry never had such a model', async () => {
    const { registry } = await answering([NOT_FOUND])
    const { error } = await registry.costOf('acmeone', USAGE, { at: AT })
    expect(error).toMatchObject({ name: 'ProblemError', code: 'not-found' })
    expect(error?.message).toContain('did you mean "acme/acme-one"?')
  })

  it('names the candidates of an ambiguous id', async () => {
    const candidates = ['gone-1', 'gone-2'].map((value) => ({ provider: 'acme', value }))
    const { registry } = await answering([{ problem: { code: 'ambiguous-model', detail: 'several', candidates } }])
    const { error } = await registry.costOf('gone', USAGE, { at: AT })
    expect(error).toMatchObject({ code: 'ambiguous-model', status: 409, problem: { candidates } })
  })

  it('is priced where only a host has it, once the registry has said that no lab had it', async () => {
    const { fake, registry } = await answering([NOT_FOUND])
    expect((await registry.costOf('hosted', USAGE, { at: AT })).data?.usd).toBe(0.0015)
    expect(fake.takeAsked().at(-1)).toBe('/v1/models/host/hosted/prices')
  })

  it.each([[null], [[]], [[null]], [[{}]], [[{ usd: '1' }]], [[{ problem: 'no' }]], [{ usd: 1 }]])(
    'fails with a DataError for the answer %j',
    async (answer) => {
      const { registry } = await answering(answer)
      expect((await registry.costOf('gone', USAGE, { at: AT })).error?.name).toBe('DataError')
    },
  )

  it.each([['a number without bound', { input_tokens: 5n }]])('fails for usage with %s', async (_, usage) => {
    const { registry } = await answering([PRICED])
    expect((await registry.costOf('gone', usage, { at: AT })).error).toMatchObject({
      failure: { code: 'unreadable-usage' },
    })
  })

  it('fails when the registry fails', async () => {
    const { fake, registry } = await answering([PRICED])
    fake.misbehave = (path, response) =>
      path.startsWith('/v1/cost') && sendProblem(response, 429, 'rate-limited', 'slowly', { 'retry-after': '60' })
    expect((await registry.costOf('gone', USAGE, { at: AT })).error).toMatchObject({
      code: 'rate-limited',
      retryAfterSeconds: 60,
    })
  })
})

describe('costOf() at a time, of a client of some providers', () => {
  it.each<[string | ModelKey, object]>([
    ['host/gone', { provider: 'host', model: 'gone' }],
    ['HOSTED', { provider: 'host', model: 'HOSTED' }],
    [
      { provider: 'host', value: 'gone' },
      { provider: 'host', model: 'gone' },
    ],
  ])('asks about %j at that provider', async (id, item) => {
    const { registry, sent } = await answering([PRICED], { providers: ['host'] })
    expect((await registry.costOf(id, USAGE, { at: AT })).data?.usd).toBe(0.0015)
    expect(sent[0]?.body).toEqual([{ ...item, usage: USAGE, at: AT }])
  })

  it('finds nothing at other providers', async () => {
    const { registry, sent } = await answering([PRICED], { providers: ['host'] })
    expect((await registry.costOf('acme-one', USAGE, { at: AT })).error).toMatchObject({ code: 'not-found' })
    expect((await registry.costOf('hosted', USAGE, { at: AT })).data?.usd).toBe(0.0015)
    expect(sent).toEqual([])
  })
})
