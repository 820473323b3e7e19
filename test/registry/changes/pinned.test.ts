import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { HOUR, START, unwrap, withRegistry } from '../../support/registry/opened-registry.ts'
import { ordinaryDay, withoutAThird } from '../../support/registry/recorded/source-days.ts'
import { currentName, named, rollBackTo, sendThree } from '../../support/registry/rolled-back.ts'
import { DAY } from '../../support/registry/stored/stored-history.ts'

afterEach(reset)

describe('while pinned', () => {
  it('an import is recorded and creates no commit', () =>
    withRegistry(async (opened) => {
      sendThree(opened)
      rollBackTo(opened, 1)
      await opened.pass(HOUR)
      const { version } = opened.commits()[0] ?? {}
      expect(opened.send(named('D'))).toMatchObject({ ok: true, value: { outcome: 'pinned', pinned: version } })
      expect([opened.commits().length, currentName(opened)]).toEqual([4, 'A'])
      expect(unwrap(opened.registry.pull(4))).toMatchObject({ outcome: 'pinned', counts: { models: 1 }, version })
      expect(opened.registry.status().sources).toMatchObject({
        'artificial-analysis': { lastPull: { id: 4, outcome: 'pinned' } },
      })
      expect(new TextDecoder().decode(unwrap(opened.registry.payload(4)))).toContain('"D"')
    }))

  it('a live pull is recorded, creates no commit and is not a failure', () =>
    withRegistry(async (opened) => {
      sendThree(opened)
      rollBackTo(opened, 1)
      opened.source.serve(named('D'))
      expect(await opened.registry.runScheduled()).toMatchObject({ ok: true, value: { outcome: 'pinned' } })
      const asked = opened.source.requests
      await opened.pass(6 * HOUR)
      expect([opened.source.requests, opened.commits().length]).toEqual([asked, 4])
    }))

  it('force does not lift the pin', () =>
    withRegistry(async (opened) => {
      sendThree(opened)
      rollBackTo(opened, 1)
      opened.source.serve(named('D'))
      expect(await opened.registry.refresh({ forced: true })).toMatchObject({ value: { outcome: 'pinned' } })
      expect(unwrap(opened.registry.pull(4))).toMatchObject({ outcome: 'pinned', forced: true })
      expect(currentName(opened)).toBe('A')
    }))

  it('a run in progress also creates no commit when it ends', () =>
    withRegistry(async (opened) => {
      sendThree(opened)
      const release = opened.source.hold()
      const run = opened.registry.refresh({})
      expect(rollBackTo(opened, 1)).toMatchObject({ value: { outcome: 'committed' } })
      release(named('D'))
      expect(await run).toMatchObject({ ok: true, value: { outcome: 'pinned' } })
      expect([opened.commits().length, currentName(opened)]).toEqual([4, 'A'])
      opened.registry.liftPin()
      expect(currentName(opened)).toBe('D')
    }))

  it('a change of settings creates no commit', () =>
    withRegistry(async (opened) => {
      sendThree(opened)
      rollBackTo(opened, 1)
      await opened.reopen({ IQ_THRESHOLDS: '1,2,3,4,5' })
      await opened.pass(HOUR)
      expect(opened.commits()).toHaveLength(4)
    }))

  it('a pull that lost too much is held, compared with the last accepted pull and not with the pinned version', () =>
    withRegistry(async (opened) => {
      const rows = ordinaryDay(60)
      opened.send(rows.slice(0, 5), { at: START - 3 * DAY })
      opened.send(rows, { at: START - 2 * DAY })
      rollBackTo(opened, 1)
      await opened.pass(1)
      expect(opened.send(withoutAThird(rows))).toMatchObject({ value: { outcome: 'held' } })
      expect(opened.registry.accept({ id: 3 })).toMatchObject({ ok: true, value: { outcome: 'pinned' } })
      expect(opened.commits()).toHaveLength(3)
      opened.registry.liftPin()
      expect(opened.commits().at(-1)?.counts.models).toBe(40)
    }))

  it('every accepted pull counts for the guard', () =>
    withRegistry(async (opened) => {
      const rows = ordinaryDay(60)
      opened.send(rows, { at: START - 2 * DAY })
      rollBackTo(opened, 1)
      for (const kept of [58, 56, 54, 52]) {
        await opened.pass(1)
        expect(opened.send(rows.slice(0, kept))).toMatchObject({ value: { outcome: 'pinned' } })
      }
    }))
})
