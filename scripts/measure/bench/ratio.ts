/** Ratios of measurements that were made in turns. */
import { medianOf } from '../shared/measure.ts'

/**
 * The median of the ratios within each round: a round that something else slowed down slows both of its sides. Medians
 * of each side by itself may come from different rounds.
 */
export function ratioOf(measured: number[], baseline: number[]): number {
  return medianOf(measured.map((value, round) => value / (baseline[round] ?? Number.NaN)))
}
