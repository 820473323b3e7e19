import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fillRegistry } from '../../../scripts/start/fill-registry.ts'
import { RegistryClient } from '../../../src/cli/shared/registry-client.ts'
import { type LocalServer, sendJson, startLocalServer } from '../../support/cli/local-server.ts'

const STATUS = { now: '2026-11-26T12:00:00.000Z', held: [], orphaned: [], warnings: [] }
const CURRENT = { version: 'v1.0123456789ab', seq: 1 }
const ON = { nextRun: '2026-11-27T02:00:00.000Z' }
const FRESH = { ...ON, ageSeconds: 3600 }

let server: LocalServer
/** The status before and after a pull. */
let statuses: object[]
let outcome: { status: number; body: object }
let pulls = 0
beforeAll(async () => {
  server = await startLocalServer((request, response) => {
    if (request.method === 'GET') return sendJson(response, 200, statuses[Math.min(pulls, statuses.length - 1)])
    pulls++
    return sendJson(response, outcome.status, outcome.body)
  })
})
beforeEach(() => {
  pulls = 0
  outcome = { status: 200, body: { outcome: 'committed' } }
})
afterAll(() => server.close())

const fill = (isReachable = true) =>
  fillRegistry(new RegistryClient({ url: server.url, token: 'a-token-of-16-characters' }), {
    mode: 'live',
    isReachable,
  })

describe('fillRegistry()', () => {
  it.each([
    ['was never pulled', { 'models.dev': FRESH, epoch: ON }],
    ['was not confirmed for a day', { 'models.dev': { ...ON, ageSeconds: 86_401 } }],
  ])('pulls if a source %s', async (_, sources) => {
    statuses = [
      { ...STATUS, sources },
      { ...STATUS, ...CURRENT, sources },
    ]
    expect(await fill()).toEqual({ kind: 'pulled', failed: [] })
    expect(pulls).toBe(1)
  })

  it('keeps data from today, even from a source that is disabled now', async () => {
    statuses = [{ ...STATUS, ...CURRENT, sources: { 'models.dev': FRESH, epoch: { ageSeconds: 1e6 } } }]
    expect(await fill()).toEqual({ kind: 'kept' })
    expect(pulls).toBe(0)
  })

  it('asks no source if none can be reached', async () => {
    statuses = [{ ...STATUS, ...CURRENT, sources: { 'models.dev': { ...ON, ageSeconds: 1e6 } } }]
    expect(await fill(false)).toEqual({ kind: 'kept' })
    expect(pulls).toBe(0)
  })

  it('names the sources that failed while others succeeded', async () => {
    statuses = [
      { ...STATUS, sources: { arena: ON } },
      { ...STATUS, ...CURRENT, sources: {} },
    ]
    const sources = { arena: { outcome: 'failed', detail: 'It answered 504' }, epoch: { outcome: 'committed' } }
    outcome.body = { outcome: 'committed', sources }
    expect(await fill()).toEqual({ kind: 'pulled', failed: ['It answered 504'] })
  })

  it('reports why there is no data if every source failed', async () => {
    statuses = [{ ...STATUS, sources: { arena: ON } }]
    outcome = { status: 502, body: { outcome: 'failed', detail: 'No source was pulled' } }
    expect(await fill()).toEqual({ kind: 'not-pulled', reason: 'No source was pulled' })
  })

  it('does nothing to a registry that is meant to be empty', async () => {
    const client = new RegistryClient({ url: server.url })
    expect(await fillRegistry(client, { mode: 'empty', isReachable: true })).toBeUndefined()
  })
})
