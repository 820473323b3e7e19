/** A registry with a little of every kind of data, and the names that a fuzzer may use. */
import { reset } from 'cloudflare:test'
import { expect } from 'vitest'
import * as z from 'zod'
import { admin, hexOf, onDay, readJson, takeDays } from '../http/recorded-answers.ts'
import { type TestApp, testApp } from '../http/registry-app.ts'
import { aaRow, recordedPull } from '../rows.ts'
import { ALLOWED_ORIGINS, type FuzzRequest, type Names } from './any-request.ts'
import { checkAnswer } from './check-answer.ts'
import { type Operation, readOperations } from './operations.ts'

export interface FuzzedApp {
  app: TestApp
  operations: Operation[]
  names: Names
  /** Sends a request and checks what every response promises. */
  ask(request: FuzzRequest): Promise<Response>
  /** The same registry behind another app. */
  on(app: TestApp): FuzzedApp
}

/** Memoized: the document is the same for every registry, and takes long to read. */
let operations: Operation[] | undefined

/** An override has the current time, so no pull from the past is accepted after it. */
export async function fuzzedApp({ isOverridden = false } = {}): Promise<FuzzedApp> {
  await reset()
  const app = testApp({ ALLOWED_ORIGINS })
  const globex = { id: 'globex', name: 'Globex' }
  const rows = await takeDays(
    app,
    [aaRow({ slug: 'one' }), aaRow({ slug: 'Org/Two:free' }), aaRow({ slug: 'gone' })],
    [aaRow({ slug: 'one' }), aaRow({ slug: 'é', name: 'É (x) (y)' }), aaRow({ slug: 'g', model_creator: globex })],
  )
  // A pull without prices is held.
  const lost = recordedPull([aaRow({ slug: 'one', pricing: null })], { fetchedAt: onDay(3) })
  expect(await (await admin(app, 'POST', '/v1/admin/pulls', lost)).json()).toMatchObject({ outcome: 'held' })
  const overrides = [
    { provider: 'acme', value: 'one', set: { iq: 5 }, note: 'because' },
    { provider: 'acme', set: { website: 'https://acme.example/' }, note: 'because' },
  ]
  if (isOverridden) expect((await admin(app, 'POST', '/v1/admin/overrides', overrides)).status).toBe(200)
  const versions = rows.flatMap((row) => [row.version, row.etag, hexOf(row), hexOf(row).slice(0, 8)])
  const times = [onDay(1), '2025-03-01', '2025-03-02T04:00:00+02:00', '2000-01-01', '2999-12-31']
  const parts = await readJson(await app.get('/v1/parts'), z.record(z.string(), z.string()))
  const names = {
    digest: [...Object.values(parts), '0'.repeat(64), 'x'],
    provider: ['acme', 'acme', 'acme', 'globex', 'nowhere'],
    value: ['one', 'one', 'one', 'Org/Two:free', 'é', 'gone', 'g', 'ONE', 'one-latest', 'one/history', 'search'],
    lab: ['acme', 'acme', 'globex', 'nowhere'],
    family: ['acme/one', 'globex/g'],
    model: ['one', 'ONE-latest', 'org/two:free', 'g'],
    q: ['one', 'acme free', 'É'],
    version: versions,
    at: times,
    from: [...versions, ...times],
    to: [...versions, ...times],
    id: ['1', '2', '3', '0', '007', '9'.repeat(20), '9'.repeat(400)],
    part: ['1', '1', '2'],
  }
  operations ??= await readOperations(app)
  return bind(app, operations, names)
}

function bind(app: TestApp, operations: Operation[], names: Names): FuzzedApp {
  const on = (other: TestApp) => bind(other, operations, names)
  return { app, operations, names, on, ask: (request) => ask(app, operations, request) }
}

async function ask(app: TestApp, operations: Operation[], request: FuzzRequest): Promise<Response> {
  const { method, url, headers, body } = request
  const init = body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }
  const response = await app.send(method, url, { headers, ...init })
  await checkAnswer(request, response.clone(), operations)
  return response
}
