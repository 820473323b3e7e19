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
import { fillMemory } from '../../support/registry/stored/whole-memory.ts'

afterEach(reset)

let backup = ''
beforeAll(async () => {
  await withRegistry(async (opened) => {
    await fillMemory(opened)
    backup = await backupOf(opened.registry, true)
  })
  await reset()
})

/** The backup with other facts in the first row of a table, and a valid closing line. */
const forged = (table: string, facts: Json): string =>
  rewritten(backup, (rows, header) => {
    const first = rows.find((row) => row.table === table)
    return [header, ...rows.map((row) => (row === first ? { table, row: { ...row.row, ...facts } } : row))]
  })

describe('a backup written by hand', () => {
  it('is restored if its rows are valid', () =>
    withRegistry(async ({ registry }) => restoreParts(registry, partsOf(forged('state', {}), 3))))

  it.each<[string, Json]>([
    ['state', { value: 'no JSON' }],
    ['state', { key: 'publishedSeq' }],
    ['creator_providers', { provider: '__proto__' }],
    ['versions', { committed_at: 8.7e15 }],
    ['versions', { generated_at: 'yesterday' }],
    ['versions', { seq: 99 }],
    ['versions', { models: -1 }],
    ['versions', { attribution: '{}' }],
    ['versions', { attribution: '[{"url":"https://example.com/"}]' }],
    ['versions', { attribution: '[{"name":"x","url":"javascript:alert(1)"}]' }],
    ['versions', { attribution: JSON.stringify([{ name: 'x'.repeat(1000), url: 'https://example.com/' }]) }],
    ['versions', { iq_basis: 'guess' }],
    ['versions', { version: 'v1.zzzzzzzzzzzz' }],
    ['versions', { version: 'v1.000000000000' }],
    ['versions', { root: '0'.repeat(64) }],
    ['versions', { chain: '0'.repeat(64) }],
    ['versions', { recorded_at: 1_000_000_000_000 }],
    ['parts', { digest: '0'.repeat(64) }],
    ['parts', { provider: 'other' }],
    ['parts', { to_seq: 99 }],
    ['entities', { kind: 'planet' }],
    ['entities', { first_seq: 0 }],
    ['entities', { first_seq: 2 }],
    ['entities', { gone_seq: 2 }],
    ['entities', { value: 'another' }],
    ['revisions', { body: 'null' }],
    ['revisions', { body: '{' }],
    ['revisions', { body: '{"name":"Acme","status":"active","value":"acme"} ' }],
    ['revisions', { body: '{"extra":1,"name":"Acme","status":"active","value":"acme"}' }],
    ['revisions', { body: '{"name":"Acme","status":"active","value":"acme","website":"javascript:alert(1)"}' }],
    ['revisions', { from_seq: 99 }],
    ['source_parts', { digest: '0'.repeat(64) }],
    ['source_parts', { body: 'bm8gZ3ppcA==' }],
    ['accepted', { digest: '0'.repeat(64) }],
    ['accepted', { body: 'bm8gZ3ppcA==' }],
    ['accepted', { totals: '{}' }],
    ['accepted', { pull_id: 99 }],
    ['holds', { reasons: '["lost"]' }],
    ['holds', { rows: 'bm8gZ3ppcA==' }],
    ['pulls', { at: 'then' }],
    ['pulls', { outcome: 'lost' }],
    ['pulls', { reasons: 'many' }],
    ['pulls', { source: 'elsewhere' }],
    ['pulls', { unread: '[1]' }],
    ['pulls', { detail: 'x'.repeat(200_000) }],
    ['pulls', { tier: '\u0007' }],
    ['payloads', { payload: 'no gzip' }],
    ['overrides', { by: 'x'.repeat(1000) }],
    ['overrides', { value: 'another' }],
    ['overrides', { body: '{"note":"x","provider":"acme","set":{"website":"javascript:alert(1)"}}', value: '' }],
    ['overrides', { body: '{"extra":true,"note":"x","provider":"acme","value":"m1"}' }],
    ['overrides', { body: '{"note":"\\ud800","provider":"acme","value":"m1"}' }],
    ['remembered', { body: '{}' }],
    ['remembered', { value: 'another' }],
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

  it.each([100, 1000, 4000, 20_000])('is refused with rows that are nested %d deep', (depth) =>
    withRegistry(async ({ registry }) => {
      const deep = '['.repeat(depth) + ']'.repeat(depth)
      const modes = `{"fast":{"request":{"body":{"a":${deep}}}}}`
      const facts = `"set":{"pricing":{"input":1,"modes":${modes},"output":1}}`
      for (const text of [
        forged('state', { value: deep }),
        forged('overrides', { body: `{"note":"x","provider":"acme",${facts},"value":"m1"}`, value: 'm1' }),
        forged('versions', { attribution: deep }),
      ])
        expect(registry.restore(1, text)).toMatchObject({ ok: false, failure: { code: 'invalid-request' } })
    }),
  )
})
