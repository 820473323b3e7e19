/** How long calls take, and how much CPU workerd spends on them. */
import { medianOf } from '../../../src/cli/shared/table.ts'
import type { Harness } from '../workerd/harness.ts'

export interface Measured {
  calls: number
  /** Median. */
  wallMs: number
  /** Mean: the work that calls leave behind, such as collecting garbage, is part of their cost. */
  cpuMs: number
}

export type Call = () => Promise<unknown>

export async function measure(harness: Harness, calls: Call[]): Promise<Measured> {
  const times: number[] = []
  const cpuBefore = harness.cpuMicros()
  for (const call of calls) {
    const started = performance.now()
    await call()
    times.push(performance.now() - started)
  }
  const cpuMs = (harness.cpuMicros() - cpuBefore) / 1000 / calls.length
  return { calls: calls.length, wallMs: medianOf(times), cpuMs }
}

/**
 * The median of the ratios within each round: a round that something else slowed down slows both of its sides. Medians
 * of each side by itself may come from different rounds.
 */
export function ratioOf(measured: number[], baseline: number[]): number {
  return medianOf(measured.map((value, round) => value / (baseline[round] ?? Number.NaN)))
}
