/**
 * The function of the registry: source rows, settings and remembered names in, a catalogue out.
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
import { joinRows, type SecondRow } from './join.ts'
import { PROVIDER_FACTS } from './provider-facts.ts'
import { nameProviders, type ProviderNames, providerOf } from './provider-names.ts'
import { factsOf } from './row-facts.ts'
import type { SourcePull, SourceRow } from './source-pull.ts'

/** Raised when this code makes other facts of the same rows: the current catalogue is then built again. */
export const BUILD_VERSION = 2

export interface BuildInput {
  pull: SourcePull
  second?: SecondSource
  iqThresholds: IqThresholds
  names: ProviderNames
  /** Provider values that only known creators may take. */
  reserved: Iterable<string>
}

export interface SecondSource {
  attribution: Attribution[]
  /** Which of its rows speaks of the same model. */
  match: Matcher
}

export interface Build {
  catalogue: Catalogue
  names: ProviderNames
  /** The sources that say something of it. */
  attribution: Attribution[]
  /** Which rows each model is made of, in no order. */
  origins: Origin[]
}

export interface Origin extends ModelKey {
  first: SourceRow
  second?: SecondRow
}

export function buildCatalogue(input: BuildInput): Result<Build, SourceFailure> {
  const { pull, second } = input
  const names = nameProviders(pull.rows, input.names, input.reserved)
  const origins = pull.rows.map((row) => originOf(row, providerOf(row.creator, names), second?.match))
  const models = origins.map((origin) => buildModel(origin, input)).sort(compareModels)
  const repeated = models.find((model, index) => index > 0 && compareModels(model, models[index - 1] ?? model) === 0)
  if (repeated) return fail(repeatedModel(repeated))
  return ok({
    catalogue: { providers: buildProviders(pull.rows, names), models },
    names,
    origins,
    attribution: creditsOf(input, origins),
  })
}

function originOf(first: SourceRow, provider: string, match: Matcher | undefined): Origin {
  const key = { provider, value: first.slug }
  const outcome = match?.(first, provider)
  return outcome?.matched ? { ...key, first, second: outcome } : { ...key, first }
}

function creditsOf({ pull, second }: BuildInput, origins: Origin[]): Attribution[] {
  const isUsed = second && origins.some((origin) => origin.second)
  const credits = isUsed ? [...pull.attribution, ...second.attribution] : pull.attribution
  return [...new Map(credits.map((credit) => [credit.url, credit])).values()]
}

function buildModel({ provider, first, second }: Origin, { pull, iqThresholds }: BuildInput): Model {
  const row = joinRows(first, second)
  const index = row.metrics?.intelligenceIndex
  return compact({
    id: row.id,
    value: row.slug,
    provider,
    name: row.name,
    ...namesOf(row.name, row.slug),
    ...factsOf(row),
    iq: iqOf(index, pull.indexVersion, iqThresholds),
    speed: speedOf(row.metrics?.outputTokensPerSecond),
    pricing: row.pricing && { ...row.pricing, blended: blendOf(row.pricing) },
    metrics: { ...row.metrics, intelligenceIndexVersion: index === undefined ? undefined : pull.indexVersion },
    status: row.status ?? ('active' as const),
  })
}

function buildProviders(rows: SourceRow[], names: ProviderNames): Provider[] {
  const creatorNames = new Map<string, string>()
  for (const { creator } of rows) {
    const value = providerOf(creator, names)
    const name = creator?.name ?? 'Unknown'
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
