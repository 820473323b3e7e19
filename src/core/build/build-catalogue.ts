/**
 * The function of the registry: statements, settings and remembered names in, a catalogue out.
 * No clock and no I/O: the same facts give the same catalogue on any machine, whatever the order of rows and keys.
 */
import { compareText } from '../canonical.ts'
import { compact } from '../compact.ts'
import { fail, ok, type Result, type SourceFailure } from '../failure.ts'
import type { Matcher } from '../match/match.ts'
import { compareModels } from '../model-order.ts'
import type { Attribution } from '../schema/history.ts'
import type { Catalogue, Model, ModelKey, Provider } from '../schema/model.ts'
import { type IqThresholds, iqOf, speedOf } from '../score.ts'
import { blendOf, namesOf } from './derive.ts'
import { joinStatements, modelFactsOf } from './join-statements.ts'
import { PROVIDER_FACTS } from './provider-facts.ts'
import { nameProviders, type ProviderNames, providerOf } from './provider-names.ts'
import type { SourcePull, Statement, Statements } from './statement.ts'

/** Raised when this code makes other facts of the same statements: the current catalogue is then built again. */
export const BUILD_VERSION = 2

export interface BuildInput {
  /** Of the source whose rows the models are. */
  pull: SourcePull
  /** Sources that speak of the same models. */
  others?: readonly OtherSource[]
  iqThresholds: IqThresholds
  names: ProviderNames
  /** Provider values that only known creators may take. */
  reserved: Iterable<string>
}

export interface OtherSource extends Pick<SourcePull, 'source' | 'attribution'> {
  /** Which of its statements is of the same model. */
  match: Matcher
}

export interface Build {
  catalogue: Catalogue
  names: ProviderNames
  /** The sources that state something of it. */
  attribution: Attribution[]
  /** Which statements each model is made of, in no order of models. */
  origins: Origin[]
}

export interface Origin extends ModelKey {
  statements: Statements
}

export function buildCatalogue(input: BuildInput): Result<Build, SourceFailure> {
  const { statements: rows } = input.pull
  const names = nameProviders(rows, input.names, input.reserved)
  const origins = rows.map((row) => originOf(row, providerOf(row, names), input))
  const models = origins.map((origin) => buildModel(origin, input)).sort(compareModels)
  const repeated = models.find((model, index) => index > 0 && compareModels(model, models[index - 1] ?? model) === 0)
  if (repeated) return fail(repeatedModel(repeated))
  return ok({
    catalogue: { providers: buildProviders(rows, names), models },
    names,
    origins,
    attribution: creditsOf(input, origins),
  })
}

function originOf(row: Statement, provider: string, { others = [] }: BuildInput): Origin {
  const matched = others.flatMap(({ match }) => {
    const outcome = match(row, provider)
    return outcome.matched ? [outcome.statement] : []
  })
  return { provider, value: row.value, statements: [row, ...matched] }
}

function creditsOf({ pull, others = [] }: BuildInput, origins: Origin[]): Attribution[] {
  const used = new Set(origins.flatMap(({ statements }) => statements.map(({ source }) => source)))
  const credits = [pull, ...others.filter(({ source }) => used.has(source))].flatMap(({ attribution }) => attribution)
  return [...new Map(credits.map((credit) => [credit.url, credit])).values()]
}

function buildModel({ provider, statements }: Origin, { pull, iqThresholds }: BuildInput): Model {
  const [{ id, value, name }] = statements
  const facts = modelFactsOf(joinStatements(statements))
  const { pricing, metrics } = facts
  const index = metrics?.intelligenceIndex
  return compact({
    ...{ id, value, provider, name },
    ...namesOf(name, value),
    ...facts,
    iq: iqOf(index, pull.indexVersion, iqThresholds),
    speed: speedOf(metrics?.outputTokensPerSecond),
    pricing: pricing && { ...pricing, blended: blendOf(pricing) },
    metrics: { ...metrics, intelligenceIndexVersion: index === undefined ? undefined : pull.indexVersion },
    status: facts.status ?? ('active' as const),
  })
}

function buildProviders(rows: Statement[], names: ProviderNames): Provider[] {
  const creatorNames = new Map<string, string>()
  for (const row of rows) {
    const value = providerOf(row, names)
    const name = row.creator?.name ?? 'Unknown'
    const known = creatorNames.get(value)
    if (known === undefined || compareText(name, known) < 0) creatorNames.set(value, name)
  }
  return [...creatorNames]
    .map(([value, name]) => ({ value, name, ...PROVIDER_FACTS.get(value), status: 'active' as const }))
    .sort((a, b) => compareText(a.value, b.value))
}

function repeatedModel({ provider, value }: ModelKey): SourceFailure {
  const detail = `Cannot build the catalogue: the source lists "${provider}/${value}" twice`
  return { code: 'source-failed', reason: 'inconsistent', detail }
}
