import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it } from 'vitest'
import { HOUR, MINUTE, START, withRegistry } from '../../support/registry/opened-registry.ts'
import { ordinaryDay, withoutAThird } from '../../support/registry/recorded/source-days.ts'
import { currentName, named, rollBackTo, sendThree } from '../../support/registry/rolled-back.ts'
import { DAY } from '../../support/registry/stored/stored-history.ts'
import { expectWholeHistory } from '../../support/registry/stored/whole-history.ts'
import { aaRow } from '../../support/rows.ts'

afterEach(reset)

describe('rollBack()', () => {
  it('makes a past catalogue current again, as a new commit of its first version', () =>
    withRegistry(async (opened) => {
      sendThree(opened)
      const outcome = rollBackTo(opened, 1)
      const [first, , third, fourth] = opened.commits()
      expect(outcome).toEqual({
        ok: true,
        value: {
          ...{ outcome: 'committed', version: first?.version, seq: 4, pinned: first?.version },
          changes: { added: 0, removed: 0, changed: 1 },
        },
      })
      expect(fourth).toMatchObject({
        ...{ version: first?.version, etag: first?.etag, generatedAt: first?.generatedAt },
        ...{ cause: 'rollback', previous: third?.version, committedAt: new Date(START).toISOString() },
      })
      expect(opened.manifest(4)).toEqual(opened.manifest(1))
      expectWholeHistory(opened)
    }))

  it('is shown in the status, with its time and reason', () =>
    withRegistry(async (opened) => {
      sendThree(opened)
      rollBackTo(opened, 2, 'Prices of C are wrong')
      await opened.reopen()
      const version = opened.commits()[1]?.version
      expect(opened.registry.status()).toMatchObject({
        ...{ version, seq: 4 },
        pinned: { version, since: new Date(START).toISOString(), reason: 'Prices of C are wrong' },
      })
    }))

  it('publishes the commit it created', () =>
    withRegistry(async (opened) => {
      sendThree(opened)
      await opened.pass(MINUTE)
      rollBackTo(opened, 1)
      await opened.pass(MINUTE)
      const current = { seq: 4, version: opened.commits()[0]?.version }
      expect(await env.REGISTRY.get('current', 'json')).toMatchObject(current)
      expect(await env.REGISTRY.get('manifest', 'json')).toEqual(opened.manifest(1))
    }))

  it('to the current version creates no commit, but pins it', () =>
    withRegistry(async (opened) => {
      sendThree(opened)
      const { version } = opened.registry.current() ?? {}
      expect(rollBackTo(opened, 3)).toEqual({
        ok: true,
        value: { outcome: 'unchanged', version, seq: 3, pinned: version },
      })
      expect(opened.commits()).toHaveLength(3)
      expect(opened.registry.status().pinned).toMatchObject({ version })
      expect(opened.send(named('D'))).toMatchObject({ value: { outcome: 'pinned' } })
    }))

  it('moves a pin', () =>
    withRegistry(async (opened) => {
      sendThree(opened)
      rollBackTo(opened, 1)
      await opened.pass(HOUR)
      rollBackTo(opened, 2, 'B after all')
      expect(currentName(opened)).toBe('B')
      const since = new Date(START + HOUR).toISOString()
      expect(opened.registry.status().pinned).toEqual({
        version: opened.commits()[1]?.version,
        since,
        reason: 'B after all',
      })
      expectWholeHistory(opened)
    }))

  it('restores what was removed since, and removes what was added', () =>
    withRegistry(async (opened) => {
      opened.send([aaRow({ slug: 'a' }), aaRow({ slug: 'b' })], { at: START - 2 * DAY })
      opened.send([aaRow({ slug: 'b' }), aaRow({ slug: 'c' })], { at: START - DAY })
      expect(rollBackTo(opened, 1)).toMatchObject({ value: { changes: { added: 1, removed: 1, changed: 0 } } })
      expect(opened.manifest(3)).toEqual(opened.manifest(1))
    }))

  it('finds no version that never existed, and pins nothing', () =>
    withRegistry(async (opened) => {
      sendThree(opened)
      const refused = opened.registry.rollBack({ by: 'version', hex: '0'.repeat(32) }, 'why')
      expect(refused).toMatchObject({ ok: false, failure: { code: 'not-found' } })
      expect(opened.registry.status()).not.toHaveProperty('pinned')
    }))
})

describe('liftPin()', () => {
  it('builds the newest accepted pull, as a new commit', () =>
    withRegistry(async (opened) => {
      sendThree(opened)
      rollBackTo(opened, 1)
      for (const name of ['D', 'E']) {
        await opened.pass(HOUR)
        opened.send(named(name))
      }
      await opened.pass(HOUR)
      const outcome = opened.registry.liftPin()
      const commit = opened.commits()[4]
      expect(outcome).toEqual({
        ok: true,
        value: {
          outcome: 'committed',
          version: commit?.version,
          seq: 5,
          changes: { added: 0, removed: 0, changed: 1 },
        },
      })
      expect(commit).toMatchObject({ cause: 'rebuild', committedAt: new Date(START + 3 * HOUR).toISOString() })
      expect(currentName(opened)).toBe('E')
      expect(opened.registry.status()).not.toHaveProperty('pinned')
      expectWholeHistory(opened)
    }))

  it('returns to the previous version if nothing was accepted meanwhile', () =>
    withRegistry(async (opened) => {
      sendThree(opened)
      rollBackTo(opened, 1)
      await opened.pass(HOUR)
      opened.registry.liftPin()
      const [, , third, , fifth] = opened.commits()
      expect(fifth).toMatchObject({ version: third?.version, generatedAt: third?.generatedAt, cause: 'rebuild' })
    }))

  it('creates no commit if the pinned version equals the new build', () =>
    withRegistry(async (opened) => {
      sendThree(opened)
      rollBackTo(opened, 3)
      const { version } = opened.registry.current() ?? {}
      expect(opened.registry.liftPin()).toEqual({ ok: true, value: { outcome: 'unchanged', version, seq: 3 } })
      expect(opened.registry.status()).not.toHaveProperty('pinned')
    }))

  it('does not commit a held pull', () =>
    withRegistry(async (opened) => {
      const rows = ordinaryDay(30)
      opened.send(rows, { at: START - 2 * DAY })
      opened.send([...rows, aaRow()], { at: START - DAY })
      rollBackTo(opened, 1)
      await opened.pass(1)
      opened.send(withoutAThird(rows))
      opened.registry.liftPin()
      expect(opened.commits().at(-1)?.counts.models).toBe(31)
      expect(opened.registry.status().held).toMatchObject([{ pull: 3 }])
    }))

  it('builds with the current settings', () =>
    withRegistry(async (opened) => {
      sendThree(opened)
      rollBackTo(opened, 1)
      await opened.reopen({ IQ_THRESHOLDS: '1,2,3,4,5' })
      opened.registry.liftPin()
      expect(opened.manifest(5).models).toMatchObject([{ name: 'C', iq: 5 }])
      await opened.pass(HOUR)
      expect(opened.commits().map(({ cause }) => cause)).toEqual(['import', 'import', 'import', 'rollback', 'rebuild'])
    }))

  it('allows pulls to commit again', () =>
    withRegistry(async (opened) => {
      sendThree(opened)
      rollBackTo(opened, 1)
      opened.registry.liftPin()
      await opened.pass(HOUR)
      expect(opened.send(named('D'))).toMatchObject({ value: { outcome: 'committed', seq: 6 } })
      expectWholeHistory(opened)
    }))

  it('has no effect if nothing is pinned', () =>
    withRegistry(async (opened) => {
      expect(opened.registry.liftPin()).toEqual({ ok: true, value: { outcome: 'unchanged' } })
      sendThree(opened)
      expect(opened.registry.liftPin()).toMatchObject({ ok: true, value: { outcome: 'unchanged', seq: 3 } })
    }))
})
