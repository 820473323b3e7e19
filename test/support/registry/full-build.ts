/** The catalogue of everything that the sources state, built from scratch: without a memory or reused parts. */

import { buildParts } from '../../../src/core/build/build-parts.ts'
import { createFamilies } from '../../../src/core/match/families.ts'
import { headOf } from '../../../src/core/match/head.ts'
import { ownProvidersOf } from '../../../src/core/match/labs/labs.ts'
import type { Catalogue } from '../../../src/core/schema/model.ts'
import {
  DEFAULT_EPOCH_THRESHOLDS,
  DEFAULT_IQ_THRESHOLDS,
  type IqScale,
  type IqThresholds,
} from '../../../src/core/score.ts'
import { createProviderFilter } from '../../../src/core/settings/provider-filter.ts'
import { billingOf } from '../../../src/core/statements/billing.ts'
import { mergeReadings } from '../../../src/core/statements/merge-readings.ts'
import { modelTypeOf } from '../../../src/core/statements/model-type.ts'
import { nameProviders } from '../../../src/core/statements/provider-names.ts'
import { ARTIFICIAL_ANALYSIS } from '../../../src/sources/artificial-analysis/artificial-analysis.ts'
import { AA_CREATORS } from '../../../src/sources/artificial-analysis/creators.ts'
import { MODELS_DEV } from '../../../src/sources/models-dev/models-dev.ts'
import type { Source, SourceReading } from '../../../src/sources/source.ts'
import { aaPages, type Facts } from '../rows.ts'
import { type ModelsDevProviders, modelsDevCatalogue } from './recorded/models-dev-days.ts'

export interface AcceptedData {
  /** Rows of Artificial Analysis; absent before its first pull. */
  measured?: Facts[]
  listed?: ModelsDevProviders
  /** Default: those of the basis. */
  thresholds?: IqThresholds
  /** As in the setting PROVIDERS. */
  providers?: string
}

export function scaleOf({ measured, thresholds }: AcceptedData): IqScale {
  return measured
    ? { basis: 'artificial-analysis', thresholds: thresholds ?? DEFAULT_IQ_THRESHOLDS }
    : { basis: 'epoch', thresholds: thresholds ?? DEFAULT_EPOCH_THRESHOLDS }
}

export function buildFully(stated: AcceptedData): Catalogue {
  const { measured, listed, providers } = stated
  const readings = [
    ...(measured ? readAll(ARTIFICIAL_ANALYSIS, aaPages(measured)) : []),
    ...(listed ? readAll(MODELS_DEV, [modelsDevCatalogue(listed)]) : []),
  ]
  const all = mergeReadings(readings)
  const built = buildParts({
    ...{ providers: all.providers, models: all.models, headOf, ownProvidersOf, billingOf },
    ...{ scale: scaleOf(stated), typeOf: modelTypeOf, familyOf: createFamilies(all.models) },
    keepsProvider: createProviderFilter(providers),
    indexVersion: readings.find(({ indexVersion }) => indexVersion !== undefined)?.indexVersion,
  })
  if (!built.ok) throw new Error(built.failure.detail)
  const parts = [...built.value.values()]
  return { providers: parts.map(({ provider }) => provider), models: parts.flatMap(({ models }) => models) }
}

function readAll(source: Source, pages: unknown[]): SourceReading[] {
  const split = source.split(pages)
  if (!split.ok) throw new Error(split.failure.detail)
  return [...split.value.shares.values()].map((share) =>
    source.read(share, nameProviders(source.creatorsIn(share), {}, AA_CREATORS.values())),
  )
}
