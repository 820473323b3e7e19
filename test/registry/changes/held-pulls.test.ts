import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { readPayload } from '../../../src/registry/store/pulls.ts'
import {
  HOUR,
  MINUTE,
  type OpenedRegistry,
  START,
  unwrap,
  withRegistry,
} from '../../support/registry/opened-registry.ts'
import { ordinaryDay, withoutAThird, withoutSpeeds } from '../../support/registry/recorded/source-days.ts'
import { DAY } from '../../support/registry/stored/stored-history.ts'
import { aaRow, type Facts } from '../../support/rows.ts'

afterEach(reset)

const FIRST = START - 30 * DAY
const DAYS: Facts[] = ordinaryDay(30)
const BAD = withoutAThird(DAYS)

/** Pull 1 is accepted; pull 2, a day later, is held. */
function holdOne(opened: OpenedRegistry, bad = BAD): void {
  opened.send(DAYS, { at: FIRST })
  expect(opened.send(bad, { at: FIRST + DAY })).toMatchObject({ value: { outcome: 'held' } })
}

const NOT_FOUND = { ok: false, failure: { code: 'not-found' } }
const CONFLICT = { ok: false, failure: { code: 'conflict' } }
/** Everything that a refusal must leave unchanged. */
const stateOf = (opened: OpenedRegistry) => [opened.pulls(), opened.commits(), opened.registry.status()]

describe('accept()', () => {
  it('accepts a held import at its own time', () =>
    withRegistry(async (opened) => {
      holdOne(opened)
      const outcome = opened.registry.accept({ id: 2 })
      const commit = opened.commits()[1]
      expect(outcome).toMatchObject({
        ok: true,
        value: {
          outcome: 'committed',
          version: commit?.version,
          seq: 2,
          changes: { added: 0, removed: 10, changed: 0 },
        },
      })
      expect(commit).toMatchObject({ cause: 'import', committedAt: new Date(FIRST + DAY).toISOString() })
      expect(opened.manifest(2).models).toHaveLength(20)
      expect(unwrap(opened.registry.pull(2))).toMatchObject({ outcome: 'committed', version: commit?.version, seq: 2 })
      expect(opened.registry.status().held).toEqual([])
    }))

  it('accepts a held live pull at the current time', () =>
    withRegistry(async (opened) => {
      opened.source.serve(DAYS)
      await opened.registry.refresh({})
      await opened.pass(HOUR)
      opened.source.serve(BAD)
      await opened.registry.refresh({})
      await opened.pass(HOUR)
      expect(opened.registry.accept({ id: 2 })).toMatchObject({ ok: true, value: { outcome: 'committed' } })
      const committedAt = new Date(START + 2 * HOUR).toISOString()
      expect(opened.commits()[1]).toMatchObject({ cause: 'pull', committedAt })
      expect(unwrap(opened.registry.pull(2))?.at).toBe(new Date(START + HOUR).toISOString())
    }))

  it('makes it the baseline of the next pull', () =>
    withRegistry(async (opened) => {
      holdOne(opened)
      opened.registry.accept({ id: 2 })
      expect(opened.send(BAD, { at: FIRST + 2 * DAY })).toMatchObject({ value: { outcome: 'unchanged' } })
      expect(opened.send(withoutAThird(BAD), { at: FIRST + 3 * DAY })).toMatchObject({ value: { outcome: 'held' } })
    }))

  it('publishes the result', () =>
    withRegistry(async (opened) => {
      holdOne(opened)
      await opened.pass(MINUTE)
      opened.registry.accept({ id: 2 })
      await opened.pass(MINUTE)
      expect(opened.registry.current()).toMatchObject({ seq: 2 })
      expect(await opened.storage.getAlarm()).toBeNull()
    }))

  it('refuses a pull that was rejected: a decision is made once', () =>
    withRegistry(async (opened) => {
      holdOne(opened)
      opened.registry.reject({ id: 2 })
      const before = stateOf(opened)
      expect(opened.registry.accept({ id: 2 })).toMatchObject(CONFLICT)
      expect(stateOf(opened)).toEqual(before)
    }))

  it('refuses a pull that was accepted before, as reject() does', () =>
    withRegistry(async (opened) => {
      holdOne(opened)
      opened.registry.accept({ id: 2 })
      const before = stateOf(opened)
      expect(opened.registry.accept({ id: 2 })).toMatchObject(CONFLICT)
      expect(opened.registry.reject({ id: 2 })).toMatchObject(CONFLICT)
      expect(stateOf(opened)).toEqual(before)
    }))

  it('accepts the older of two held pulls, and then the newer', () =>
    withRegistry(async (opened) => {
      holdOne(opened)
      opened.send(withoutSpeeds(DAYS), { at: FIRST + DAY + HOUR })
      expect(opened.registry.accept({ id: 2 })).toMatchObject({ ok: true })
      expect(opened.registry.status().held).toMatchObject([{ pull: 3 }])
      expect(opened.registry.accept({ id: 3 })).toMatchObject({ ok: true })
      expect(opened.commits().map(({ committedAt }) => Date.parse(committedAt) - FIRST)).toEqual([0, DAY, DAY + HOUR])
    }))

  it('reports that it was accepted when the same pull is sent again', () =>
    withRegistry(async (opened) => {
      holdOne(opened)
      opened.registry.accept({ id: 2 })
      opened.send(BAD, { at: FIRST + DAY })
      expect([opened.commits().length, opened.pulls().length]).toEqual([2, 2])
    }))

  it('refuses a pull older than the last accepted one, and changes nothing', () =>
    withRegistry(async (opened) => {
      holdOne(opened)
      opened.send(DAYS, { at: FIRST + 2 * DAY })
      const before = stateOf(opened)
      expect(opened.registry.accept({ id: 2 })).toMatchObject(CONFLICT)
      expect(opened.registry.accept({ id: 2 })).toMatchObject({ failure: { detail: expect.stringContaining('2') } })
      expect(stateOf(opened)).toEqual(before)
      expect(opened.commits()).toHaveLength(1)
    }))

  it.each<[string, (opened: OpenedRegistry) => Promise<unknown> | unknown]>([
    ['committed', (opened) => opened.send(DAYS)],
    ['unchanged', (opened) => [opened.send(DAYS, { at: START - 1 }), opened.send(DAYS)]],
    ['failed', (opened) => [opened.source.refuse(500), opened.registry.refresh({})][1]],
  ])('refuses a pull that is %s, as reject() does', (outcome, make) =>
    withRegistry(async (opened) => {
      await make(opened)
      const id = opened.pulls().at(-1)?.id ?? 0
      expect(unwrap(opened.registry.pull(id))).toMatchObject({ outcome })
      const before = stateOf(opened)
      expect(opened.registry.accept({ id })).toMatchObject(CONFLICT)
      expect(opened.registry.reject({ id })).toMatchObject(CONFLICT)
      expect(stateOf(opened)).toEqual(before)
    }),
  )

  it.each([0, 3, 1e20])('finds no pull %i, as reject() does', (id) =>
    withRegistry(async (opened) => {
      holdOne(opened)
      expect(opened.registry.accept({ id })).toMatchObject(NOT_FOUND)
      expect(opened.registry.reject({ id })).toMatchObject(NOT_FOUND)
    }),
  )
})

describe('reject()', () => {
  it('removes a hold, and keeps the record and payload of the pull', () =>
    withRegistry(async (opened) => {
      holdOne(opened)
      const reasons = opened.registry.status().held[0]?.reasons
      expect(opened.registry.reject({ id: 2 })).toMatchObject({ ok: true, value: { outcome: 'rejected' } })
      expect(opened.registry.status().held).toEqual([])
      expect(unwrap(opened.registry.pull(2))).toMatchObject({ id: 2, outcome: 'rejected', reasons })
      expect(readPayload(opened.db, 2)?.pages).toHaveLength(1)
      expect(opened.commits()).toHaveLength(1)
    }))

  it('ignores the rejected pull: the same loss a day later is held, and needs another day', () =>
    withRegistry(async (opened) => {
      holdOne(opened)
      opened.registry.reject({ id: 2 })
      expect(opened.send(BAD, { at: FIRST + 2 * DAY })).toMatchObject({ value: { outcome: 'held' } })
      expect(opened.send(BAD, { at: FIRST + 3 * DAY })).toMatchObject({ value: { outcome: 'committed' } })
    }))

  it('does not make it a baseline', () =>
    withRegistry(async (opened) => {
      holdOne(opened)
      opened.registry.reject({ id: 2 })
      expect(opened.send([...DAYS, aaRow()], { at: FIRST + 2 * DAY })).toMatchObject({
        value: { outcome: 'committed', changes: { added: 1, removed: 0, changed: 0 } },
      })
    }))

  it('of the older of two held pulls allows the newer one to be confirmed, from its own time on', () =>
    withRegistry(async (opened) => {
      holdOne(opened)
      opened.send(BAD, { at: FIRST + DAY + HOUR })
      opened.registry.reject({ id: 2 })
      expect(opened.registry.status().held).toMatchObject([{ pull: 3 }])
      expect(opened.send(BAD, { at: FIRST + DAY + 12 * HOUR })).toMatchObject({ value: { outcome: 'held' } })
      expect(opened.send(BAD, { at: FIRST + DAY + 13 * HOUR })).toMatchObject({ value: { outcome: 'committed' } })
    }))

  it('is refused the second time', () =>
    withRegistry(async (opened) => {
      holdOne(opened)
      opened.registry.reject({ id: 2 })
      expect(opened.registry.reject({ id: 2 })).toMatchObject(CONFLICT)
    }))

  it('keeps the same pull rejected when it is sent again', () =>
    withRegistry(async (opened) => {
      holdOne(opened)
      opened.registry.reject({ id: 2 })
      expect(opened.send(BAD, { at: FIRST + DAY })).toMatchObject({ value: { outcome: 'rejected' } })
      expect(opened.outcomes()).toEqual(['committed', 'rejected'])
    }))
})

describe('a held pull', () => {
  it('has a diff that names the missing models', () =>
    withRegistry(async (opened) => {
      holdOne(opened)
      const { missing } = JSON.parse(new TextDecoder().decode(unwrap(opened.registry.heldDiff({ id: 2 }))))
      expect(missing).toEqual(Array.from({ length: 10 }, (_, index) => `acme/m${index}`))
    }))

  it('has the same diff as the commit that accepting it creates', () =>
    withRegistry(async (opened) => {
      holdOne(opened)
      const { diff } = JSON.parse(new TextDecoder().decode(unwrap(opened.registry.heldDiff({ id: 2 }))))
      opened.registry.accept({ id: 2 })
      expect(diff.to).toEqual(opened.commits()[1])
      expect(diff.to).toMatchObject({ cause: 'import', committedAt: new Date(FIRST + DAY).toISOString() })
    }))

  it('is not released by an older pull, which is refused', () =>
    withRegistry(async (opened) => {
      holdOne(opened)
      expect(opened.send(DAYS.slice(1), { at: FIRST + HOUR })).toMatchObject(CONFLICT)
      expect(opened.registry.status().held).toMatchObject([{ pull: 2 }])
    }))

  it('has the same outcome when it is sent again, and is recorded once', () =>
    withRegistry(async (opened) => {
      opened.send(DAYS, { at: FIRST })
      const first = opened.send(BAD, { at: FIRST + DAY })
      expect(opened.send(BAD, { at: FIRST + DAY })).toEqual(first)
      expect(opened.pulls()).toHaveLength(2)
    }))

  it('gives no provider to a creator before it is accepted', () =>
    withRegistry(async (opened) => {
      const names = () => opened.db.sql.exec('select provider from creator_providers order by provider').toArray()
      const creator = { id: '11111111-2222-3333-4444-555555555555', name: 'Newcomer' }
      holdOne(opened, [...BAD, aaRow({ slug: 'x', model_creator: creator })])
      expect(names()).toEqual([{ provider: 'acme' }])
      opened.registry.accept({ id: 2 })
      expect(names()).toEqual([{ provider: 'acme' }, { provider: 'newcomer' }])
    }))
})
