import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import {
  HOUR,
  MINUTE,
  type OpenedRegistry,
  SECOND,
  START,
  withRegistry,
} from '../../support/registry/opened-registry.ts'
import { aaRow } from '../../support/rows.ts'

afterEach(reset)

/** START is at 12:01, and the cron runs at 02:00. */
const NEXT_CRON = START - MINUTE + 14 * HOUR

const nextRun = ({ registry }: OpenedRegistry) =>
  Date.parse(registry.status().sources['artificial-analysis']?.nextRun ?? '')

/** Expects no request up to the last millisecond, and a request after it. */
async function expectRetryAfter(opened: OpenedRegistry, milliseconds: number): Promise<void> {
  const asked = opened.source.requests
  expect(nextRun(opened)).toBe(opened.clock.now + milliseconds)
  await opened.pass(milliseconds - 1)
  expect(opened.source.requests).toBe(asked)
  await opened.pass(1)
  expect(opened.source.requests).toBe(asked + 1)
}

async function expectNoRetry(opened: OpenedRegistry): Promise<void> {
  const asked = opened.source.requests
  await opened.pass(3 * 24 * HOUR)
  expect(opened.source.requests).toBe(asked)
}

describe('after a failed pull', () => {
  it('retries after 5 minutes, 30 minutes and 2 hours, then leaves it to the next cron', () =>
    withRegistry(async (opened) => {
      opened.source.refuse(503)
      await opened.registry.runScheduled()
      for (const delay of [5 * MINUTE, 30 * MINUTE, 2 * HOUR]) await expectRetryAfter(opened, delay)
      expect(nextRun(opened)).toBe(NEXT_CRON)
      await expectNoRetry(opened)
      expect(opened.outcomes()).toEqual(Array(4).fill('unavailable'))
    }))

  it('ends when a retry succeeds', () =>
    withRegistry(async (opened) => {
      opened.source.refuse(503)
      await opened.registry.runScheduled()
      opened.source.serve()
      await expectRetryAfter(opened, 5 * MINUTE)
      expect(opened.outcomes()).toEqual(['unavailable', 'committed'])
      expect(nextRun(opened)).toBe(NEXT_CRON)
      await expectNoRetry(opened)
    }))

  it('counts from one again after a success', () =>
    withRegistry(async (opened) => {
      opened.source.refuse(503)
      await opened.registry.refresh({})
      await expectRetryAfter(opened, 5 * MINUTE)
      opened.source.serve()
      await opened.registry.refresh({})
      opened.source.refuse(503)
      await opened.registry.refresh({})
      await expectRetryAfter(opened, 5 * MINUTE)
    }))

  it('counts from one again with every cron', () =>
    withRegistry(async (opened) => {
      opened.source.refuse(503)
      for (let failure = 0; failure < 6; failure++) await opened.registry.refresh({})
      expect(nextRun(opened)).toBe(NEXT_CRON)
      await opened.pass(NEXT_CRON - opened.clock.now)
      await opened.registry.runScheduled()
      await expectRetryAfter(opened, 5 * MINUTE)
    }))

  it('leaves a retry to the next cron if the cron comes first', () =>
    withRegistry(async (opened) => {
      opened.source.refuse(503)
      await opened.pass(NEXT_CRON - opened.clock.now - 4 * MINUTE)
      await opened.registry.refresh({})
      expect(nextRun(opened)).toBe(NEXT_CRON)
      await expectNoRetry(opened)
    }))

  it('keeps its retry across an eviction', () =>
    withRegistry(async (opened) => {
      opened.source.refuse(503)
      await opened.registry.runScheduled()
      await opened.pass(MINUTE)
      await opened.reopen()
      await expectRetryAfter(opened, 4 * MINUTE)
      await opened.reopen()
      await expectRetryAfter(opened, 30 * MINUTE)
    }))

  it('drops the retry if an operator pulls successfully before it', () =>
    withRegistry(async (opened) => {
      opened.source.refuse(503)
      await opened.registry.runScheduled()
      opened.source.serve()
      await opened.pass(MINUTE)
      expect(await opened.registry.refresh({})).toMatchObject({ ok: true })
      await expectNoRetry(opened)
    }))
})

describe('Retry-After', () => {
  it('postpones a retry, but never makes it earlier', () =>
    withRegistry(async (opened) => {
      opened.source.refuse(429, { 'retry-after': '3600' })
      await opened.registry.runScheduled()
      opened.source.refuse(429, { 'retry-after': '1' })
      await expectRetryAfter(opened, HOUR)
      await expectRetryAfter(opened, 30 * MINUTE)
    }))

  it('is respected by the first read of an empty registry, even after the next cron and an eviction', () =>
    withRegistry(async (opened) => {
      opened.source.refuse(429, { 'retry-after': String(20 * 3600) })
      await opened.registry.refresh({})
      await opened.reopen()
      await opened.pass(20 * HOUR - 1)
      opened.registry.fill()
      expect(opened.source.requests).toBe(1)
      await opened.pass(1)
      opened.registry.fill()
      expect(opened.source.requests).toBe(2)
    }))

  it('is respected by a retry that was due while another job was running', () => {
    const release = Promise.withResolvers<void>()
    return withRegistry(
      async (opened) => {
        opened.source.refuse(503)
        await opened.registry.runScheduled()
        opened.send([aaRow({ name: 'imported' })])
        opened.clock.now += 5 * MINUTE
        // Publishing and the retry are due. While KV is slow, an operator gets a Retry-After.
        const alarm = opened.registry.alarm()
        opened.source.refuse(429, { 'retry-after': '3600' })
        await opened.registry.refresh({})
        expect(opened.outcomes()).toEqual(['unavailable', 'committed', 'rate-limited'])
        release.resolve()
        await alarm
        expect(opened.outcomes()).toEqual(['unavailable', 'committed', 'rate-limited'])
        await expectRetryAfter(opened, HOUR)
      },
      { kv: { put: () => release.promise } },
    )
  })
})

describe('the quota', () => {
  const quota = (remaining: number, resetAt: number) => ({
    headers: { 'x-ratelimit-remaining': String(remaining), 'x-ratelimit-reset': String(resetAt / SECOND) },
  })
  const RESET = START + 3 * HOUR
  const rows = [aaRow({ slug: 'a' }), aaRow({ slug: 'b' })]

  it('stops a pull that needs more than the remaining quota, until the quota is renewed', () =>
    withRegistry(async (opened) => {
      opened.source.serve(rows, { pageSize: 1, ...quota(1, RESET) })
      await opened.registry.refresh({})
      expect(await opened.registry.runScheduled()).toMatchObject({ failure: { reason: 'rate-limited' } })
      expect(opened.source.requests).toBe(2)
      expect(opened.pulls()[1]?.detail).toContain('1 more request')
      expect(nextRun(opened)).toBe(RESET)
      await opened.pass(3 * HOUR)
      expect(opened.outcomes()).toEqual(['committed', 'rate-limited', 'unchanged'])
    }))

  it('does not stop a pull if it is sufficient', () =>
    withRegistry(async (opened) => {
      opened.source.serve(rows, { pageSize: 1, ...quota(2, RESET) })
      await opened.registry.refresh({})
      expect(await opened.registry.runScheduled()).toMatchObject({ ok: true })
    }))

  it('does not stop an operator', () =>
    withRegistry(async (opened) => {
      opened.source.serve(rows, quota(0, RESET))
      await opened.registry.refresh({})
      expect(await opened.registry.refresh({})).toMatchObject({ ok: true })
    }))

  it('is forgotten when the source no longer states it', () =>
    withRegistry(async (opened) => {
      opened.source.serve(rows, quota(0, RESET))
      await opened.registry.refresh({})
      opened.source.serve(rows)
      await opened.registry.refresh({})
      expect(await opened.registry.runScheduled()).toMatchObject({ ok: true })
    }))

  it('does not make a cron continue the failures of the day before', () =>
    withRegistry(async (opened) => {
      opened.source.serve(rows, quota(0, NEXT_CRON + HOUR))
      await opened.registry.refresh({})
      opened.source.refuse(503, quota(0, NEXT_CRON + HOUR).headers)
      for (let failure = 0; failure < 4; failure++) await opened.registry.refresh({})
      await opened.pass(NEXT_CRON - opened.clock.now)
      expect(await opened.registry.runScheduled()).toMatchObject({ failure: { reason: 'rate-limited' } })
      expect(nextRun(opened)).toBe(NEXT_CRON + HOUR)
    }))
})
