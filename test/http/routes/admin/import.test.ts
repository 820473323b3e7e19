import { reset } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Outcome } from '../../../../src/core/schema/operations.ts'
import { readFieldErrors, readProblem } from '../../../support/http/problem-body.ts'
import { BEARER, testApp } from '../../../support/http/registry-app.ts'
import { aaProRow, aaRow, recordedPull } from '../../../support/rows.ts'

const DAY_1 = '2025-03-01T02:00:00.000Z'
const DAY_2 = '2025-03-02T02:00:00.000Z'

let app = testApp()
const post = (body: BodyInit, query = ''): Promise<Response> =>
  app.send('POST', `/v1/admin/pulls${query}`, { headers: BEARER, body })
const send = (pull: unknown, query = ''): Promise<Response> => post(JSON.stringify(pull), query)
const pullOf = (price: number, fetchedAt: string) =>
  recordedPull([aaRow({ slug: 'one', pricing: { price_1m_input_tokens: price } })], { fetchedAt })

const readOutcome = async (response: Response): Promise<Outcome> => {
  expect(response.status, await response.clone().text()).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  return Outcome.strict().parse(await response.json())
}

beforeEach(async () => {
  await reset()
  app = testApp()
})
afterEach(() => vi.restoreAllMocks())

describe('POST /v1/admin/pulls', () => {
  it('accepts a pull of the Free tier at its own time', async () => {
    const outcome = await readOutcome(await send(pullOf(1, DAY_1)))
    expect(outcome).toMatchObject({ outcome: 'committed', changes: { added: 1, removed: 0, changed: 0 } })
    expect(await (await app.get('/v1/version')).json()).toMatchObject({ version: outcome.version, generatedAt: DAY_1 })
  })

  it('accepts a pull of the Pro tier', async () => {
    const pull = recordedPull([aaProRow({ slug: 'pro' })], { tier: 'pro', fetchedAt: DAY_1 })
    expect(await readOutcome(await send(pull))).toMatchObject({ outcome: 'committed' })
  })

  it('accepts a pull of several pages', async () => {
    const rows = ['a', 'b', 'c'].map((slug) => aaRow({ slug }))
    const outcome = await readOutcome(await send(recordedPull(rows, { fetchedAt: DAY_1, pageSize: 2 })))
    expect(outcome.changes).toEqual({ added: 3, removed: 0, changed: 0 })
  })

  it('accepts a time with an offset', async () => {
    await readOutcome(await send(pullOf(1, '2025-03-01T04:00:00+02:00')))
    expect(await (await app.get('/v1/version')).json()).toMatchObject({ generatedAt: DAY_1 })
  })

  it('reports that nothing changed', async () => {
    const first = await readOutcome(await send(pullOf(1, DAY_1)))
    const second = await readOutcome(await send(pullOf(1, DAY_2)))
    expect(second).toMatchObject({ outcome: 'unchanged', version: first.version, seq: first.seq })
  })

  it('is immediately visible to the isolate that made it', async () => {
    await readOutcome(await send(pullOf(1, DAY_1)))
    await app.get('/v1/manifest')
    const { version } = await readOutcome(await send(pullOf(2, DAY_2)))
    expect((await app.get('/v1/manifest')).headers.get('x-registry-version')).toBe(version)
    expect(await (await app.get('/v1/models/acme/one')).json()).toMatchObject({ pricing: { input: 2 } })
  })

  it('answers the same pull again with its first outcome, even after newer pulls', async () => {
    const first = await readOutcome(await send(pullOf(1, DAY_1)))
    await readOutcome(await send(pullOf(2, DAY_2)))
    const { fetchedAt, pages } = pullOf(1, DAY_1)
    expect(await readOutcome(await send({ pages, fetchedAt }))).toEqual(first)
    expect((await app.get('/v1/version')).headers.get('x-registry-version')).not.toBe(first.version)
  })

  it.each([
    ['an earlier time', '2025-02-28T02:00:00.000Z'],
    ['the same time with other pages', DAY_1],
  ])('refuses %s as a conflict', async (_what, fetchedAt) => {
    await readOutcome(await send(pullOf(1, DAY_1)))
    await readProblem(await send(pullOf(2, fetchedAt)), 'conflict')
  })

  it('accepts a clock that is a little ahead, and refuses one that is more than 5 minutes ahead', async () => {
    const ahead = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
    expect(await readFieldErrors(await send(pullOf(1, ahead(6))))).toEqual(['fetchedAt'])
    expect(await readOutcome(await send(pullOf(1, ahead(4))))).toMatchObject({ outcome: 'committed' })
  })
})

describe('a body that is not a pull', () => {
  const { pages } = pullOf(1, DAY_1)

  it.each<[what: string, body: string, field: string]>([
    ['empty', '', 'body'],
    ['not JSON', '{', 'body'],
    ['a list', '[]', 'body'],
    ['a text', '"pull"', 'body'],
    ['null', 'null', 'body'],
    ['without fetchedAt', JSON.stringify({ pages }), 'fetchedAt'],
    ['without pages', JSON.stringify({ fetchedAt: DAY_1 }), 'pages'],
    ['with a time without a zone', JSON.stringify({ fetchedAt: '2025-03-01T02:00:00', pages }), 'fetchedAt'],
    ['with a day for a time', JSON.stringify({ fetchedAt: '2025-03-01', pages }), 'fetchedAt'],
    ['with an impossible time', JSON.stringify({ fetchedAt: '2025-02-30T02:00:00Z', pages }), 'fetchedAt'],
    ['with a number for a time', JSON.stringify({ fetchedAt: 1740794400000, pages }), 'fetchedAt'],
    ['without any page', JSON.stringify({ fetchedAt: DAY_1, pages: [] }), 'pages'],
    ['with pages that are not a list', JSON.stringify({ fetchedAt: DAY_1, pages: pages[0] }), 'pages'],
    ['with an invalid page', JSON.stringify({ fetchedAt: DAY_1, pages: [null] }), 'pages'],
    ['with a page without rows', JSON.stringify({ fetchedAt: DAY_1, pages: [{ ...pages[0], data: [] }] }), 'pages'],
    ['with a page twice', JSON.stringify({ fetchedAt: DAY_1, pages: [...pages, ...pages] }), 'pages'],
  ])('(%s) is refused with the field that is bad', async (_what, body, field) => {
    const fields = await readFieldErrors(await post(body))
    expect(fields.map((name) => name.split('.')[0])).toEqual([field])
    await readProblem(await app.get('/v1/manifest'), 'empty-registry')
  })

  it('is refused if it is not UTF-8', async () => {
    const bytes = new Uint8Array([0x22, 0xff, 0xfe, 0x22])
    expect(await readFieldErrors(await post(bytes))).toEqual(['body'])
  })

  it.each(['?force=1', '?force=yes', '?force', '?force=', '?force=true&force=true'])(
    'is not read with %s',
    async (query) => {
      expect(await readFieldErrors(await send(pullOf(1, DAY_1), query))).toEqual(['force'])
      await readProblem(await app.get('/v1/manifest'), 'empty-registry')
    },
  )
})

describe('a body over 24 MB', () => {
  const chunk = new Uint8Array(1_000_000).fill(0x20)

  it('is refused, whether or not its length is declared', async () => {
    await readProblem(await post(' '.repeat(24_000_001)), 'too-large')
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent += chunk.byteLength
        controller.enqueue(chunk)
      },
    })
    await readProblem(await post(endless), 'too-large')
    expect(sent).toBeLessThan(29_000_000)
  })

  it('starts after 24 MB: a body of exactly 24 MB is read', async () => {
    const text = JSON.stringify(pullOf(1, DAY_1))
    expect(await readOutcome(await post(text + ' '.repeat(24_000_000 - text.length)))).toMatchObject({
      outcome: 'committed',
    })
  })
})

describe('a body with two bytes per character', () => {
  it('is accepted up to the same limit, and its payload can be read', async () => {
    const note = 'é'.repeat(8_700_000)
    const response = await send(recordedPull([aaRow({ slug: 'one', note })], { fetchedAt: DAY_1 }))
    expect(response.status).toBe(200)
    const payload = await app.get('/v1/admin/pulls/1/payload', BEARER)
    expect(payload.status).toBe(200)
    expect(await payload.text()).toContain(note)
  })
})

describe('?force=true', () => {
  it('accepts a pull that the guard holds', async () => {
    const rows = (count: number) => Array.from({ length: count }, (_, number) => aaRow({ slug: `m${number}` }))
    await readOutcome(await send(recordedPull(rows(12), { fetchedAt: DAY_1 })))
    const small = recordedPull(rows(6), { fetchedAt: DAY_2 })
    const held = await readOutcome(await send(small))
    expect(held).toMatchObject({ outcome: 'held', reasons: [expect.any(String)] })
    const later = { ...small, fetchedAt: '2025-03-02T03:00:00.000Z' }
    expect((await readOutcome(await send(later, '?force=true'))).outcome).toBe('committed')
  })
})
