/**
 * Matches a row without a label to a family by its id alone. Families are known from labelled rows and from the ids at
 * the labs' own APIs. Equal facts and similar names are no evidence. Neither is a name that labels give to several
 * families (a host may not have followed a moving alias), except at the lab's own API, where it is the lab's own id.
 * The order of rows does not matter.
 */
import { compareText } from '../json/canonical.ts'
import { type FamilyIndex, indexFamilies, labOf } from './family-index.ts'
import { type FamilyRow, ownFamilyOf } from './family-row.ts'
import { ownProvidersOf } from './labs/labs.ts'
import { type IdReading, prefixReadingsOf, readingsOf } from './model-id.ts'
import { rememberingSpelling } from './spelling.ts'

export interface FamilyMatcher {
  /** The family of a row, labelled or not; `undefined` if its id identifies none. */
  match(row: FamilyRow): string | undefined
  index: FamilyIndex
}

export function createFamilyMatcher(rows: readonly FamilyRow[], spelling = rememberingSpelling()): FamilyMatcher {
  const labels = gatherLabels(rows)
  const byId = new Map(rows.flatMap(({ label }) => (label ? [[label.id, label] as const] : [])))
  const canonical = [...byId.values()].sort((a, b) => compareText(a.id, b.id))
  const findLabelled = createFinder(indexFamilies(canonical, spelling))
  const unknown = rows.filter((row) => row.ownLab !== undefined && matchRow(row, findLabelled, labels) === undefined)
  const own = unknown.sort(compareOwnRows).flatMap((row) => ownFamilyOf(row) ?? [])
  const index = indexFamilies([...canonical, ...own], spelling)
  const find = createFinder(index)
  return { match: (row) => matchRow(row, find, labels), index }
}

/** The order of a lab's providers decides whose spelling is used. */
function compareOwnRows(a: FamilyRow, b: FamilyRow): number {
  return orderOf(a) - orderOf(b) || compareText(a.provider, b.provider) || compareText(a.value, b.value)
}

const orderOf = ({ ownLab = '', provider }: FamilyRow): number => ownProvidersOf(ownLab).indexOf(provider)

interface Labels {
  /** The families that a name is labelled with, at any provider. */
  byKey: Map<string, Set<string>>
  /** The same, but only at the lab's own providers, by lab and name. */
  byOwnKey: Map<string, Set<string>>
}

function gatherLabels(rows: readonly FamilyRow[]): Labels {
  const labels: Labels = { byKey: new Map(), byOwnKey: new Map() }
  for (const { key, label, ownLab } of rows) {
    if (label === undefined) continue
    note(labels.byKey, key, label.family)
    if (ownLab !== undefined) note(labels.byOwnKey, `${ownLab}/${key}`, label.family)
  }
  return labels
}

function note(labels: Map<string, Set<string>>, key: string, family: string): void {
  const known = labels.get(key)
  if (known) known.add(family)
  else labels.set(key, new Set([family]))
}

function matchRow(row: FamilyRow, find: Finder, labels: Labels): string | undefined {
  return row.label?.family ?? matchByOwnLabel(row, labels) ?? matchById(row, find, labels)
}

/** An id means the same model at all of a lab's own APIs. */
function matchByOwnLabel({ ownLab, key }: FamilyRow, { byOwnKey }: Labels): string | undefined {
  if (ownLab === undefined) return undefined
  const [family, ...others] = byOwnKey.get(`${ownLab}/${key}`) ?? []
  return others.length === 0 ? family : undefined
}

function matchById(row: FamilyRow, find: Finder, labels: Labels): string | undefined {
  const [reading, family] = find(row) ?? []
  if (reading === undefined || family === undefined) return undefined
  if (row.ownLab === labOf(family)) return family
  const given = labels.byKey.get(reading.key)
  return given === undefined || (given.size === 1 && given.has(family)) ? family : undefined
}

type Found = [IdReading, string]
/** The first reading of a row's id that is known, and its family. */
type Finder = (row: FamilyRow) => Found | undefined

/** Remembers what it found of an id: most are offered by several hosts. */
function createFinder(index: FamilyIndex): Finder {
  const known = new Map<string, Found | undefined>()
  return (row) => {
    const { value, provider, key } = row
    // The host matters only where the id may begin with its name.
    const asked = key[0] === provider[0] ? `${value}\n${provider}` : value
    if (!known.has(asked)) known.set(asked, findReading(row, index))
    return known.get(asked)
  }
}

function findReading({ id, provider, key }: FamilyRow, index: FamilyIndex): Found | undefined {
  for (const reading of readingsOf(id, key, provider)) {
    const family = index.find(reading.key, reading.lab)
    if (family !== undefined) return [reading, family]
  }
  for (const reading of prefixReadingsOf(id, key, provider)) {
    const family = index.findByWords(reading.key, reading.lab)
    if (family !== undefined) return [reading, family]
  }
  // A prefix may name a lab as the host: "alibaba/glm-5.2".
  const family = id.lab === undefined ? undefined : index.find(key)
  return family === undefined ? undefined : [{ key, lab: undefined }, family]
}
