/** What recorded pulls make without a registry: no history, no guard, no overrides. By the code that the Worker runs. */
import { billingOf } from '../../src/core/build/billing.ts'
import { buildParts, type Part } from '../../src/core/build/build-parts.ts'
import { mergeReadings } from '../../src/core/build/merge-readings.ts'
import { modelTypeOf } from '../../src/core/build/model-type.ts'
import { nameProviders, type ProviderNames } from '../../src/core/build/provider-names.ts'
import { ok, type Result, type SourceFailure } from '../../src/core/failure.ts'
import { createFamilies } from '../../src/core/match/families.ts'
import { headOf } from '../../src/core/match/head.ts'
import { ownProvidersOf } from '../../src/core/match/labs.ts'
import type { Attribution } from '../../src/core/schema/history.ts'
import type { Catalogue } from '../../src/core/schema/model.ts'
import { DEFAULT_EPOCH_THRESHOLDS, DEFAULT_IQ_THRESHOLDS, type IqScale } from '../../src/core/score.ts'
import type { IqBasis, SourceName } from '../../src/core/vocabulary.ts'
import { AA_CREATORS } from '../../src/sources/artificial-analysis/creators.ts'
import type { SourceReading } from '../../src/sources/source.ts'
import { sourceNamed } from '../../src/sources/sources.ts'

export interface SourcePull {
  source: SourceName
  pages: unknown[]
}

export interface MadeAlone {
  catalogue: Catalogue
  parts: Part[]
  attribution: Attribution[]
  iqBasis: IqBasis
  /** The providers of creators, for the next pull. */
  names: ProviderNames
}

/** Families take facts of all pulls together. Every provider is kept. */
export function makeAlone(pulls: readonly SourcePull[], names: ProviderNames = {}): Result<MadeAlone, SourceFailure> {
  const read: ReadPull[] = []
  for (const pull of pulls) {
    const result = readPull(pull, read.at(-1)?.names ?? names)
    if (!result.ok) return result
    read.push(result.value)
  }
  const readings = read.flatMap((pull) => pull.readings)
  const { providers, models } = mergeReadings(readings)
  const scale = scaleOf(pulls)
  const built = buildParts({
    ...{ providers, models, scale, typeOf: modelTypeOf, headOf, ownProvidersOf, billingOf },
    familyOf: createFamilies(models),
    indexVersion: readings.find(({ indexVersion }) => indexVersion !== undefined)?.indexVersion,
  })
  if (!built.ok) return built
  const parts = [...built.value.values()]
  return ok({
    catalogue: { providers: parts.map(({ provider }) => provider), models: parts.flatMap((part) => part.models) },
    parts,
    attribution: read.flatMap((pull) => pull.attribution),
    iqBasis: scale.basis,
    names: read.at(-1)?.names ?? names,
  })
}

interface ReadPull {
  readings: SourceReading[]
  attribution: Attribution[]
  names: ProviderNames
}

function readPull({ source: name, pages }: SourcePull, known: ProviderNames): Result<ReadPull, SourceFailure> {
  const source = sourceNamed(name)
  const split = source.split(pages)
  if (!split.ok) return split
  const shares = [...split.value.shares.values()]
  const creators = shares.flatMap((share) => source.creatorsIn(share))
  const names = nameProviders(creators, known, AA_CREATORS.values())
  const readings = shares.map((share) => source.read(share, names))
  const standIns = readings.flatMap(({ attribution }) => attribution ?? [])
  return ok({ readings, attribution: standIns.length > 0 ? standIns : [source.attribution], names })
}

function scaleOf(pulls: readonly SourcePull[]): IqScale {
  return pulls.some(({ source }) => source === 'artificial-analysis')
    ? { basis: 'artificial-analysis', thresholds: DEFAULT_IQ_THRESHOLDS }
    : { basis: 'epoch', thresholds: DEFAULT_EPOCH_THRESHOLDS }
}
