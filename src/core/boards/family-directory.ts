/**
 * The families of a catalogue that have a known lab, indexed for looking up the names on a board. Depends on all rows
 * together; the order of rows does not matter.
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
  /** Release dates: from the lab's own rows if there are any, else from all rows. */
  dates: ReadonlySet<string>
  /** Every effort that any row supports. */
  efforts: ReadonlySet<Effort>
  /** Whether any row lets a request control reasoning. */
  hasReasoningOptions: boolean
}

export interface FamilyDirectory {
  get(family: string): KnownFamily | undefined
  /** The only family with that name, within `lab` if given. */
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

/** A board measured one model on one day. A moving alias may point to another model today, so it does not match. */
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
