import { reset } from 'cloudflare:test'
import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Catalogue } from '../../../src/core/schema/model.ts'
import { findCommit } from '../../../src/registry/history/find-commit.ts'
import type { Database } from '../../../src/registry/store/database.ts'
import { sha256 } from '../../support/core/naive/independent-canonical.ts'
import { independentEtag as etagOf } from '../../support/core/naive/independent-root.ts'
import {
  commitAt,
  commitsOf,
  FIRST_AT,
  manifestOf,
  withDatabase,
} from '../../support/registry/stored/stored-history.ts'
import { model, provider, uuidOf } from '../../support/rows.ts'

afterEach(reset)

// Few keys, ids and names, so that entities are added, removed, returned and changed and swap their ids all the time.
const anyKey = fc.record({
  provider: fc.constantFrom('acme', 'globex', '\u{10000}', '\uffee'),
  value: fc.constantFrom('one', 'One', 'org/two:free', 'é'),
})
const anyModel = fc
  .record({ key: anyKey, id: fc.constantFrom('x', 'y', 'z'), name: fc.constantFrom('a', 'b', 'ü "\\\n') })
  .map(({ key, id, name }) => model({ ...key, id: uuidOf(id), name }))
const anyProvider = fc.record({
  value: fc.constantFrom('acme', 'globex', '\u{10000}', '\uffee'),
  name: fc.constantFrom('a', 'b'),
})

const byKey = (a: { provider: string; value: string }, b: typeof a) =>
  byUnits(a.provider, b.provider) || byUnits(a.value, b.value)
const byUnits = (a: string, b: string) => Number(a > b) - Number(a < b)

const anyCatalogue: fc.Arbitrary<Catalogue> = fc
  .record({
    models: fc.uniqueArray(anyModel, { maxLength: 8, selector: ({ provider, value }) => `${provider} ${value}` }),
    providers: fc.uniqueArray(anyProvider, { selector: ({ value }) => value }),
  })
  .map(({ models, providers }) => ({
    models: models.filter((facts) => providers.some(({ value }) => value === facts.provider)).sort(byKey),
    providers: providers.sort((a, b) => byUnits(a.value, b.value)).map(provider),
  }))

interface Step {
  catalogue: Catalogue
  at: number
}

/** Catalogues in any order and with repetitions, at times that also stand still and jump back. */
const anyHistory: fc.Arbitrary<Step[]> = fc.array(anyCatalogue, { minLength: 1, maxLength: 5 }).chain((pool) =>
  fc.array(
    fc.record({
      catalogue: fc.constantFrom(...pool),
      at: fc.integer({ min: 0, max: 40 }).map((time) => FIRST_AT + time),
    }),
    { minLength: 1, maxLength: 12 },
  ),
)

/** The expected history: a step that repeats the newest content is not a commit, and no time repeats. */
function expectedRows(steps: Step[]): Step[] {
  const commits: Step[] = []
  for (const { catalogue, at } of steps) {
    const newest = commits.at(-1)
    if (newest && etagOf(newest.catalogue) === etagOf(catalogue)) continue
    commits.push({ catalogue, at: newest ? Math.max(at, newest.at + 1) : at })
  }
  return commits
}

function forAnyHistory(check: (db: Database, commits: Step[]) => void): Promise<void> {
  return withDatabase((db) => {
    fc.assert(
      fc.property(anyHistory, (steps) => {
        for (const table of ['revisions', 'entities', 'parts', 'versions']) db.sql.exec(`delete from ${table}`)
        for (const { at, catalogue } of steps) commitAt(db, at, catalogue)
        check(db, expectedRows(steps))
      }),
      { numRuns: 60 },
    )
  })
}

describe('after any sequence of commits', () => {
  it('every commit reads back exactly as it was committed', () =>
    forAnyHistory((db, commits) => {
      expect(commitsOf(db)).toHaveLength(commits.length)
      for (const [index, { catalogue }] of commits.entries()) {
        const { models, providers, etag } = manifestOf(db, index + 1)
        expect({ models, providers }).toEqual(catalogue)
        expect(etag).toBe(etagOf(catalogue))
      }
    }))

  it('a moment reads the last catalogue committed before it', () =>
    forAnyHistory((db, commits) => {
      for (let time = FIRST_AT - 1; time < FIRST_AT + 60; time++) {
        const expected = commits.findLastIndex(({ at }) => at <= time) + 1
        const found = findCommit(db, { by: 'at', time })
        expect(found.ok ? found.value.seq : 0).toBe(expected)
      }
    }))

  it('content has the time and version of its first commit', () =>
    forAnyHistory((db, commits) => {
      for (const [index, { catalogue }] of commits.entries()) {
        const first = commits.findIndex((commit) => etagOf(commit.catalogue) === etagOf(catalogue))
        const found = findCommit(db, { by: 'version', hex: etagOf(catalogue).slice(1, -1) })
        expect(found.ok && found.value.seq).toBe(first + 1)
        expect(manifestOf(db, index + 1)).toEqual(manifestOf(db, first + 1))
        expect(manifestOf(db, index + 1).generatedAt).toBe(new Date(commits[first]?.at ?? 0).toISOString())
      }
    }))

  it('the counts, the previous commit and the chain follow from the commits', () =>
    forAnyHistory((db, commits) => {
      let chain = ''
      for (const [index, info] of commitsOf(db).entries()) {
        const commit = commits[index]
        const committedAt = new Date(commit?.at ?? 0).toISOString()
        chain = sha256(`${chain}\n${info.root}\n${index + 1}\n${committedAt}\n`)
        expect(info).toMatchObject({ seq: index + 1, committedAt, chain, counts: countsOf(commit?.catalogue) })
        expect(info.previous).toBe(commitsOf(db)[index - 1]?.version)
        expect(info.changes).toEqual(changesBetween(commits[index - 1]?.catalogue, commit?.catalogue))
      }
    }))

  it('no key has two current revisions, and a removed key has none', () =>
    forAnyHistory((db, commits) => {
      const overlaps = db.sql.exec(`select count(*) as n from revisions a join revisions b
        on a.entity_id = b.entity_id and a.id < b.id
        and a.from_seq < coalesce(b.to_seq, 1e9) and b.from_seq < coalesce(a.to_seq, 1e9)`)
      expect(overlaps.one().n).toBe(0)
      const { models, providers } = countsOf(commits.at(-1)?.catalogue)
      expect(db.sql.exec('select count(*) as n from revisions where to_seq is null').one().n).toBe(models + providers)
      expect(db.sql.exec('select count(*) as n from entities where gone_seq is null').one().n).toBe(models + providers)
      expect(db.sql.exec('select count(*) as n from revisions where to_seq <= from_seq').one().n).toBe(0)
    }))
})

function countsOf(catalogue: Catalogue | undefined) {
  return { models: catalogue?.models.length ?? 0, providers: catalogue?.providers.length ?? 0 }
}

function changesBetween(before: Catalogue | undefined, after: Catalogue | undefined) {
  const old = textsByKey(before)
  const next = textsByKey(after)
  const kept = [...next.keys()].filter((key) => old.has(key))
  return {
    added: next.size - kept.length,
    removed: old.size - kept.length,
    changed: kept.filter((key) => old.get(key) !== next.get(key)).length,
  }
}

function textsByKey(catalogue: Catalogue | undefined): Map<string, string> {
  return new Map(catalogue?.models.map((facts) => [`${facts.provider} ${facts.value}`, JSON.stringify(facts)]))
}
