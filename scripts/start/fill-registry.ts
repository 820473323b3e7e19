/** Sees that a registry has data: the sample, or what its sources state. */
import { detailOf, fetchStatus, outcomeOf, type RegistryClient } from '../../src/cli/shared/registry-client.ts'
import type { RegistryStatus } from '../../src/core/schema/operations.ts'
import { loadSample } from '../sample/load-sample.ts'
import type { Mode } from './start-plan.ts'

export type Filling =
  | { kind: 'kept' }
  | { kind: 'sample'; commits: number }
  /** `failed` are the reasons of those sources that were not pulled. */
  | { kind: 'pulled'; failed: string[] }
  | { kind: 'not-pulled'; reason: string }

export interface FillOptions {
  mode: Mode
  /** Whether it is worth a try to pull. */
  isReachable: boolean
}

/** `undefined` where nothing was to be done. */
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

/** Whether a source that is on was never pulled, or not for a day: wrangler on this machine runs no cron. */
function isDue({ sources }: RegistryStatus): boolean {
  return Object.values(sources).some(
    ({ nextRun, ageSeconds = Number.POSITIVE_INFINITY }) => nextRun !== undefined && ageSeconds > DAY_SECONDS,
  )
}

/** A pull that fails leaves the registry running: its reason is the operator's to read. */
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
