/** Builds a catalogue from recorded pulls without a registry (no history, guard or overrides), with the Worker's code. */
import type { BuildSettings } from '../../src/config.ts'
import { buildPart, type Part } from '../../src/core/build/build-parts.ts'
import { planReadings, typeOf } from '../../src/core/build/plan-readings.ts'
import { ok, type Result, type SourceFailure } from '../../src/core/failure.ts'
import type { Attribution } from '../../src/core/schema/history.ts'
import type { Catalogue } from '../../src/core/schema/model.ts'
import { chooseScale } from '../../src/core/score.ts'
import { nameProviders, type ProviderNames } from '../../src/core/statements/provider-names.ts'
import type { IqBasis, SourceName } from '../../src/core/vocabulary.ts'
import { AA_CREATORS } from '../../src/sources/artificial-analysis/creators.ts'
import { creditsOf, type UsedSource } from '../../src/sources/credits.ts'
import { sourceNamed } from '../../src/sources/sources.ts'

export interface SourcePull {
  source: SourceName
  pages: unknown[]
}

export interface MadeAlone {
  catalogue: Catalogue
  parts: Part[]
  attribution: Attribution[]
  /** Where a model has a score. */
  iqBasis?: IqBasis
  /** The providers of creators, for the next pull. */
  names: ProviderNames
}

interface AloneOptions {
  /** The providers assigned to creators so far. */
  names?: ProviderNames
  settings?: Partial<Pick<BuildSettings, 'iqBasis' | 'iqThresholds' | 'providers'>>
}

/** Families use facts of all pulls together. Every provider is kept, unless the settings exclude it. */
export function makeAlone(
  pulls: readonly SourcePull[],
  { names = {}, settings = {} }: AloneOptions = {},
): Result<MadeAlone, SourceFailure> {
  const read: ReadPull[] = []
  for (const pull of pulls) {
    const result = readPull(pull, read.at(-1)?.names ?? names)
    if (!result.ok) return result
    read.push(result.value)
  }
  const readings = read.flatMap((pull) => pull.readings)
  const scale = chooseScale(
    settings,
    pulls.some(({ source }) => source === 'artificial-analysis'),
  )
  const planned = planReadings(readings, scale, settings.providers?.keeps ?? (() => true))
  if (!planned.ok) return planned
  const parts = [...planned.value.parts.values()].map((inputs) => buildPart(inputs, typeOf))
  const models = parts.flatMap((part) => part.models)
  return ok({
    catalogue: { providers: parts.map(({ provider }) => provider), models },
    parts,
    attribution: creditsOf(read),
    ...(models.some(({ iq }) => iq !== undefined) && { iqBasis: scale.basis }),
    names: read.at(-1)?.names ?? names,
  })
}

interface ReadPull extends UsedSource {
  names: ProviderNames
}

function readPull({ source: name, pages }: SourcePull, known: ProviderNames): Result<ReadPull, SourceFailure> {
  const source = sourceNamed(name)
  const split = source.split(pages)
  if (!split.ok) return split
  const shares = [...split.value.shares.values()]
  const creators = shares.flatMap((share) => source.creatorsIn(share))
  const names = nameProviders(creators, known, AA_CREATORS.values())
  return ok({ source, readings: shares.map((share) => source.read(share, names)), names })
}
