import { reset } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backupOf, partsOf, restoreParts } from '../../support/registry/backup-lines.ts'
import { HOUR, MINUTE, type OpenedRegistry, withRegistry } from '../../support/registry/opened-registry.ts'
import {
  activeIn,
  change,
  changesOf,
  current,
  currentModel,
  put,
  putting,
  withdraw,
} from '../../support/registry/overriding.ts'
import { bodiesOf, recordsOf, tablesOf } from '../../support/registry/stored/whole-memory.ts'
import { aaRow } from '../../support/rows.ts'

afterEach(reset)

const MADE = { provider: 'azure', value: 'made', inheritFrom: { provider: 'acme', value: 'base' } }
const BASE = aaRow({ slug: 'base', name: 'Base' })
const OTHER = aaRow({ slug: 'other' })

async function pull(opened: OpenedRegistry, rows: object[]): Promise<void> {
  await opened.pass(MINUTE)
  opened.source.serve(rows.map((row) => ({ ...row })))
  expect(await opened.registry.refresh({ forced: true })).toMatchObject({ ok: true })
}

const memoryOf = (opened: OpenedRegistry) => ({
  ...{ tables: tablesOf(opened), records: recordsOf(opened), bodies: bodiesOf(opened) },
  ...{ active: activeIn(opened), changes: changesOf(opened) },
})

let backup = ''
let memory = {}

/** Overrides of every kind, one of them deleted, and a removed base. */
beforeEach(async () => {
  await withRegistry(async (opened) => {
    await pull(opened, [BASE, OTHER])
    change(opened, [{ provider: 'azure', set: { name: 'Azure' } }, MADE].map(putting), { by: 'alice' })
    put(opened, { provider: 'acme', value: 'other', set: { iq: 5, name: 'ü "\\ \u{10000}' } })
    put(opened, { provider: 'acme', unset: ['website'] })
    withdraw(opened, { provider: 'acme' })
    await pull(opened, [OTHER])
    expect(opened.registry.status().orphaned).toHaveLength(1)
    backup = await backupOf(opened.registry)
    memory = memoryOf(opened)
  })
  await reset()
})

describe.each([1, 5])('a backup restored in %i parts', (count) => {
  const restored = (work: (opened: OpenedRegistry) => Promise<void> | void) =>
    withRegistry(async (opened) => {
      opened.clock.now += HOUR
      restoreParts(opened.registry, partsOf(backup, count))
      await work(opened)
    })

  it('has every override, their history, and the remembered and orphaned models', () =>
    restored((opened) => {
      const { tables: _, ...rest } = memoryOf(opened)
      expect(memory).toMatchObject(rest)
      expect(rest.changes.map(({ by }) => by)).toContain('alice')
      const { overrides, remembered } = tablesOf(opened)
      expect(memory).toMatchObject({ tables: { overrides, remembered } })
    }))

  it('keeps overrides in the next pull, and orphans models that only remembered facts have', () =>
    restored(async (opened) => {
      await pull(opened, [{ ...OTHER, slug: 'other', pricing: null }])
      expect(currentModel(opened, 'made', 'azure')).toMatchObject({ name: 'Base' })
      expect(currentModel(opened, 'other')).toMatchObject({ iq: 5 })
      expect(opened.registry.status().orphaned).toEqual([{ provider: 'azure', value: 'made' }])
      await pull(opened, [{ ...BASE, name: 'Base again' }, OTHER])
      expect(currentModel(opened, 'made', 'azure')).toMatchObject({ name: 'Base again' })
      expect(opened.registry.status().orphaned).toEqual([])
    }))

  it('accepts overrides without a new pull', () =>
    restored((opened) => {
      expect(put(opened, { provider: 'acme', value: 'other', set: { iq: 4 } })).toMatchObject({ outcome: 'committed' })
      expect(withdraw(opened, MADE)).toMatchObject({ outcome: 'committed', changes: { removed: 1 } })
      expect(current(opened).models).toMatchObject([{ value: 'other', iq: 4 }])
      const ids = changesOf(opened).map(({ id }) => id)
      expect(ids).toEqual([...new Set(ids)])
      expect(ids).toHaveLength(7)
    }))
})

it('overrides can be neither changed nor read while a backup is being restored', () =>
  withRegistry(async (opened) => {
    const [first = ''] = partsOf(backup, 5)
    expect(opened.registry.restore(1, first)).toMatchObject({ ok: true })
    const restoring = { ok: false, failure: { code: 'restoring' } }
    const request = { changes: [putting(MADE)], by: 'root', dryRun: false }
    for (const dryRun of [true, false])
      expect(opened.registry.changeOverrides({ ...request, dryRun })).toMatchObject(restoring)
    expect(opened.registry.overrides()).toMatchObject(restoring)
    expect(opened.registry.override(MADE)).toMatchObject(restoring)
  }))
