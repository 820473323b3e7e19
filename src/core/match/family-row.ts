/** A row as the matcher reads it: where it is offered, under which id, and which family its source labels it with. */
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
  /** By its canonical id. */
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

/** What the lab's own API calls the model, unless its id names another lab: such an API may host others' models. */
export function ownFamilyOf(row: FamilyRow): KnownId | undefined {
  const { ownLab, id } = row
  if (ownLab === undefined || namedLabOf(row) !== ownLab) return undefined
  return { family: `${ownLab}/${withoutDateOrLatest(id.segment)}`, id: id.segment }
}

/** A prefix that is not of a known lab ("baai/bge-m3") still names another maker; without a prefix, the series decides. */
function namedLabOf({ id: { lab, path, segment }, ownLab }: FamilyRow): string | undefined {
  if (lab !== undefined || path.length > 0) return lab
  return labOfSeries(segment) ?? ownLab
}

function familyOfCanonicalId(canonicalId: string): string {
  const lab = labOf(canonicalId)
  return `${lab}/${withoutDateOrLatest(canonicalId.slice(lab.length + 1))}`
}
