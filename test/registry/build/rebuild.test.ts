import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it } from 'vitest'
import { HOUR, MINUTE, type OpenedRegistry, START, withRegistry } from '../../support/registry/opened-registry.ts'
import { aaRow } from '../../support/rows.ts'

afterEach(reset)

const LENIENT = { IQ_THRESHOLDS: '1,2,3,4,5' }
const withIndex = (index: number, name = 'A') => [
  aaRow({ name, evaluations: { artificial_analysis_intelligence_index: index } }),
]
const iqOf = (opened: OpenedRegistry, seq: number) => opened.manifest(seq).models[0]?.iq
const causes = (opened: OpenedRegistry) => opened.commits().map(({ cause }) => cause)

describe('when the settings changed', () => {
  it('builds the last pull again, as a new commit', () =>
    withRegistry(async (opened) => {
      opened.send(withIndex(30))
      await opened.pass(HOUR)
      await opened.reopen(LENIENT)
      expect(causes(opened)).toEqual(['import'])
      await opened.pass(0)
      expect(causes(opened)).toEqual(['import', 'rebuild'])
      expect([iqOf(opened, 1), iqOf(opened, 2)]).toEqual([1, 5])
      expect(opened.commits()[1]).toMatchObject({
        committedAt: new Date(START + HOUR).toISOString(),
        previous: opened.commits()[0]?.version,
        changes: { added: 0, removed: 0, changed: 1 },
      })
    }))

  it('publishes the new build', () =>
    withRegistry(async (opened) => {
      opened.send(withIndex(30))
      await opened.pass(HOUR)
      await opened.reopen(LENIENT)
      await opened.pass(MINUTE)
      expect(await env.REGISTRY.get('current', 'json')).toMatchObject({ seq: 2 })
    }))

  it('rebuilds once, not whenever the object wakes up', () =>
    withRegistry(async (opened) => {
      opened.send(withIndex(30))
      for (let start = 0; start < 3; start++) {
        await opened.reopen(LENIENT)
        await opened.pass(MINUTE)
      }
      expect(causes(opened)).toEqual(['import', 'rebuild'])
      expect(await opened.storage.getAlarm()).toBeNull()
    }))

  it('creates no commit if the catalogue is the same with the new settings', () =>
    withRegistry(async (opened) => {
      opened.send(withIndex(30))
      await opened.reopen({ IQ_THRESHOLDS: '25,35,45,55,70' })
      await opened.pass(MINUTE)
      expect(causes(opened)).toEqual(['import'])
    }))

  it('returns to the old version with the old settings', () =>
    withRegistry(async (opened) => {
      opened.send(withIndex(30))
      await opened.reopen(LENIENT)
      await opened.pass(MINUTE)
      await opened.reopen()
      await opened.pass(MINUTE)
      const [first, , third] = opened.commits()
      expect(third).toMatchObject({ version: first?.version, generatedAt: first?.generatedAt, cause: 'rebuild' })
    }))

  it('builds the newest of several pulls, even one that changed nothing at the time', () =>
    withRegistry(async (opened) => {
      opened.send(withIndex(30, 'A'), { at: START - 3 })
      opened.send(withIndex(30, 'B'), { at: START - 2 })
      opened.send(withIndex(34, 'B'), { at: START - 1 })
      await opened.reopen({ IQ_THRESHOLDS: '25,32,45,55,65' })
      await opened.pass(MINUTE)
      expect(opened.manifest(4).models).toMatchObject([{ name: 'B', iq: 2 }])
    }))

  // The time of an import may be five minutes ahead, and a clock may be set back.
  it('builds the last accepted pull, not the one with the latest time', () =>
    withRegistry(async (opened) => {
      opened.send(withIndex(30, 'ahead'), { at: START + 4 * MINUTE })
      opened.source.serve(withIndex(30, 'live'))
      await opened.registry.refresh({})
      expect(opened.manifest(2).models).toMatchObject([{ name: 'live' }])
      await opened.reopen(LENIENT)
      await opened.pass(MINUTE)
      expect(opened.manifest(3).models).toMatchObject([{ name: 'live', iq: 5 }])
    }))

  it('does nothing if they are the same as before', () =>
    withRegistry(async (opened) => {
      opened.send(withIndex(30))
      await opened.pass(MINUTE)
      await opened.reopen()
      expect(await opened.storage.getAlarm()).toBeNull()
    }))

  it('builds nothing in an empty registry', () =>
    withRegistry(async (opened) => {
      await opened.reopen(LENIENT)
      await opened.pass(MINUTE)
      expect(opened.commits()).toEqual([])
      expect(await opened.storage.getAlarm()).toBeNull()
    }))

  it('keeps the current version while the new settings cannot be used', () =>
    withRegistry(async (opened) => {
      opened.send(withIndex(30))
      await opened.reopen({ IQ_THRESHOLDS: '5,4,3,2,1' })
      await opened.pass(MINUTE)
      expect(causes(opened)).toEqual(['import'])
      expect(iqOf(opened, 1)).toBe(1)
      expect(opened.send(withIndex(40))).toMatchObject({ ok: false, failure: { code: 'configuration' } })
      expect(await opened.registry.refresh({})).toMatchObject({ ok: false, failure: { code: 'configuration' } })
      await opened.reopen(LENIENT)
      await opened.pass(MINUTE)
      expect(iqOf(opened, 2)).toBe(5)
    }))

  it('does nothing if a pull is accepted before the rebuild', () =>
    withRegistry(async (opened) => {
      opened.send(withIndex(30), { at: START - HOUR })
      await opened.reopen(LENIENT)
      opened.send(withIndex(31))
      await opened.pass(MINUTE)
      expect(causes(opened)).toEqual(['import', 'import'])
      expect(iqOf(opened, 2)).toBe(5)
    }))

  it('scores by the steps linked to the index version of the pull', () =>
    withRegistry(
      async (opened) => {
        opened.send(withIndex(30), { indexVersion: 4.1, at: START - 1 })
        opened.send(withIndex(30), { indexVersion: 3 })
        expect([iqOf(opened, 1), iqOf(opened, 2)]).toEqual([4, 1])
      },
      { vars: { IQ_THRESHOLDS: 'linked' } },
    ))
})
