import { reset } from 'cloudflare:test'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  backupOf,
  isRestoring,
  type Json,
  partsOf,
  restoreParts,
  rewritten,
} from '../../support/registry/backup-lines.ts'
import { withRegistry } from '../../support/registry/opened-registry.ts'
import { liveThrough } from '../../support/registry/whole-memory.ts'

afterEach(reset)

let backup = ''
beforeAll(async () => {
  await withRegistry(async (opened) => {
    await liveThrough(opened)
    backup = await backupOf(opened.registry, true)
  })
  await reset()
})

/** The backup, closed by who knows how, with other facts in the first row of a table. */
const forged = (table: string, facts: Json): string =>
  rewritten(backup, (rows, header) => {
    const first = rows.find((row) => row.table === table)
    return [header, ...rows.map((row) => (row === first ? { table, row: { ...row.row, ...facts } } : row))]
  })

describe('a backup that somebody has written by hand', () => {
  it('is restored where its rows can be read', () =>
    withRegistry(async ({ registry }) => restoreParts(registry, partsOf(forged('settings', {}), 3))))

  it.each<[string, Json]>([
    ['settings', { value: 'no JSON' }],
    ['versions', { committed_at: 8.7e15 }],
    ['versions', { generated_at: 'yesterday' }],
    ['versions', { seq: 99 }],
    ['versions', { models: -1 }],
    ['versions', { attribution: '{}' }],
    ['versions', { version: 'v1.zzzzzzzzzzzz' }],
    ['versions', { etag: '0'.repeat(32) }],
    ['entities', { kind: 'planet' }],
    ['entities', { first_seq: 0 }],
    ['revisions', { body: 'null' }],
    ['revisions', { body: '{' }],
    ['revisions', { from_seq: 99 }],
    ['pulls', { at: 'then' }],
    ['pulls', { outcome: 'lost' }],
    ['pulls', { reasons: 'many' }],
    ['payloads', { payload: 'no gzip' }],
  ])('is refused with a row of %s that has %j', (table, facts) =>
    withRegistry(async ({ registry }) => {
      expect(registry.restore(1, forged(table, facts))).toMatchObject({
        ok: false,
        failure: { code: 'invalid-request' },
      })
      expect(isRestoring(registry)).toBe(false)
      expect(registry.current()).toBeUndefined()
      expect(registry.restore(1, backup)).toMatchObject({ ok: true })
    }),
  )
})
