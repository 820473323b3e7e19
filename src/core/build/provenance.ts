/**
 * Where each fact of a model comes from. Worked out from what a catalogue was built of, never part of its content: the
 * same facts from other sources are the same version. Pure.
 */

import { canonicalize } from '../canonical.ts'
import { changesBetween } from '../diff/change.ts'
import { keyOf } from '../model-order.ts'
import { isModelOverride, type ModelOverride, type Override } from '../overrides/override.ts'
import { isSet } from '../overrides/override-facts.ts'
import type { Catalogue, Model, ModelKey } from '../schema/model.ts'
import type { Provenance } from '../schema/operations.ts'
import type { SourceName } from '../vocabulary.ts'
import type { Origin } from './build-catalogue.ts'
import { joinRows } from './join.ts'
import { factsOf } from './row-facts.ts'
import { differencesOf } from './source-comparison.ts'

export interface Witness {
  source: SourceName
  /** When it was last heard, as an ISO time. */
  at: string
}

export interface Told {
  /** What the sources alone make, and the rows it is made of. */
  sources: Catalogue
  origins: readonly Origin[]
  first: Witness
  second?: Witness
  /** The active overrides and when each was put. */
  overrides: readonly { override: Override; at: string }[]
  /** With overrides but nothing hidden: what is hidden may be what others inherit from. */
  unhidden: Catalogue
}

type Leaf = Provenance[string]

/** The origins of the facts of any model that the sources or the overrides make. */
export function createProvenance(told: Told): (key: ModelKey) => Provenance | undefined {
  const origins = new Map(told.origins.map((origin) => [keyOf(origin), origin]))
  const fromSources = new Map(told.sources.models.map((model) => [keyOf(model), model]))
  const unhidden = new Map(told.unhidden.models.map((model) => [keyOf(model), model]))
  const puts = new Map(
    told.overrides.flatMap(({ override, at }) =>
      isModelOverride(override) ? [[keyOf(override), { override, at }] as const] : [],
    ),
  )

  const explain = (key: ModelKey): Provenance | undefined => {
    const model = unhidden.get(keyOf(key))
    if (!model) return undefined
    const put = puts.get(keyOf(key))
    const source = fromSources.get(keyOf(key))
    const origin = origins.get(keyOf(key))
    const known = source && origin && sourceProvenance(source, origin, told)
    if (!put) return known
    const { inheritFrom } = put.override
    const base = inheritFrom
      ? { model: unhidden.get(keyOf(inheritFrom)), provenance: explain(inheritFrom) }
      : { model: source, provenance: known }
    return overriddenProvenance(model, { ...put, ...base, identity: known })
  }
  return explain
}

function sourceProvenance(model: Model, { first, second }: Origin, told: Told): Provenance {
  const said = leavesOf(factsOf(first))
  const differences = new Map(
    (second ? differencesOf({ first, second }) : []).map(({ path, second }) => [path, second]),
  )
  const joined = leavesOf(factsOf(joinRows(first, second)))
  return mapLeaves(model, (path, fact) => {
    if (followsFromOthers(path, first, fact)) return { source: 'derived', at: told.first.at }
    const isFirst = said.has(path) || !joined.has(path) || speaksOfModality(first, path)
    if (!isFirst && told.second) return { ...told.second }
    return { ...told.first, ...(differences.has(path) && { was: differences.get(path) }) }
  })
}

const DERIVED = ['alias', 'family', 'effort', 'iq', 'speed']

function followsFromOthers(
  path: string,
  { pricing, status }: Pick<Partial<Model>, 'pricing' | 'status'>,
  fact: unknown,
): boolean {
  if (path === 'pricing.blended') return pricing?.input !== undefined && pricing.output !== undefined
  // No source says of a model that it is in ordinary use.
  if (path === 'status') return status === undefined && fact === 'active'
  return DERIVED.includes(path)
}

/** A list is of the first source as soon as it says anything of it. */
function speaksOfModality({ modalities }: Origin['first'], path: string): boolean {
  const flags = path === 'modalities.input' ? modalities?.input : path === 'modalities.output' && modalities?.output
  return Object.values(flags || {}).some((flag) => flag !== undefined)
}

interface Overriding {
  override: ModelOverride
  at: string
  /** What the override starts from; absent where only the memory has it. */
  model?: Model
  provenance?: Provenance
  /** Of the target itself, which keeps its id where the sources have it. */
  identity?: Provenance
}

function overriddenProvenance(
  model: Model,
  { override, at, model: base, provenance, identity }: Overriding,
): Provenance {
  const before = leavesOf(base ?? {})
  return mapLeaves(model, (path, fact): Leaf => {
    if (IDENTITY.includes(path)) return identity?.[path] ?? { source: 'override', at }
    const was = before.get(path)
    const differs = was !== undefined && !isEqual(was, fact)
    if (isSet(override.set, path.split('.'))) return { source: 'override', at, ...(differs && { was }) }
    if (!differs && provenance?.[path]) return provenance[path]
    // What else only the memory has was kept for the override's sake.
    const isDerived = base !== undefined || followsFromOthers(path, { ...model, status: undefined }, fact)
    return { source: isDerived ? 'derived' : 'override', at }
  })
}

const IDENTITY = ['id', 'provider', 'value']

function mapLeaves(model: Model, explain: (path: string, fact: unknown) => Leaf): Provenance {
  return Object.fromEntries([...leavesOf(model)].map(([path, fact]) => [path, explain(path, fact)]))
}

function leavesOf(facts: object): Map<string, unknown> {
  return new Map(changesBetween({}, facts).map(({ path, after }) => [path, after]))
}

const isEqual = (a: unknown, b: unknown): boolean => canonicalize(a) === canonicalize(b)
