/**
 * How much is fuzzed. By default every run sends the same requests, so that results are reproducible.
 * `FUZZ_RUNS=2000 vitest run --project workerd test/fuzz` runs every property that often, each time with a new seed.
 * A failure prints its seed; setting `FUZZ_SEED` to it repeats the run.
 */
import type { Parameters } from 'fast-check'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    fuzzRuns: string
    fuzzSeed: string
  }
}

const SEED = 20_261_122
const HOUR_MS = 3_600_000

/** The parameters of a property that runs `numRuns` times by default. */
export function fuzzing<T>(numRuns: number): Parameters<T> {
  const runs = inject('fuzzRuns')
  const seed = inject('fuzzSeed')
  const chosen = seed === '' ? (runs === '' ? { seed: SEED } : {}) : { seed: Number(seed) }
  return { numRuns: runs === '' ? numRuns : Number(runs), ...chosen }
}

/** The timeout of a fuzz test: practically none if the number of runs was set. */
export const fuzzTimeout = (): number => (inject('fuzzRuns') === '' ? 60_000 : HOUR_MS)
