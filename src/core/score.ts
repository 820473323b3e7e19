/**
 * Scores from 0 to 5: IQ from an index of intelligence, speed from output tokens per second. A model that was not
 * measured has no score. The steps of IQ are a setting, because sources re-scale their index. A registry uses one basis
 * of IQ.
 */
import type { Metrics } from './schema/model.ts'
import type { IqBasis } from './vocabulary.ts'

/** Five ascending steps, or `linked`: for each index version, the steps equivalent to the defaults on version 3. */
export type IqThresholds = readonly number[] | 'linked'

export const DEFAULT_IQ_THRESHOLDS: readonly number[] = [25, 35, 45, 55, 65]
export const DEFAULT_EPOCH_THRESHOLDS: readonly number[] = [120, 130, 140, 150, 160]
const SPEED_THRESHOLDS: readonly number[] = [25, 50, 100, 200, 300]

/** The basis that `iq` is derived from, and its steps. */
export interface IqScale {
  basis: IqBasis
  thresholds: IqThresholds
}

/** The scale that the settings choose; `isMeasured`: whether data from Artificial Analysis is in use. */
export function chooseScale(
  { iqBasis, iqThresholds }: { iqBasis?: IqBasis | undefined; iqThresholds?: IqThresholds | undefined },
  isMeasured: boolean,
): IqScale {
  const basis = iqBasis ?? (isMeasured ? 'artificial-analysis' : 'epoch')
  return { basis, thresholds: iqThresholds ?? (basis === 'epoch' ? DEFAULT_EPOCH_THRESHOLDS : DEFAULT_IQ_THRESHOLDS) }
}

/** Index values of equal rank on each scale, measured over the re-scales of 2026. Ascending by version. */
const LINKED_THRESHOLDS: readonly { indexVersion: number; steps: readonly number[] }[] = [
  { indexVersion: 3, steps: DEFAULT_IQ_THRESHOLDS },
  { indexVersion: 4, steps: [13.4, 17.7, 24.2, 32.2, 40.7] },
  { indexVersion: 4.1, steps: [8.4, 12.2, 17.7, 24.4, 33.0] },
  { indexVersion: 4.3, steps: [7.5, 8.9, 11.7, 15.5, 21.8] },
]
export const NEWEST_LINKED_INDEX_VERSION = 4.3

/** The metrics that `iq` is derived from, for each basis. */
export const IQ_METRICS = {
  'artificial-analysis': ['intelligenceIndex', 'intelligenceIndexVersion'],
  epoch: ['epochCapabilitiesIndex'],
} as const satisfies Record<IqBasis, readonly (keyof Metrics)[]>

/** The score on the registry's basis. `linked` applies to Artificial Analysis only. */
export function iqOnScale(metrics: Metrics = {}, { basis, thresholds }: IqScale): number | undefined {
  switch (basis) {
    case 'artificial-analysis':
      return iqOf(metrics.intelligenceIndex, metrics.intelligenceIndexVersion, thresholds)
    case 'epoch':
      return iqOf(
        metrics.epochCapabilitiesIndex,
        undefined,
        thresholds === 'linked' ? DEFAULT_EPOCH_THRESHOLDS : thresholds,
      )
  }
}

export function iqOf(
  index: number | undefined,
  indexVersion: number | undefined,
  thresholds: IqThresholds,
): number | undefined {
  if (index === undefined) return undefined
  return stepsReached(index, thresholds === 'linked' ? linkedSteps(indexVersion) : thresholds)
}

export function speedOf(outputTokensPerSecond: number | undefined): number | undefined {
  return outputTokensPerSecond === undefined ? undefined : stepsReached(outputTokensPerSecond, SPEED_THRESHOLDS)
}

function linkedSteps(indexVersion = 0): readonly number[] {
  const row = LINKED_THRESHOLDS.findLast((candidate) => candidate.indexVersion <= indexVersion)
  return row ? row.steps : DEFAULT_IQ_THRESHOLDS
}

function stepsReached(value: number, steps: readonly number[]): number {
  return steps.filter((step) => value >= step).length
}
