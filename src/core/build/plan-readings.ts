/**
 * The plan of a catalogue from all that sources state, by the registry's own matcher, types and reviewed data. The
 * registry plans what it accepted by it, and a seed what was just pulled. Pure.
 */

import type { Result, SourceFailure } from '../failure.ts'
import { headOf } from '../match/head.ts'
import { ownProvidersOf } from '../match/labs/labs.ts'
import type { IqScale } from '../score.ts'
import { billingOf } from '../statements/billing.ts'
import { mergeReadings } from '../statements/merge-readings.ts'
import { modelTypeOf } from '../statements/model-type.ts'
import type { Reading } from '../statements/statement.ts'
import type { TypeOf } from './build-model.ts'
import { type BuildPlan, planParts } from './build-parts.ts'
import { PlanMemory } from './plan-memory.ts'

export const typeOf: TypeOf = modelTypeOf

/** The reading of one share of a source, with the version of the Intelligence Index if it states one. */
export interface ScaledReading extends Reading {
  indexVersion?: number
}

export function planReadings(
  readings: readonly ScaledReading[],
  scale: IqScale,
  keepsProvider: (provider: string) => boolean,
  memory = new PlanMemory(),
): Result<BuildPlan, SourceFailure> {
  const { providers, models, scores: namedScores } = mergeReadings(readings)
  return planParts({
    ...{ providers, models, namedScores, scale, keepsProvider, typeOf, headOf, ownProvidersOf, billingOf, memory },
    familyOf: memory.families.familiesOf(models),
    indexVersion: readings.find(({ indexVersion }) => indexVersion !== undefined)?.indexVersion,
  })
}
