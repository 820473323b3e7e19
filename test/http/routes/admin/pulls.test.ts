import { reset } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Manifest } from '../../../../src/core/schema/history.ts'
import { Outcome, PullRecord, RegistryStatus } from '../../../../src/core/schema/operations.ts'
import { readFieldErrors, readProblem } from '../../../support/http/problem-body.ts'
import { admin, CORS, historyApp, nextOf, onDay, readJson, takeDays } from '../../../support/http/recorded-answers.ts'
import { BEARER, testApp } from '../../../support/http/registry-app.ts'
import { aaRow, type Facts, recordedPull } from '../../../support/rows.ts'

const MANY: Facts[] = Array.from({ length: 30 }, (_, index) => aaRow({ slug: `m${index}` }))
const LOST = MANY.slice(10)

let app = historyApp()
const send = async (rows: Facts[], day: number, query = '') =>
  readJson(
    await admin(app, 'POST', `/v1/admin/pulls${query}`, recordedPull(rows, { fetchedAt: onDay(day) })),
    Outcome.strict(),
  )
const post = async (path: string) => readJson(await admin(app, 'POST', path), Outcome.strict())
const pullOf = async (id: number) => readJson(await admin(app, 'GET', `/v1/admin/pulls/${id}`), PullRecord.strict())
const status = async () => readJson(await app.get('/v1/status'), RegistryStatus)
const models = async () => (await readJson(await app.get('/v1/manifest'), Manifest)).models.length

async function resetApp(): Promise<void> {
  await reset()
  app = historyApp()
}

describe('the record of pulls', () => {
  beforeAll(async () => {
    await takeDays(app)
    await send(MANY, 1)
    await send(MANY, 2)
    await send(LOST, 3)
    await send([...MANY, aaRow({ slug: 'new' })], 4)
    await send(LOST, 5, '?force=true')
    await send(LOST, 6)
    await send(MANY, 7)
  })

  const list = async (path: string) => readJson(await admin(app, 'GET', path), PullRecord.strict().array())

  it('lists every pull, newest first, with its outcome', async () => {
    const pulls = await list('/v1/admin/pulls')
    expect(pulls.map(({ id }) => id)).toEqual([7, 6, 5, 4, 3, 2, 1])
    expect(pulls.map(({ at }) => at)).toEqual([7, 6, 5, 4, 3, 2, 1].map(onDay))
    expect(pulls.map(({ outcome }) => outcome).toReversed()).toEqual([
      ...['committed', 'unchanged', 'held', 'committed', 'committed', 'unchanged', 'committed'],
    ])
    expect(pulls.filter(({ forced }) => forced).map(({ id }) => id)).toEqual([5])
    expect(pulls[4]).toEqual({
      ...{
        id: 3,
        source: 'artificial-analysis',
        at: onDay(3),
        outcome: 'held',
        origin: 'import',
        forced: false,
        indexVersion: 4.1,
        tier: 'free',
      },
      ...{ counts: { providers: 1, models: 20 }, reasons: [expect.stringContaining('10 of 30')] },
    })
  })

  it('has for each pull the commit that was current after it', async () => {
    const versions = (await list('/v1/admin/pulls')).map(({ seq, version }) => [seq, version?.slice(0, 3)])
    const named = (seq: number) => [seq, 'v1.']
    expect(versions).toEqual([named(4), named(3), named(3), named(2), [undefined, undefined], named(1), named(1)])
  })

  it('returns one of them', async () => {
    const all = await list('/v1/admin/pulls')
    for (const pull of all) expect(await pullOf(pull.id)).toEqual(pull)
  })

  it.each([1, 2, 3, 7, 500])('leads through Link, %i at a time, to the first pull', async (limit) => {
    const seen: number[] = []
    for (let path: string | undefined = `/v1/admin/pulls?limit=${limit}`; path !== undefined; ) {
      const response = await admin(app, 'GET', path)
      path = nextOf(response)
      seen.push(...(await readJson(response, PullRecord.array())).map(({ id }) => id))
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1])
  })

  it.each([
    ['before=3', [2, 1]],
    ['before=1', []],
    ['before=4&limit=2', [3, 2]],
    ['before=99', [7, 6, 5, 4, 3, 2, 1]],
  ])('?%s', async (query, ids) => {
    expect((await list(`/v1/admin/pulls?${query}`)).map(({ id }) => id)).toEqual(ids)
  })

  it.each(['limit=0', 'limit=501', 'limit=x', 'before=-1', 'after=1', 'outcome=held', 'limit=1&limit=1'])(
    '?%s is a bad request',
    async (query) => {
      expect(await readFieldErrors(await admin(app, 'GET', `/v1/admin/pulls?${query}`))).toEqual([query.split('=')[0]])
    },
  )

  it('returns the payload that was sent', async () => {
    for (const [id, rows] of [
      [1, MANY],
      [3, LOST],
      [4, [...MANY, aaRow({ slug: 'new' })]],
    ] as const) {
      const response = await admin(app, 'GET', `/v1/admin/pulls/${id}/payload`)
      expect(response.headers.get('content-type')).toBe('application/json')
      const sent = recordedPull([...rows], { fetchedAt: onDay(id) })
      expect(await response.json()).toEqual({ source: 'artificial-analysis', ...sent })
    }
  })

  it.each(['/v1/admin/pulls', '/v1/admin/pulls/3', '/v1/admin/pulls/3/payload'])(
    '%s is not cached, not for browsers, and needs a token',
    async (path) => {
      const response = await app.send('GET', path, { headers: { ...BEARER, ...CORS, 'if-none-match': '*' } })
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('etag')).toBeNull()
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
      await readProblem(await app.get(path), 'unauthorized')
    },
  )

  it.each(['8', '0', '99999999999999999999', '00000000000000000000000000000009'])('has no pull %s', async (id) => {
    for (const path of [`/v1/admin/pulls/${id}`, `/v1/admin/pulls/${id}/payload`])
      await readProblem(await admin(app, 'GET', path), 'not-found')
    for (const verb of ['accept', 'reject'])
      await readProblem(await admin(app, 'POST', `/v1/admin/pulls/${id}/${verb}`), 'not-found')
  })

  it.each(['x', '-1', '1.5', '1e1', '%20', '1%2F2'])('has no route for the pull %s', async (id) => {
    await readProblem(await admin(app, 'GET', `/v1/admin/pulls/${id}`), 'not-found')
    await readProblem(await admin(app, 'POST', `/v1/admin/pulls/${id}/accept`), 'not-found')
  })
})

describe('a payload', () => {
  beforeEach(resetApp)

  it('is returned with every page and every unknown key', async () => {
    const rows = [aaRow({ slug: 'a', new_fact: { deep: [1, null, 'é'] } }), aaRow({ slug: 'b' }), aaRow({ slug: 'c' })]
    const pull = recordedPull(rows, { fetchedAt: onDay(1), pageSize: 2 })
    await admin(app, 'POST', '/v1/admin/pulls', pull)
    const response = await admin(app, 'GET', '/v1/admin/pulls/1/payload')
    expect(await response.json()).toEqual({ source: 'artificial-analysis', ...pull })
  })

  it('can be sent again, and is recognized', async () => {
    const first = await send(MANY, 1)
    const payload = await (await admin(app, 'GET', '/v1/admin/pulls/1/payload')).text()
    const again = await app.send('POST', '/v1/admin/pulls', { headers: BEARER, body: payload })
    expect(await readJson(again, Outcome)).toEqual(first)
  })

  it('is absent for a pull that failed', async () => {
    await admin(app, 'POST', '/v1/admin/refresh')
    const response = await admin(app, 'GET', '/v1/admin/pulls')
    const pulls = await readJson(response, PullRecord.array())
    for (const { id } of pulls) await readProblem(await admin(app, 'GET', `/v1/admin/pulls/${id}/payload`), 'not-found')
  })
})

describe('a pull that lost too much', () => {
  beforeEach(async () => {
    await resetApp()
    await send(MANY, 1)
  })

  it('is held: its reasons are returned and in the status, and it is not served', async () => {
    const before = await (await app.get('/v1/manifest')).text()
    const outcome = await send(LOST, 2)
    expect(outcome).toEqual({ outcome: 'held', reasons: [expect.stringContaining('10 of 30')] })
    expect(await (await app.get('/v1/manifest')).text()).toBe(before)
    const held = { source: 'artificial-analysis', pull: 2, at: onDay(2), reasons: outcome.reasons }
    expect((await status()).held).toEqual([held])
  })

  it('is released by the next good one', async () => {
    await send(LOST, 2)
    expect(await send(MANY, 3)).toMatchObject({ outcome: 'unchanged' })
    expect((await status()).held).toEqual([])
  })

  it('is accepted on request, and visible immediately', async () => {
    await send(LOST, 2)
    const outcome = await post('/v1/admin/pulls/2/accept')
    expect(outcome).toMatchObject({ outcome: 'committed', seq: 2, changes: { added: 0, removed: 10, changed: 0 } })
    expect(await models()).toBe(20)
    expect(await pullOf(2)).toMatchObject({ outcome: 'committed', version: outcome.version })
    expect((await status()).held).toEqual([])
    await readProblem(await admin(app, 'POST', '/v1/admin/pulls/2/accept'), 'conflict')
    await readProblem(await admin(app, 'POST', '/v1/admin/pulls/2/reject'), 'conflict')
  })

  it('has no effect when it is rejected', async () => {
    await send(LOST, 2)
    expect(await post('/v1/admin/pulls/2/reject')).toMatchObject({ outcome: 'rejected' })
    expect(await models()).toBe(30)
    expect((await status()).held).toEqual([])
    expect(await pullOf(2)).toMatchObject({ outcome: 'rejected', reasons: expect.any(Array) })
  })

  it('cannot be accepted once a later one was accepted', async () => {
    await send(LOST, 2)
    await send(MANY, 3)
    await readProblem(await admin(app, 'POST', '/v1/admin/pulls/2/accept'), 'conflict')
    expect(await models()).toBe(30)
  })

  it('is accepted with ?force=true, which is recorded', async () => {
    expect(await send(LOST, 2, '?force=true')).toMatchObject({ outcome: 'committed' })
    expect(await pullOf(2)).toMatchObject({ outcome: 'committed', forced: true })
  })

  it('is not accepted or rejected without a token, nor with a query', async () => {
    await send(LOST, 2)
    for (const verb of ['accept', 'reject']) {
      await readProblem(await app.send('POST', `/v1/admin/pulls/2/${verb}`), 'unauthorized')
      const response = await admin(app, 'POST', `/v1/admin/pulls/2/${verb}?force=true`)
      expect(await readFieldErrors(response)).toEqual(['force'])
      expect((await admin(app, 'GET', `/v1/admin/pulls/2/${verb}`)).status).toBe(405)
    }
    expect(await pullOf(2)).toMatchObject({ outcome: 'held' })
  })
})

describe('the record of an empty registry', () => {
  it('is empty', async () => {
    await reset()
    const response = await admin(testApp(), 'GET', '/v1/admin/pulls')
    expect([response.status, await response.json(), response.headers.get('link')]).toEqual([200, [], null])
  })
})
