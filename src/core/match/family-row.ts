/** A row as the matcher reads it: its provider, its id, and the family that its source labels it with. */
import { withoutDateOrLatest } from './family-id.ts'
import { type KnownId, labOf } from './family-index.ts'
import { labOfProvider, labOfSeries } from './labs/labs.ts'
import { type ModelId, readModelId } from './model-id.ts'
import { SPELLING } from './spelling.ts'

export interface RowIdentity {
  provider: string
  value: string
  canonicalId?: string
}

export interface FamilyRow {
  provider: string
  value: string
  id: ModelId
  /** The normal form of its id. */
  key: string
  /** The lab whose own API offers it. */
  ownLab?: string
  /** The family that its canonical id states. */
  label?: KnownId
}

export function readFamilyRow({ provider, value, canonicalId }: RowIdentity, { normalFormOf } = SPELLING): FamilyRow {
  const id = readModelId(value)
  const ownLab = labOfProvider(provider)
  return {
    provider,
    value,
    id,
    key: normalFormOf(id.segment),
    ...(ownLab !== undefined && { ownLab }),
    ...(canonicalId !== undefined && { label: { family: familyOfCanonicalId(canonicalId), id: canonicalId } }),
  }
}

/** The family by the id at the lab's own API, unless the id names another lab: the API may also host others' models. */
export function ownFamilyOf(row: FamilyRow): KnownId | undefined {
  const { ownLab, id } = row
  if (ownLab === undefined || namedLabOf(row) !== ownLab) return undefined
  return { family: `${ownLab}/${withoutDateOrLatest(id.segment)}`, id: id.segment }
}

/** A prefix of an unknown lab ("baai/bge-m3") still means another lab. Without a prefix, the series decides. */
function namedLabOf({ id: { lab, path, segment }, ownLab }: FamilyRow): string | undefined {
  if (lab !== undefined || path.length > 0) return lab
  return labOfSeries(segment) ?? ownLab
}

function familyOfCanonicalId(canonicalId: string): string {
  const lab = labOf(canonicalId)
  return `${lab}/${withoutDateOrLatest(canonicalId.slice(lab.length + 1))}`
}
