/** Fills a registry with data: the sample, or the facts of its sources. */
import { detailOf, fetchStatus, outcomeOf, type RegistryClient } from '../../src/cli/shared/registry-client.ts'
import type { RegistryStatus } from '../../src/core/schema/operations.ts'
import { loadSample } from '../sample/load-sample.ts'
import type { Mode } from './start-plan.ts'

export type Filling =
  | { kind: 'kept' }
  | { kind: 'sample'; commits: number }
  /** `failed` contains the reasons of the sources that failed. */
  | { kind: 'pulled'; failed: string[] }
  | { kind: 'not-pulled'; reason: string }

export interface FillOptions {
  mode: Mode
  /** Whether to try a pull. */
  isReachable: boolean
}

/** `undefined` if there was nothing to do. */
export async function fillRegistry(
  client: RegistryClient,
  { mode, isReachable }: FillOptions,
): Promise<Filling | undefined> {
  switch (mode) {
    case 'sample': {
      const loaded = await loadSample(client)
      return loaded ? { kind: 'sample', ...loaded } : { kind: 'kept' }
    }
    case 'live':
      return isReachable && isDue(await fetchStatus(client)) ? pull(client) : { kind: 'kept' }
    case 'empty':
      return undefined
  }
}

const DAY_SECONDS = 86_400

/** Whether an enabled source was never pulled, or not for a day: `wrangler dev` runs no cron. */
function isDue({ sources }: RegistryStatus): boolean {
  return Object.values(sources).some(
    ({ nextRun, ageSeconds = Number.POSITIVE_INFINITY }) => nextRun !== undefined && ageSeconds > DAY_SECONDS,
  )
}

/** A failed pull does not stop the registry; the reason is printed. */
async function pull(client: RegistryClient): Promise<Filling> {
  const reply = await client.post('/v1/admin/refresh')
  const outcome = outcomeOf(reply)
  const failed = Object.entries(outcome?.sources ?? {}).flatMap(([name, source]) =>
    source.outcome === 'failed' ? [source.detail ?? name] : [],
  )
  const { version } = await fetchStatus(client)
  if (version !== undefined) return { kind: 'pulled', failed }
  return {
    kind: 'not-pulled',
    reason: outcome?.detail ?? outcome?.reasons?.join('; ') ?? (failed.join('; ') || detailOf(reply)),
  }
}
