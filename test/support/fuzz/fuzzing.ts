/**
 * How much is fuzzed. As it stands every run sends the same requests, so that a test that passed once passes forever.
 * `FUZZ_RUNS=2000 vitest run --project workerd test/fuzz` runs every property that often, each time with other seeds;
 * a failure prints its seed, and `FUZZ_SEED` with it runs the same again.
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

/** The parameters of a property that is run `numRuns` times unless asked otherwise. */
export function fuzzing<T>(numRuns: number): Parameters<T> {
  const runs = inject('fuzzRuns')
  const seed = inject('fuzzSeed')
  const chosen = seed === '' ? (runs === '' ? { seed: SEED } : {}) : { seed: Number(seed) }
  return { numRuns: runs === '' ? numRuns : Number(runs), ...chosen }
}

/** The timeout of a test that fuzzes: practically none where its number of runs was set. */
export const fuzzTimeout = (): number => (inject('fuzzRuns') === '' ? 60_000 : HOUR_MS)
