import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { HOUR, type OpenedRegistry, START, withRegistry } from '../../../support/registry/opened-registry.ts'
import { BASE, MADE, OTHER, priced, pull } from '../../../support/registry/overridden-pulls.ts'
import { current, currentModel, put, writtenIn } from '../../../support/registry/overriding.ts'
import { DAY } from '../../../support/registry/stored/stored-history.ts'
import { aaRow } from '../../../support/rows.ts'

afterEach(reset)

describe('while pinned', () => {
  async function pinned(work: (opened: OpenedRegistry) => Promise<void> | void) {
    await withRegistry(async (opened) => {
      for (const price of [1, 2]) opened.send(priced(price), { at: START - (3 - price) * DAY })
      const hex = opened.commits()[0]?.etag.slice(1, -1) ?? ''
      opened.registry.rollBack({ by: 'version', hex }, 'why')
      await opened.pass(HOUR)
      await work(opened)
    })
  }
  const CORRECTION = { ...BASE, set: { iq: 5 } }

  it('a change is accepted and creates no version; lifting the pin serves it', () =>
    pinned(async (opened) => {
      const before = current(opened)
      const { version } = opened.commits()[0] ?? {}
      expect(put(opened, CORRECTION)).toMatchObject({ outcome: 'pinned', pinned: version, version, seq: 3 })
      expect([current(opened), opened.commits().length]).toEqual([before, 3])
      await opened.pass(HOUR)
      opened.registry.liftPin()
      expect(currentModel(opened, 'base')).toMatchObject({ name: 'Base 2', iq: 5 })
    }))

  it('the diff is against the catalogue without the pin, and a dry run writes nothing', () =>
    pinned((opened) => {
      const before = writtenIn(opened)
      const dry = put(opened, CORRECTION, { dryRun: true })
      expect(writtenIn(opened)).toEqual(before)
      const changes = [{ path: 'iq', before: 1, after: 5 }]
      expect(dry).toMatchObject({ diff: { models: { changed: [{ ...BASE, changes }] }, summary: { changed: 1 } } })
      const real = put(opened, CORRECTION)
      expect('diff' in real && real.diff).toEqual('diff' in dry && dry.diff)
    }))

  it('a dry run has the outcome of the change once the pin is lifted', () =>
    pinned((opened) => {
      expect(put(opened, CORRECTION, { dryRun: true })).toMatchObject({ outcome: 'would-commit' })
      put(opened, CORRECTION)
      expect(put(opened, CORRECTION, { dryRun: true })).toMatchObject({ outcome: 'would-not-change' })
    }))

  it('an override of facts that the pin hides builds on the last accepted pull', () =>
    pinned(async (opened) => {
      opened.send([...priced(3), aaRow({ slug: 'new' })])
      const dry = put(opened, { provider: 'acme', value: 'new', set: { iq: 5 } })
      expect(dry).toMatchObject({ outcome: 'pinned', diff: { models: { changed: [{ value: 'new' }] } } })
    }))

  it('remembered and orphaned models are still updated', () =>
    pinned(async (opened) => {
      put(opened, MADE)
      await pull(opened, OTHER)
      expect(opened.registry.status().orphaned).toEqual([{ provider: 'acme', value: 'made' }])
      opened.registry.liftPin()
      expect(currentModel(opened, 'made')).toMatchObject({ name: 'Base 2' })
    }))
})
