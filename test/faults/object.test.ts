/** Faults of the Durable Object: it is ended at any step, its clock jumps, concurrent calls collide. */
import { runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { realKv } from '../support/faults/breakable-kv.ts'
import { dayOf, rowsOf, type Service, startService } from '../support/faults/service.ts'
import { HOUR, MINUTE, SECOND } from '../support/registry/opened-registry.ts'
import { DAY } from '../support/registry/stored/stored-history.ts'
import { aaPages } from '../support/rows.ts'

let service: Service
beforeEach(async () => {
  service = await startService()
})
afterEach(() => vi.restoreAllMocks())

/** Serves a day, and reports for every page when it is requested and when half of it is read. */
function serveInSteps(day: string, reached: (step: string) => Promise<void>): void {
  const pages = aaPages(rowsOf(day), { pageSize: 1 })
  service.source.answer = async (page) => {
    await reached(`page ${page} is asked for`)
    const bytes = new TextEncoder().encode(JSON.stringify(pages[page - 1]))
    const halves = [bytes.subarray(0, 100), bytes.subarray(100)]
    return new Response(
      new ReadableStream({
        async pull(controller) {
          const half = halves.shift()
          if (halves.length === 0) await reached(`page ${page} is read`)
          if (half) controller.enqueue(half)
          else controller.close()
        },
      }),
    )
  }
}

/** Blocks the first caller that reaches a step until it is released. */
class Stop {
  readonly #step: string
  #hasArrived = false
  readonly #released = Promise.withResolvers<void>()
  readonly release = this.#released.resolve

  constructor(step: string) {
    this.#step = step
  }

  readonly reached = (step: string): Promise<void> => {
    if (step !== this.#step || this.#hasArrived) return Promise.resolve()
    this.#hasArrived = true
    return this.#released.promise
  }

  /** Polls from outside: the object cannot be ended from a callback that it resolves itself. */
  arrived(): Promise<void> {
    return vi.waitFor(() => expect(this.#hasArrived).toBe(true), { interval: 5, timeout: 10_000 })
  }
}

/** Runs a pull and its publishing up to a step, and ends the object there. */
async function crashAt(step: string): Promise<void> {
  const stop = new Stop(step)
  serveInSteps('B', stop.reached)
  service.kv.reached = stop.reached
  const run = service.nextCron().then(() => service.pass(0))
  const ended = run.catch(() => undefined) // it ends with the object
  await stop.arrived()
  await service.crash()
  await ended
}

describe('a Durable Object that is ended', () => {
  const PAGES = [1, 2, 3].flatMap((page) => [`page ${page} is asked for`, `page ${page} is read`])

  it.each(PAGES)('while %s, records the run when it wakes up, and repeats it after 5 minutes', async (step) => {
    await crashAt(step)
    await service.expectServed('A')
    await service.pass(0)
    await service.expectFailure('interrupted', /was interrupted/)
    await service.expectServed('A')
    await service.pass(5 * MINUTE)
    await service.expectServed('B')
    await service.expectRecovery('C')
  })

  it('after the commit, but before the publish, publishes when it wakes up', async () => {
    service.serve('B')
    await service.nextCron()
    expect(dayOf(await service.manifest())).toBe('A')
    await service.crash()
    expect((await service.sourceStatus()).lastPull).toMatchObject({ outcome: 'committed' })
    await service.pass(0)
    expect(await realKv.get('current', 'json')).toMatchObject({ seq: 3 })
    await service.pass(MINUTE)
    await service.expectServed('B')
    await service.expectRecovery('C')
  })

  const WRITES = ['manifest', 'current'].flatMap((key) => [`${key} is written`, `${key} is written, but not confirmed`])

  it.each(WRITES)('while the key %s, publishes again when it wakes up', async (step) => {
    await crashAt(step)
    expect(['A', 'B']).toContain(dayOf(await service.manifest()))
    expect((await service.sourceStatus()).lastPull).toMatchObject({ outcome: 'committed' })
    await service.pass(SECOND)
    await service.pass(MINUTE)
    await service.expectServed('B')
    await service.expectRecovery('C')
  })

  // The platform drops an alarm that failed six times.
  it('and loses its alarm, still publishes and tries again at the next call', async () => {
    service.serve('B')
    await service.nextCron()
    await dropAlarm()
    await service.crash()
    await service.status()
    await service.pass(0)
    await service.pass(MINUTE)
    await service.expectServed('B')
    service.source.refuse(503)
    await service.nextCron()
    await dropAlarm()
    await service.crash()
    await service.status()
    service.serve('C')
    await service.pass(6 * MINUTE)
    await service.expectServed('C')
    await service.expectRecovery('D')
  })
})

const dropAlarm = (): Promise<void> => runInDurableObject(service.object, (_, { storage }) => storage.deleteAlarm())

describe('a clock that jumps back', () => {
  it.each([MINUTE, HOUR, 3 * DAY])('by %d ms, does not stop reads, commits or publishing', async (jump) => {
    service.serve('B')
    await service.nextCron()
    await service.pass(SECOND)
    await service.manifest(service.warm)
    service.now -= jump
    await service.expectServed('B')
    service.serve('C')
    expect((await service.refresh(service.warm)).status).toBe(200)
    await service.pass(2 * SECOND)
    expect(await realKv.get('current', 'json')).toMatchObject({ seq: 4 })
    await service.pass(MINUTE)
    await service.expectServed('C')
    expect((await service.sourceStatus()).lastPull).toMatchObject({ outcome: 'committed', at: expect.any(String) })
    await service.expectRecovery('D')
  })

  it('serves no isolate stale data for longer than a new one', async () => {
    await service.manifest(service.warm)
    service.now -= HOUR
    service.serve('B')
    await service.refresh()
    await service.pass(MINUTE)
    expect(dayOf(await service.manifest(service.warm))).toBe('B')
  })

  it('does not extend a wait that the source asked for beyond a day', async () => {
    service.now += 30 * DAY
    service.source.refuse(429, { 'retry-after': '3600' })
    await service.refresh()
    service.now -= 30 * DAY
    await service.expectServed('A')
    service.source.refuse(503)
    await service.refresh()
    expect(Date.parse((await service.sourceStatus()).nextRun ?? '')).toBe(service.now + 30 * MINUTE)
    await service.expectRecovery()
  })
})

describe('concurrent calls', () => {
  it('two concurrent crons are one run', async () => {
    const stop = new Stop('page 2 is asked for')
    serveInSteps('B', stop.reached)
    const { requests } = service.source
    const crons = [service.nextCron(), stop.arrived().then(() => service.cron())]
    await stop.arrived()
    expect((await service.pulls()).map(({ outcome }) => outcome)).toEqual(['committed'])
    stop.release()
    await Promise.all(crons)
    expect(service.source.requests - requests).toBe(3)
    expect((await service.pulls()).map(({ outcome }) => outcome)).toEqual(['committed', 'committed'])
    await service.pass(MINUTE)
    await service.expectServed('B')
    await service.expectRecovery('C')
  })

  it('an override during a run is served immediately, and is in the commit of the run', async () => {
    const stop = new Stop('page 2 is asked for')
    serveInSteps('B', stop.reached)
    const run = service.nextCron()
    await stop.arrived()
    expect((await service.override('three', { maxOutput: 3 })).status).toBe(200)
    stop.release()
    await run
    await service.pass(MINUTE)
    await service.expectServed('B')
    const { models } = await service.manifest()
    expect(models.find(({ value }) => value === 'three')?.metrics?.maxOutput).toBe(3)
    expect(models.find(({ value }) => value === 'two')?.metrics?.maxOutput).toBe(1000)
    await service.expectRecovery('C')
  })
})
