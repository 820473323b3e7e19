/**
 * Where each fact of a model comes from. Worked out from what a catalogue was built of, never part of its content: the
 * same facts from other sources are the same version. Pure.
 */

import { canonicalize } from '../canonical.ts'
import { leavesOf } from '../diff/change.ts'
import { keyOf } from '../model-order.ts'
import { isModelOverride, type ModelOverride, type Override } from '../overrides/override.ts'
import { isSet } from '../overrides/override-facts.ts'
import type { Catalogue, Model, ModelKey } from '../schema/model.ts'
import type { Provenance } from '../schema/operations.ts'
import { DERIVED_FIELDS, IDENTITY_FIELDS, type SourceName } from '../vocabulary.ts'
import type { Origin } from './build-catalogue.ts'
import { joinStatements, modelFactsOf } from './join-statements.ts'
import { believedOn } from './precedence.ts'
import { differencesOf } from './source-comparison.ts'
import type { Statement, Statements } from './statement.ts'

export interface ProvenanceInput {
  /** What the sources alone make, and the statements it is made of. */
  sources: Catalogue
  origins: readonly Origin[]
  /** When each source last said what it says, as an ISO time. */
  at: Record<SourceName, string>
  /** The active overrides and when each was put. */
  overrides: readonly { override: Override; at: string }[]
  /** With overrides but nothing hidden: what is hidden may be what others inherit from. */
  unhidden: Catalogue
}

type Leaf = Provenance[string]

/** The origins of the facts of any model that the sources or the overrides make. */
export function createProvenance(input: ProvenanceInput): (key: ModelKey) => Provenance | undefined {
  const origins = new Map(input.origins.map((origin) => [keyOf(origin), origin]))
  const fromSources = new Map(input.sources.models.map((model) => [keyOf(model), model]))
  const unhidden = new Map(input.unhidden.models.map((model) => [keyOf(model), model]))
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
    const known = source && origin && sourceProvenance(source, origin.statements, input.at)
    if (!put) return known
    const { inheritFrom } = put.override
    const base = inheritFrom
      ? { model: unhidden.get(keyOf(inheritFrom)), provenance: explain(inheritFrom) }
      : { model: source, provenance: known }
    return overriddenProvenance(model, { ...put, ...base, identity: known })
  }
  return explain
}

function sourceProvenance(model: Model, statements: Statements, at: ProvenanceInput['at']): Provenance {
  const [row] = statements
  const joined = joinStatements(statements)
  const stated = statements.map((statement) => ({ statement, leaves: leavesOf(modelFactsOf(statement.facts)) }))
  const differences = new Map(differencesOf(statements).map(({ path, dropped }) => [path, dropped[0]?.fact]))
  return mapLeaves(model, (path, fact) => {
    if (followsFromOthers(path, joined, fact)) return { source: 'derived', at: at[row.source] }
    const speaking = stated.filter(({ statement, leaves }) => leaves.has(path) || speaksOfModality(statement, path))
    // What no source states, such as the provider, is of the row that the model is.
    const { source } =
      believedOn(
        path,
        speaking.map(({ statement }) => statement),
        statements,
      ) ?? row
    return { source, at: at[source], ...(differences.has(path) && { was: differences.get(path) }) }
  })
}

function followsFromOthers(
  path: string,
  { pricing, status }: Pick<Partial<Model>, 'pricing' | 'status'>,
  fact: unknown,
): boolean {
  if (path === 'pricing.blended') return pricing?.input !== undefined && pricing.output !== undefined
  // No source says of a model that it is in ordinary use.
  if (path === 'status') return status === undefined && fact === 'active'
  return DERIVED_FIELDS.some((field) => field === path)
}

/** A list is of the most believed source that says anything of it. */
function speaksOfModality({ facts: { modalities } }: Statement, path: string): boolean {
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
    if (IDENTITY_FIELDS.some((field) => field === path)) return identity?.[path] ?? { source: 'override', at }
    const was = before.get(path)
    const differs = was !== undefined && !isEqual(was, fact)
    if (isSet(override.set, path.split('.'))) return { source: 'override', at, ...(differs && { was }) }
    if (!differs && provenance?.[path]) return provenance[path]
    // What else only the memory has was kept for the override's sake.
    const isDerived = base !== undefined || followsFromOthers(path, { ...model, status: undefined }, fact)
    return { source: isDerived ? 'derived' : 'override', at }
  })
}

function mapLeaves(model: Model, explain: (path: string, fact: unknown) => Leaf): Provenance {
  return Object.fromEntries([...leavesOf(model)].map(([path, fact]) => [path, explain(path, fact)]))
}

const isEqual = (a: unknown, b: unknown): boolean => canonicalize(a) === canonicalize(b)
