/**
 * The families of a catalogue that a lab's name belongs to, as a board's names are looked up among them. A function of all
 * rows together; their order never matters.
 */
import type { Row, Rows } from '../build/rows.ts'
import { compareText } from '../json/canonical.ts'
import { lastSegmentOf } from '../match/family-id.ts'
import { type FamilyIndex, indexFamilies } from '../match/family-index.ts'
import { prefixReadingsOf, readingsOf } from '../match/model-id.ts'
import { normalFormOf } from '../match/spelling.ts'
import type { Effort } from '../vocabulary.ts'

export interface KnownFamily {
  family: string
  /** Release dates, of the lab's own rows where it has some. */
  dates: ReadonlySet<string>
  /** What may be asked for, by any row. */
  efforts: ReadonlySet<Effort>
  /** Its reasoning can be set in some way. */
  hasReasoningOptions: boolean
}

export interface FamilyDirectory {
  get(family: string): KnownFamily | undefined
  /** The one family of that name, of that lab where one is known. */
  find(name: string, lab: string | undefined): KnownFamily | undefined
}

export function createFamilyDirectory(rows: Rows): FamilyDirectory {
  const labelled = [...rows.values()].flat().filter(({ identity }) => identity.lab !== undefined)
  const members = Map.groupBy(labelled, ({ identity }) => identity.family)
  const families = [...members].sort(([a], [b]) => compareText(a, b))
  const index = indexFamilies(
    families.flatMap(([family, own]) => own.map(({ value }) => ({ family, id: lastSegmentOf(value) }))),
  )
  const known = new Map(families.map(([family, own]) => [family, describeFamily(family, own)]))
  return {
    get: (family) => known.get(family),
    find: (name, lab) => known.get(findFamily(name, lab, index) ?? ''),
  }
}

function describeFamily(family: string, rows: readonly Row[]): KnownFamily {
  const own = rows.filter(({ identity }) => identity.firstParty)
  const facts = (own.length > 0 ? own : rows).flatMap(({ listed, measured }) => [
    ...(listed ? [listed.facts] : []),
    ...(measured ? [measured.facts] : []),
  ])
  const options = rows.flatMap(({ listed }) => listed?.facts.reasoning ?? [])
  return {
    family,
    dates: new Set(facts.flatMap(({ releaseDate }) => releaseDate ?? [])),
    efforts: new Set(options.flatMap(({ efforts = [] }) => efforts)),
    hasReasoningOptions: options.length > 0,
  }
}

/** What a board measures was one model on one day: a moving alias may be another by now. */
function findFamily(name: string, lab: string | undefined, index: FamilyIndex): string | undefined {
  const key = normalFormOf(name)
  const id = { segment: name, lab, path: [] }
  const families = [
    ...[...readingsOf(id, key, '')].map((reading) => index.find(reading.key, reading.lab)),
    ...[...prefixReadingsOf(id, key, '')].map((reading) => index.findByWords(reading.key, reading.lab)),
  ]
  const family = families.find((found) => found !== undefined)
  return family === undefined || index.isMoving(family) ? undefined : family
}
