/**
 * Finds where each fact of a model comes from, using the inputs that the catalogue was built from. Provenance is not
 * part of the content: the same facts from other sources give the same version. Pure.
 */
import { type Entry, layersOf } from '../build/precedence.ts'
import { statementOf } from '../build/rows.ts'
import { leavesOf } from '../diff/change.ts'
import { canonicalize } from '../json/canonical.ts'
import { keyOf } from '../model-order.ts'
import { isModelOverride, type ModelOverride, type Override } from '../overrides/override.ts'
import { isSet } from '../overrides/override-facts.ts'
import type { Model, ModelKey } from '../schema/model.ts'
import type { Provenance } from '../schema/operations.ts'
import { DERIVED_FIELDS, IDENTITY_FIELDS, type SourceName } from '../vocabulary.ts'
import { differencesOf } from './differences.ts'

export interface ProvenanceInput {
  /** The models built from the sources alone, without overrides. */
  models: readonly Model[]
  /** The entry that each of them was built from. */
  origins: readonly Entry[]
  /** The time, in ISO 8601, when a source last stated the facts that the registry has for a provider. */
  statedAt: (source: SourceName, provider: string) => string
  /** The active overrides and when each was put. */
  overrides: readonly { override: Override; at: string }[]
  /** The models with overrides applied but none hidden, because others may inherit from a hidden model. */
  unhidden: readonly Model[]
}

type Leaf = Provenance[string]
type StatedAt = ProvenanceInput['statedAt']

/** Returns a function that explains any model from the sources or the overrides. */
export function createProvenance(input: ProvenanceInput): (key: ModelKey) => Provenance | undefined {
  const origins = new Map(input.origins.map((entry) => [keyOf(entry.row), entry]))
  const fromSources = new Map(input.models.map((model) => [keyOf(model), model]))
  const unhidden = new Map(input.unhidden.map((model) => [keyOf(model), model]))
  const puts = new Map(
    input.overrides.flatMap(({ override, at }) =>
      isModelOverride(override) ? [[keyOf(override), { override, at }] as const] : [],
    ),
  )

  const explain = (key: ModelKey): Provenance | undefined => {
    const model = unhidden.get(keyOf(key))
    if (!model) return undefined
    const put = puts.get(keyOf(key))
    const source = fromSources.get(keyOf(key))
    const origin = origins.get(keyOf(key))
    const known = source && origin && provenanceOf(source, origin, input.statedAt)
    if (!put) return known
    const { inheritFrom } = put.override
    const base = inheritFrom
      ? { model: unhidden.get(keyOf(inheritFrom)), provenance: explain(inheritFrom) }
      : { model: source, provenance: known }
    return overriddenProvenance(model, { ...put, ...base, identity: known })
  }
  return explain
}

/** The provenance of a model built from the sources alone, by path. */
export function provenanceOf(model: Model, entry: Entry, statedAt: StatedAt): Provenance {
  const strongest = statementOf(entry.row).source
  const identity = { provider: strongest, value: strongest, name: strongest }
  const sources = new Map<string, SourceName>(
    Object.entries({ ...identity, id: entry.row.measured?.source ?? strongest }),
  )
  for (const { source, facts } of layersOf(entry))
    for (const path of leavesOf(facts).keys()) if (!sources.has(path)) sources.set(path, source)
  const dropped = new Map(differencesOf(entry).map((difference) => [difference.path, difference.dropped.fact]))
  const timeOf = (source: SourceName): string => statedAt(source, entry.row.provider)
  return mapLeaves(model, (path): Leaf => {
    const source = DERIVED.has(path) ? undefined : sources.get(path)
    if (!source) return { source: 'derived', at: timeOf(strongest) }
    return { source, at: timeOf(source), ...(dropped.has(path) && { was: dropped.get(path) }) }
  })
}

/** Always derived from other facts, even if a source also states them. */
const DERIVED: ReadonlySet<string> = new Set([...DERIVED_FIELDS, 'pricing.blended'])

interface Overriding {
  override: ModelOverride
  at: string
  /** The model that the override starts from; absent if only the remembered facts have it. */
  model?: Model
  provenance?: Provenance
  /** The provenance of the target itself, which keeps its id if the sources have the target. */
  identity?: Provenance
}

function overriddenProvenance(
  model: Model,
  { override, at, model: base, provenance, identity }: Overriding,
): Provenance {
  const before = leavesOf(base ?? {})
  return mapLeaves(model, (path, fact): Leaf => {
    if (IDENTITY.has(path)) return identity?.[path] ?? { source: 'override', at }
    const was = before.get(path)
    const differs = was !== undefined && canonicalize(was) !== canonicalize(fact)
    if (isSet(override.set, path.split('.'))) return { source: 'override', at, ...(differs && { was }) }
    if (!differs && provenance?.[path]) return provenance[path]
    // Facts that are only remembered were kept for the override, so it is their source.
    const isDerived = base !== undefined || DERIVED.has(path) || (path === 'status' && fact === 'active')
    return { source: isDerived ? 'derived' : 'override', at }
  })
}

const IDENTITY: ReadonlySet<string> = new Set(IDENTITY_FIELDS)

function mapLeaves(model: Model, explain: (path: string, fact: unknown) => Leaf): Provenance {
  return Object.fromEntries([...leavesOf(model)].map(([path, fact]) => [path, explain(path, fact)]))
}
