import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { backupOf, linesOf, restoreParts, rowsByTable } from '../../support/registry/backup-lines.ts'
import { type OpenedRegistry, START, withRegistry } from '../../support/registry/opened-registry.ts'
import { withoutAThird, withoutSpeeds } from '../../support/registry/recorded/source-days.ts'
import { DAY } from '../../support/registry/stored/stored-history.ts'
import { bodiesOf, fillMemory, ROWS, recordsOf } from '../../support/registry/stored/whole-memory.ts'
import { aaRow } from '../../support/rows.ts'

afterEach(reset)

const NEWCOMER = { id: '99999999-2222-3333-4444-555555555555', name: 'Late' }

/** Starts a backup, changes something after its first page, and reads the rest. */
async function backupDuring(opened: OpenedRegistry, happens: () => unknown, payloads = false): Promise<string> {
  const exported = opened.registry.export(payloads)
  if (!exported.ok) throw new Error(exported.failure.detail)
  const reader = exported.value.getReader()
  const chunks: Uint8Array[] = []
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    if (chunks.length === 1) await happens()
  }
  return Buffer.concat(chunks).toString()
}

const HAPPENINGS: [string, (opened: OpenedRegistry) => unknown][] = [
  [
    'an import that creates a commit',
    (opened) => opened.send([...ROWS, aaRow({ slug: 'late', model_creator: NEWCOMER })]),
  ],
  ['an import that changes nothing', (opened) => opened.send(ROWS)],
  ['an import that is held', (opened) => opened.send(withoutAThird(ROWS))],
  ['a pull that fails', (opened) => opened.registry.refresh({ forced: false })],
  ['a held pull that is accepted', (opened) => opened.registry.accept({ id: 8 })],
  ['a model that is removed', (opened) => opened.send(ROWS.slice(1))],
  [
    'a rollback',
    (opened) => opened.registry.rollBack({ by: 'version', hex: opened.commits()[1]?.etag.slice(1, -1) ?? '' }, 'why'),
  ],
]

describe('a backup while others write', () => {
  it.each(HAPPENINGS)('contains the state of the commit that was newest when it began: %s', async (_what, happens) => {
    let during = ''
    let before = {}
    await withRegistry(async (opened) => {
      await fillMemory(opened)
      const still = await backupOf(opened.registry)
      before = { records: recordsOf(opened), bodies: bodiesOf(opened) }
      during = await backupDuring(opened, () => happens(opened))
      expect(linesOf(during)[0]).toBe(linesOf(still)[0])
      for (const [table, rows] of Object.entries(rowsByTable(still)))
        expect(rowsByTable(during)[table], table).toEqual(rows)
    })
    await reset()
    await withRegistry(async (opened) => {
      restoreParts(opened.registry, [during])
      expect({ records: recordsOf(opened), bodies: bodiesOf(opened) }).toEqual(before)
    })
  })

  it('keeps a model removed that returns during the backup', () =>
    withRegistry(async (opened) => {
      opened.send(ROWS, { at: START - 2 * DAY })
      opened.send(ROWS.slice(1), { at: START - DAY })
      const still = rowsByTable(await backupOf(opened.registry))
      const during = await backupDuring(opened, () => opened.send(ROWS))
      expect(rowsByTable(during).revisions).toEqual(still.revisions)
      expect(rowsByTable(during).entities).toEqual(still.entities)
    }))

  it('has only payloads of pulls that it lists', () =>
    withRegistry(async (opened) => {
      await fillMemory(opened)
      const during = await backupDuring(opened, () => opened.send(withoutSpeeds(ROWS)), true)
      const { pulls = [], payloads = [] } = rowsByTable(during)
      const ids = new Set(pulls.map(({ id }) => id))
      expect(payloads.filter(({ id }) => !ids.has(id))).toEqual([])
    }))

  it('keeps the payload of the pull that was accepted last when it began', async () => {
    let during = ''
    await withRegistry(async (opened) => {
      await fillMemory(opened)
      during = await backupDuring(opened, () => opened.send([...ROWS, aaRow({ slug: 'late' })]))
    })
    await reset()
    await withRegistry(async (opened) => {
      restoreParts(opened.registry, [during])
      await opened.reopen({ IQ_THRESHOLDS: '1,2,3,4,5' })
      await opened.pass(DAY)
      expect(opened.commits().at(-1)).toMatchObject({ cause: 'rebuild', seq: 6 })
    })
  })

  it('blocks no other writer', () =>
    withRegistry(async (opened) => {
      await fillMemory(opened)
      await backupDuring(opened, () => {
        expect(opened.send([...ROWS, aaRow({ slug: 'late' })])).toMatchObject({ value: { outcome: 'committed' } })
      })
      expect(opened.registry.current()).toMatchObject({ seq: 6 })
    }))
})
