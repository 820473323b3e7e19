/** Faults during a backfill: the sender repeats requests without a response, and no day is lost or replayed twice. */
import { abortAllDurableObjects, reset, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BEARER, configureObject, type TestApp, testApp } from '../support/http/registry-app.ts'
import { backfillDay, firstDelta, priceDay } from '../support/sources/models-dev-deltas.ts'

const DAYS = [
  backfillDay('2025-06-04T22:41:51.000Z', firstDelta()),
  priceDay('2025-06-05T20:31:32.000Z', 3),
  priceDay('2025-06-06T20:31:32.000Z', 4),
]

let app: TestApp
beforeEach(async () => {
  await reset()
  await configureObject({ MODELS_DEV_URL: 'https://models.example/api.json' })
  app = testApp()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => vi.restoreAllMocks())
afterAll(() => configureObject({ MODELS_DEV_URL: '' }))

const send = (days: unknown[]): Promise<Response> =>
  app.send('POST', '/v1/admin/backfill', { headers: BEARER, body: JSON.stringify({ days }) })

async function versions(): Promise<string[]> {
  const rows: { version: string }[] = await (await testApp().get('/v1/versions')).json()
  return rows.map(({ version }) => version)
}

/** Expects the same history as without a fault. */
async function expectWhole(): Promise<void> {
  const found = await versions()
  await reset()
  await configureObject({ MODELS_DEV_URL: 'https://models.example/api.json' })
  app = testApp()
  expect((await send(DAYS)).status).toBe(200)
  expect(found).toEqual(await versions())
  expect(found).toHaveLength(DAYS.length)
}

describe('a backfill', () => {
  it('continues after the object was ended between two parts', async () => {
    expect((await send(DAYS.slice(0, 1))).status).toBe(200)
    await abortAllDurableObjects()
    app = testApp()
    expect((await send(DAYS.slice(1))).status).toBe(200)
    await expectWhole()
  })

  it('replays no day twice if a response is lost and its part is sent again', async () => {
    expect((await send(DAYS.slice(0, 2))).status).toBe(200)
    expect((await send(DAYS)).status).toBe(200)
    await expectWhole()
  })

  it('replays no part of a day if the storage fails, and continues from there', async () => {
    await runInDurableObject(env.REGISTRY_DO.getByName('registry'), (_, { storage }) => {
      const exec = storage.sql.exec.bind(storage.sql)
      let statements = 0
      vi.spyOn(storage.sql, 'exec').mockImplementation((...args: Parameters<typeof exec>) => {
        if (++statements === FAILING) throw new Error('disk I/O error')
        return exec(...args)
      })
    })
    expect((await send(DAYS)).status).toBe(500)
    vi.restoreAllMocks()
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    await abortAllDurableObjects()
    app = testApp()
    expect((await send(DAYS)).status).toBe(200)
    await expectWhole()
  })
})

/** In the middle of the second day. */
const FAILING = 60
