/**
 * Faults of the Durable Object's storage: a commit is stored completely or not at all, and its sender gets an error.
 */
import { runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { OverrideRequest } from '../../src/registry/changes/override-changes.ts'
import type { Registry } from '../../src/registry/registry.ts'
import { realKv } from '../support/faults/breakable-kv.ts'
import { rowsOf, type Service, startService } from '../support/faults/service.ts'
import { readProblem } from '../support/http/problem-body.ts'
import { BEARER } from '../support/http/registry-app.ts'
import { bytesOf, HOUR, MINUTE, SECOND } from '../support/registry/opened-registry.ts'
import { aaPages } from '../support/rows.ts'

let service: Service
beforeEach(async () => {
  service = await startService()
})
afterEach(() => vi.restoreAllMocks())

/** Makes statements fail, counted from now. The returned function stops that, and returns how many were tried. */
function failStatements(sql: SqlStorage, fails: (nth: number, query: string) => boolean): () => number {
  const exec = sql.exec.bind(sql)
  let count = 0
  const spied = vi.spyOn(sql, 'exec').mockImplementation((query, ...args) => {
    if (fails(++count, query)) throw new Error('disk I/O error')
    return exec(query, ...args)
  })
  return () => {
    spied.mockRestore()
    return count
  }
}

/** The same from outside the object, until the test stops it. */
const failWhile = (fails: (query: string) => boolean): Promise<() => number> =>
  runInDurableObject(service.object, (_, { storage }) => failStatements(storage.sql, (_nth, query) => fails(query)))

/** The outcome of a call, or its exception. An exception that leaves the object is printed in the test report. */
async function outcomeOf(call: () => unknown): Promise<PromiseSettledResult<unknown>> {
  const [outcome] = await Promise.allSettled([(async () => call())()])
  return outcome
}

const KNOWLEDGE = [
  'versions',
  'entities',
  'revisions',
  'diffs',
  'creator_providers',
  'overrides',
  'remembered',
  'parts',
  'source_parts',
  'accepted',
  'holds',
]

/** Everything that a commit or a change of overrides may write. */
const knowledgeIn = (sql: SqlStorage): unknown[] =>
  KNOWLEDGE.map((table) => sql.exec(`select * from ${table}`).toArray())

type Write = (registry: Registry, nth: number) => unknown

/** Writes with one statement failing, and returns whether the failure occurred. */
function writeWithFailure(nth: number, write: Write): Promise<boolean> {
  return runInDurableObject(service.object, async (registry: Registry, { storage: { sql } }) => {
    const before = [registry.current()?.seq, knowledgeIn(sql)]
    const stop = failStatements(sql, (count) => count === nth)
    const outcome = await outcomeOf(() => write(registry, nth))
    const hasFailed = stop() >= nth
    const reply = outcome.status === 'rejected' ? outcome.reason.message : outcome.value
    if (hasFailed) expect(reply, `statement ${nth}`).toSatisfy(reportsFailure)
    else expect(reply).toMatchObject({ ok: true })
    const seq = registry.current()?.seq
    if (hasFailed && seq === before[0]) expect([seq, knowledgeIn(sql)], `statement ${nth}`).toEqual(before)
    return hasFailed
  })
}

/** Matches errors of Drizzle or the object, and the failure of an interrupted run. */
const reportsFailure = (reply: unknown): boolean => /I\/O error|Failed query|"internal"/.test(JSON.stringify(reply))

/**
 * Repeats a write, each time with the next statement failing. Calls `then` after each failure. Returns how many failed.
 */
async function failEachStatement(write: Write, then: () => Promise<void> = async () => undefined): Promise<number> {
  for (let nth = 1; ; nth++) {
    service.now += SECOND
    if (!(await writeWithFailure(nth, write))) return nth - 1
    await then()
  }
}

const quietObject = new Proxy(
  {},
  {
    get:
      (_, method) =>
      (...args: unknown[]) =>
        callQuietly(method, args),
  },
)
const quiet = { REGISTRY_DO: { getByName: () => quietObject } }

async function callQuietly(method: string | symbol, args: unknown[]): Promise<unknown> {
  const outcome = await runInDurableObject(service.object, (registry) =>
    outcomeOf(() => Reflect.get(registry, method).apply(registry, args)),
  )
  if (outcome.status === 'rejected') throw outcome.reason
  return outcome.value
}

const importing = (day: string): Uint8Array =>
  bytesOf({ fetchedAt: new Date(service.now).toISOString(), pages: aaPages(rowsOf(day)) })

const overriding = (maxOutput: number): OverrideRequest => {
  const target = { provider: 'acme', value: 'three' }
  const override = { ...target, set: { metrics: { maxOutput } }, note: 'why' }
  return { changes: [{ ...target, override }], by: 'root', dryRun: false }
}

describe('a storage that fails', () => {
  it('at any statement of a run stores all of it or nothing, and the run is recorded and repeated', async () => {
    const run: Write = (registry, nth) => {
      service.serve(`Day ${nth}`)
      return registry.refresh({})
    }
    const statements = await failEachStatement(run, async () => {
      await service.pass(0)
      await service.expectFailure('interrupted', /was interrupted/)
    })
    expect(statements).toBeGreaterThan(20)
    await service.expectRecovery()
  })

  it.each<[what: string, write: Write]>([
    ['an import', (registry, nth) => registry.importPull(importing(`Day ${nth}`), false)],
    ['an override', (registry, nth) => registry.changeOverrides(overriding(nth))],
  ])('at any statement of %s stores all of it or nothing, and the sender gets an error', async (_, write) => {
    expect(await failEachStatement(write)).toBeGreaterThan(20)
    await service.expectRecovery()
  })

  it('after a commit, before its publishing is scheduled, still publishes it when the object wakes up', async () => {
    const stop = await failWhile((query) => /insert into "jobs"/.test(query))
    const send = service.isolate(quiet).send('POST', '/v1/admin/pulls', { headers: BEARER, body: importing('B') })
    await readProblem(await send, 'internal')
    stop()
    await service.pass(MINUTE)
    expect(await realKv.get('current', 'json')).toMatchObject({ seq: 2 })
    await service.crash()
    expect(await service.status()).toMatchObject({ seq: 3 })
    expect((await service.sourceStatus()).lastPull).toMatchObject({ outcome: 'committed' })
    await service.pass(MINUTE)
    await service.expectServed('B')
    await service.expectRecovery('C')
  })

  it('in a retry delays the next one by the backoff', async () => {
    service.source.refuse(503)
    await service.nextCron()
    service.serve('B')
    const stop = await failWhile((query) => /insert into "versions"/.test(query))
    await service.pass(6 * MINUTE)
    await service.expectFailure('interrupted', /was interrupted/)
    const { requests } = service.source
    await service.pass(28 * MINUTE)
    expect(service.source.requests).toBe(requests)
    await service.expectServed('A')
    stop()
    await service.pass(2 * MINUTE)
    await service.expectServed('B')
    await service.expectRecovery('C')
  })

  it('at every statement does not stop reads of the current version, and the next run recovers', async () => {
    service.serve('B')
    await service.pass(HOUR)
    const stop = await failWhile(() => true)
    await readProblem(await service.refresh(service.isolate(quiet)), 'internal')
    await readProblem(await service.isolate(quiet).get('/v1/status'), 'internal')
    await service.expectServed('A')
    stop()
    await service.expectRecovery()
  })
})
