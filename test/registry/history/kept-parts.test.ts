import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import type { Catalogue } from '../../../src/core/schema/model.ts'
import { manifestAt } from '../../../src/registry/history/parts.ts'
import type { Database } from '../../../src/registry/store/database.ts'
import { commitDaily, commitOf, withDatabase } from '../../support/registry/stored/stored-history.ts'
import { model, provider } from '../../support/rows.ts'

afterEach(reset)

/** In the order of UTF-16 code units. In that of UTF-8, the last one is before the one in front of it. */
const VALUES = ['A.1', 'a', 'a,"b', '\u{1f600}', '\uff5e']
const COMMITS = 64

/** `ever` never changes, `daily` always does, `gone` comes and goes, and `bare` has no models. */
function dayOf(day: number): Catalogue {
  const present = ['ever', 'daily', ...(day % 7 < 4 ? ['gone'] : []), ...(day > 31 ? ['bare'] : [])]
  const models = present.flatMap((value) => (value === 'bare' ? [] : modelsOf(value, value === 'ever' ? 0 : day)))
  return { providers: present.map((value) => provider({ value })), models }
}

function modelsOf(of: string, day: number) {
  // Each third day is again what it was before.
  const name = `Mödel, ${day % 3 === 0 ? 0 : day}`
  return VALUES.map((value) => model({ provider: of, value, name }))
}

const textAt = (db: Database, seq: number): string => new TextDecoder().decode(manifestAt(db, commitOf(db, seq)).bytes)

describe('a manifest of any commit', () => {
  it('is the same from kept parts, from some of them, and from revisions', () =>
    withDatabase((db) => {
      commitDaily(db, ...Array.from({ length: COMMITS }, (_, day) => dayOf(day)))
      const seqs = Array.from({ length: COMMITS }, (_, index) => index + 1)
      const kept = seqs.map((seq) => textAt(db, seq))
      db.sql.exec('delete from part_bodies where rowid % 2 = 0')
      expect(seqs.map((seq) => textAt(db, seq))).toEqual(kept)
      db.sql.exec('delete from part_bodies')
      db.sql.exec('delete from manifest_digests')
      expect(seqs.map((seq) => textAt(db, seq))).toEqual(kept)
    }))
})
