/**
 * Builds the parts of a catalogue, one for each provider, from statements and settings. No clock and no I/O: the same
 * statements give the same parts on any machine, in any order. A part depends only on its inputs, so a part whose
 * inputs are unchanged need not be built again.
 */
import { matchScores, scoreStatementsOf, unmatchedNames } from '../boards/match-scores.ts'
import { compact } from '../compact.ts'
import { ok, type Result, type SourceFailure } from '../failure.ts'
import { createFamilyFacts, type FamilyReads, type FamilySettings } from '../family/family-facts.ts'
import { compareText } from '../json/canonical.ts'
import type { Model, Provider } from '../schema/model.ts'
import type { ModelStatement, NamedScore, ProviderStatement, ScoreStatement } from '../statements/statement.ts'
import { buildModel, type TypeOf } from './build-model.ts'
import type { PartInputs } from './part-inputs.ts'
import { PlanMemory } from './plan-memory.ts'
import type { Entry } from './precedence.ts'
import { PROVIDER_FACTS } from './provider-facts.ts'
import { joinRows, type Row, type RowSettings } from './rows.ts'
import type { UnreadFact } from './usable-statement.ts'

type PlanSettings = Omit<RowSettings, 'providerNameOf' | 'memory'> & Omit<FamilySettings, 'memory'>

export interface BuildInput extends PlanSettings {
  providers: readonly ProviderStatement[]
  models: readonly ModelStatement[]
  scores?: readonly ScoreStatement[]
  /** Scores from boards that identify models by name only. */
  namedScores?: readonly NamedScore[]
  typeOf: TypeOf
  /** Default: all. Families still use facts from providers that are left out. */
  keepsProvider?: (provider: string) => boolean
  memory?: PlanMemory
}

export interface Part {
  provider: Provider
  /** Sorted by value. */
  models: Model[]
  /** The entry that each model was built from, in the same order. */
  origins: readonly Entry[]
}

export interface BuildPlan {
  /** Sorted by provider. */
  parts: Map<string, PartInputs>
  /** By source and field: facts that contradict others in the same row, and names on boards that match no family. */
  unread: UnreadFact[]
}

export function buildParts(input: BuildInput): Result<Map<string, Part>, SourceFailure> {
  const plan = planParts(input)
  if (!plan.ok) return plan
  return ok(new Map([...plan.value.parts].map(([provider, inputs]) => [provider, buildPart(inputs, input.typeOf)])))
}

/** Collects the inputs of each part. Computes the families, from the sources alone. */
export function planParts(input: BuildInput): Result<BuildPlan, SourceFailure> {
  const { keepsProvider = () => true, scale, memory = new PlanMemory() } = input
  memory.turn()
  const statements = Map.groupBy(input.providers.toSorted(compareStatements), ({ provider }) => provider)
  const statementsOf = (provider: string): ProviderStatement[] => statements.get(provider) ?? []
  const providerNameOf = (provider: string): string => buildProvider(provider, statementsOf(provider)).name
  const joined = joinRows(input.models, { ...input, providerNameOf, memory: memory.rows })
  if (!joined.ok) return joined
  const { rows, unread } = joined.value
  const matches = matchScores(input.namedScores ?? [], rows)
  const scores = [...(input.scores ?? []), ...scoreStatementsOf(matches)]
  const familyOf = createFamilyFacts(rows, scores, { ...input, memory: memory.reads })
  const inputsOfPart = (provider: string): PartInputs => {
    const [ofProvider, own] = [statementsOf(provider), rows.get(provider) ?? []]
    const reads = own.map(familyOf)
    const inputs = [scale.basis, scale.thresholds, own, ...ofProvider, ...reads]
    return memory.parts.take(provider, inputs, () => ({
      provider,
      statements: ofProvider,
      entries: entriesOf(own, familyOf),
      scale,
    }))
  }
  const providers = [...new Set([...statements.keys(), ...rows.keys()])].filter(keepsProvider).sort()
  return ok({
    parts: new Map(providers.map((provider) => [provider, inputsOfPart(provider)])),
    unread: [...unread, ...unmatchedNames(matches)],
  })
}

const entriesOf = (rows: readonly Row[], familyOf: (row: Row) => FamilyReads): Entry[] =>
  rows.map((row) => ({ row, family: familyOf(row) }))

export function buildPart({ provider, statements, entries, scale }: PartInputs, typeOf: TypeOf): Part {
  return {
    provider: buildProvider(provider, statements),
    models: entries.map((entry) => buildModel(entry, scale, typeOf)),
    origins: entries,
  }
}

/** Puts Artificial Analysis last, because it renames creators; the rest are in a fixed order. */
function compareStatements(a: ProviderStatement, b: ProviderStatement): number {
  const rankOf = ({ source }: ProviderStatement): number => Number(source === 'artificial-analysis')
  const textOf = ({ source, name, facts }: ProviderStatement): string => JSON.stringify([source, name, facts])
  return rankOf(a) - rankOf(b) || compareText(textOf(a), textOf(b))
}

/** A name from a list of providers comes first, then the reviewed name, then the creator's name. */
function buildProvider(value: string, statements: readonly ProviderStatement[]): Provider {
  const [first] = statements
  const reviewed = PROVIDER_FACTS.get(value)
  const listedName = first?.source === 'artificial-analysis' ? undefined : first?.name
  const facts: Partial<Provider> = {}
  for (const statement of statements.toReversed()) Object.assign(facts, compact(statement.facts))
  return compact<Provider>({
    status: 'active',
    ...reviewed,
    ...facts,
    value,
    name: listedName ?? reviewed?.name ?? first?.name ?? value,
  })
}
