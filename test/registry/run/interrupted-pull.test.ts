import { evictDurableObject, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { putState } from '../../../src/registry/store/state.ts'
import { HOUR, MINUTE, START, withRegistry } from '../../support/registry/opened-registry.ts'
import { withDatabase } from '../../support/registry/stored/stored-history.ts'

afterEach(reset)

describe('a pull that is interrupted', () => {
  it('is recorded when the object wakes up, and tried again', () =>
    withRegistry(async (opened) => {
      opened.source.hold()
      void opened.registry.runScheduled()
      await opened.pass(MINUTE)
      await opened.reopen()
      await opened.pass(0)
      expect(opened.outcomes()).toEqual(['interrupted'])
      opened.source.serve()
      await opened.pass(5 * MINUTE - 1)
      expect(opened.outcomes()).toEqual(['interrupted'])
      await opened.pass(1)
      expect(opened.outcomes()).toEqual(['interrupted', 'committed'])
    }))

  it('is noticed even if only the watchdog wakes the object up', () =>
    withRegistry(async (opened) => {
      opened.source.hold()
      void opened.registry.runScheduled()
      expect(await opened.storage.getAlarm()).toBe(START + 15 * MINUTE)
    }))

  it('leaves no trace if it ends normally', () =>
    withRegistry(async (opened) => {
      const release = opened.source.hold()
      const run = opened.registry.runScheduled()
      release()
      await run
      await opened.reopen()
      await opened.pass(HOUR)
      expect(opened.outcomes()).toEqual(['committed'])
    }))

  it('is not mistaken for dead while it runs', () =>
    withRegistry(async (opened) => {
      const release = opened.source.hold()
      const run = opened.registry.runScheduled()
      await opened.pass(20 * MINUTE)
      release()
      await run
      expect(opened.outcomes()).toEqual(['committed'])
    }))

  it('is also noticed if it ran for longer than the watchdog waits', () =>
    withRegistry(async (opened) => {
      opened.source.hold()
      void opened.registry.runScheduled()
      await opened.pass(20 * MINUTE)
      await opened.reopen()
      await opened.pass(0)
      expect(opened.outcomes()).toEqual(['interrupted'])
    }))

  it('is recorded even if an operator starts the next one before the watchdog', () =>
    withRegistry(async (opened) => {
      opened.source.hold()
      void opened.registry.runScheduled()
      await opened.reopen()
      opened.source.serve()
      await opened.registry.refresh({})
      expect(opened.outcomes()).toEqual(['interrupted', 'committed'])
    }))

  it('is noticed by the real object and its real alarm', async () => {
    const stub = env.REGISTRY_DO.getByName('registry')
    const hourAhead = Date.now() + HOUR
    await withDatabase((db) => {
      db.sql.exec(`insert into jobs values ('watchdog', ?)`, hourAhead)
      putState(db, 'pulling', ['artificial-analysis'])
    })
    await evictDurableObject(stub)
    await vi.waitFor(async () => {
      expect((await stub.status()).sources['artificial-analysis']?.lastPull).toMatchObject({
        outcome: 'failed',
        code: 'interrupted',
      })
    })
  })
})
