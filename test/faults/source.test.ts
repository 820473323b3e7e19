/**
 * Faults of Artificial Analysis (AA): whatever it returns, the last good manifest is served and the failure is
 * reported.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MAX_PULL_BYTES } from '../../src/sources/artificial-analysis/fetch-pages.ts'
import { rowsOf, type Service, startService } from '../support/faults/service.ts'
import { HOUR, MINUTE } from '../support/registry/opened-registry.ts'
import { ordinaryDay } from '../support/registry/recorded/source-days.ts'
import { DAY } from '../support/registry/stored/stored-history.ts'
import { aaPages, aaRow, type Facts } from '../support/rows.ts'

let service: Service
beforeEach(async () => {
  service = await startService()
})
afterEach(() => vi.restoreAllMocks())

const NEW_DAY = aaPages(rowsOf('B'), { pageSize: 1 })
const pageOf = (pages: readonly Facts[], number: number): Response => Response.json(pages[number - 1])
const textOf = (page: Facts | undefined): Uint8Array => new TextEncoder().encode(JSON.stringify(page))

/** A body that ends half-way, with an error or as if it were complete. */
function cutBody(page: Facts | undefined, error?: Error): ReadableStream {
  const half = textOf(page).subarray(0, 100)
  return new ReadableStream({
    start: (controller) => controller.enqueue(half),
    pull: (controller) => (error ? controller.error(error) : controller.close()),
  })
}

const withInvalid = ordinaryDay(300).map((row, index) => (index % 100 === 50 ? { ...row, slug: '..' } : row))

describe('while Artificial Analysis', () => {
  it.each<[fault: string, answer: (page: number) => Response | Promise<Response>, code: string, hint: RegExp]>([
    ['refuses connections', () => Promise.reject(new TypeError('Connection refused')), 'network', /refused/],
    ['answers 503', () => new Response('no', { status: 503 }), 'unavailable', /503/],
    [
      'breaks off in the middle of a page',
      (page) => (page < 3 ? pageOf(NEW_DAY, page) : new Response(cutBody(NEW_DAY[2], new Error('reset by peer')))),
      'network',
      /page 3: reset by peer/,
    ],
    [
      'truncates a page',
      (page) => (page < 2 ? pageOf(NEW_DAY, page) : new Response(cutBody(NEW_DAY[1]))),
      'invalid',
      /page 2 is not JSON/,
    ],
    [
      'answers HTML with 200',
      () => new Response('<!doctype html><title>Sign in</title>', { headers: { 'content-type': 'text/html' } }),
      'invalid',
      /HTML/,
    ],
    [
      'mixes in a page of another index',
      (page) => pageOf(page === 2 ? aaPages(rowsOf('C'), { pageSize: 1, indexVersion: 5 }) : NEW_DAY, page),
      'inconsistent',
      /page 2 has index version 5/,
    ],
    [
      'changes its number of pages while they are read',
      (page) =>
        pageOf(page === 2 ? aaPages([...rowsOf('C'), aaRow({ slug: 'four' })], { pageSize: 1 }) : NEW_DAY, page),
      'inconsistent',
      /page 2 counts 4 pages/,
    ],
    ['returns the same page for every number', () => pageOf(NEW_DAY, 1), 'inconsistent', /page 2 has page number 1/],
    [
      'has 1 % of rows that are invalid',
      (page) => pageOf(aaPages(withInvalid), page),
      'invalid',
      /page 1: data\.50\.slug/,
    ],
  ])(
    '%s, the last good manifest is served, and the failure is shown and the pull is tried again',
    async (_, answer, code, hint) => {
      service.source.answer = answer
      await service.nextCron()
      await service.expectServed('A')
      await service.expectFailure(code, hint)
      expect(Date.parse((await service.sourceStatus()).nextRun ?? '')).toBe(service.now + 5 * MINUTE)
      await service.pass(HOUR)
      expect((await service.pulls()).filter(({ outcome }) => outcome === 'failed')).toHaveLength(3)
      await service.expectRecovery()
    },
  )

  it.each<[fault: string, answer: (aborted: Promise<never>) => Response | Promise<Response>]>([
    ['never responds', (aborted) => aborted],
    ['never ends its response', (aborted) => new Response(new ReadableStream({ pull: () => aborted }))],
  ])('%s, the pull is aborted after 30 s and tried again', async (_, answer) => {
    const set = globalThis.setTimeout
    const spied = vi
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation((work, wait) => set(work, wait === 30_000 ? 5 : wait))
    service.source.answer = (_page, { signal }) => answer(untilAborted(signal))
    await service.nextCron()
    await service.expectServed('A')
    await service.expectFailure('timeout', /page 1 took longer than 30 s/)
    spied.mockRestore()
    await service.expectRecovery()
  })

  it('answers 429 all day, it gets four requests, none of them before its Retry-After', async () => {
    const asked: number[] = []
    service.source.answer = () => {
      asked.push(service.now)
      return new Response('', { status: 429, headers: { 'retry-after': '3600' } })
    }
    await service.nextCron()
    const start = service.now
    await service.expectFailure('rate-limited', /429.*3600 s/)
    await service.pass(DAY - 1)
    expect(asked.map((at) => at - start)).toEqual([0, HOUR, 2 * HOUR, 4 * HOUR])
    await service.expectServed('A')
    expect((await service.sourceStatus()).lastPull).toMatchObject({ code: 'rate-limited' })
    await service.pass(1)
    await service.expectRecovery()
  })

  it('asks for a wait beyond the next cron, that cron respects it, and the status has the next run', async () => {
    service.source.refuse(429, { 'retry-after': String(20 * 3600) })
    await service.pass(HOUR)
    await service.refresh()
    const until = service.now + 20 * HOUR
    const { requests } = service.source
    await service.nextCron()
    expect(service.source.requests).toBe(requests)
    await service.expectServed('A')
    expect(Date.parse((await service.sourceStatus()).nextRun ?? '')).toBe(until)
    service.serve('B')
    await service.pass(20 * HOUR)
    await service.expectServed('B')
    await service.expectRecovery('C')
  })

  it('has 200,000 rows on 1,000 pages, it gets one request', async () => {
    const [first] = aaPages(ordinaryDay(200))
    const { requests } = service.source
    service.source.answer = () =>
      Response.json({ ...first, pagination: { page: 1, page_size: 200, total_pages: 1000, has_more: true } })
    await service.nextCron()
    expect(service.source.requests).toBe(requests + 1)
    await service.expectServed('A')
    await service.expectFailure('too-large', /more than 40 pages: it has 1000/)
    await service.expectRecovery()
  })

  it('has 200,000 rows on one page, at most 20 MB are read', async () => {
    const rows = textOf({ rows: ordinaryDay(100) })
    let sent = 0
    service.source.answer = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            sent += rows.byteLength
            if (sent > 2000 * rows.byteLength) controller.close()
            else controller.enqueue(rows)
          },
        }),
      )
    await service.nextCron()
    expect(sent).toBeLessThan(MAX_PULL_BYTES + 3 * rows.byteLength)
    await service.expectServed('A')
    await service.expectFailure('too-large', /exceed 20 MB/)
    await service.expectRecovery()
  })
})

function untilAborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('aborted')))
  })
}
