import { reset } from 'cloudflare:test'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { BackfillOutcome, BackfillState } from '../../../../src/registry/changes/recorded/backfill.ts'
import { readFieldErrors, readProblem } from '../../../support/http/problem-body.ts'
import { BEARER, configureObject, testApp } from '../../../support/http/registry-app.ts'
import { backfillDay, firstDelta, priceDay } from '../../../support/sources/models-dev-deltas.ts'

const PATH = '/v1/admin/backfill'
const DAY_1 = '2025-06-04T22:41:51.000Z'
const DAY_2 = '2025-06-05T20:31:32.000Z'
const DAYS = [backfillDay(DAY_1, firstDelta()), priceDay(DAY_2, 3)]

let app = testApp()
const send = (body: unknown): Promise<Response> =>
  app.send('POST', PATH, { headers: BEARER, body: typeof body === 'string' ? body : JSON.stringify(body) })
const readState = async () => BackfillState.strict().parse(await (await app.get(PATH, BEARER)).json())

beforeEach(async () => {
  await reset()
  await configureObject({ MODELS_DEV_URL: 'https://models.example/api.json' })
  app = testApp()
})
afterAll(() => configureObject({ MODELS_DEV_URL: '' }))

describe('/v1/admin/backfill', () => {
  it('accepts days and reports how far the backfill is', async () => {
    expect(await readState()).toEqual({ commits: 0 })
    const response = await send({ days: DAYS })
    expect(response.status, await response.clone().text()).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const outcome = BackfillOutcome.strict().parse(await response.json())
    expect(outcome).toMatchObject({ outcome: 'committed', seq: 2, lastAt: DAY_2, commits: 2 })
    expect(await readState()).toEqual({ lastAt: DAY_2, commits: 2 })
  })

  it('can be read immediately, also as of the replayed moments', async () => {
    await send({ days: DAYS })
    const inputAt = async (query: string) =>
      ((await (await app.get(`/v1/models/acme/one${query}`)).json()) as { pricing: { input: number } }).pricing.input
    expect(await inputAt('')).toBe(3)
    expect(await inputAt('?at=2025-06-04')).toBe(1)
  })

  it('refuses days in the wrong order', async () => {
    const response = await send({ days: DAYS.toReversed() })
    expect(response.status).toBe(400)
    expect(await readFieldErrors(response)).toEqual(['days.1.at'])
  })

  it('refuses a body of more than 8 MB', async () => {
    const response = await send(' '.repeat(8_000_001))
    expect(response.status).toBe(413)
    await readProblem(response, 'too-large')
  })

  it('needs the token', async () => {
    expect((await app.get(PATH)).status).toBe(401)
    expect((await app.send('POST', PATH, { body: '{}' })).status).toBe(401)
  })
})
