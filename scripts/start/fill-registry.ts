/** Puts the first data into a registry that has none: the sample as history, or a live pull. */
import { CommandError } from '../../src/cli/shared/command.ts'
import { detailOf, fetchStatus, outcomeOf, type RegistryClient } from '../../src/cli/shared/registry-client.ts'
import { type SampleTier, samplePulls } from '../sample/sample-pages.ts'
import type { StartPlan } from './start-plan.ts'
import { loadStartingSet } from './starting-set.ts'

/** A moment at which the registry had the first version of the sample. */
export const SAMPLE_BEGIN = '2026-06-28'

export type Filling =
  | { kind: 'kept' }
  | { kind: 'sample'; pulls: number; versions: number; overrides: number }
  /** `failed` are the reasons of those sources that were not pulled. */
  | { kind: 'pulled'; failed: string[] }
  | { kind: 'not-pulled'; reason: string }

/** `undefined` where nothing was to be done. `openSource` lets the sample's sources serve. */
export async function fillRegistry(
  client: RegistryClient,
  { mode, vars }: StartPlan,
  openSource: () => void,
): Promise<Filling | undefined> {
  switch (mode) {
    case 'sample':
      return loadSample(client, vars.AA_TIER === 'free' ? 'free' : 'pro', openSource)
    case 'live':
    case 'models.dev':
      openSource()
      return pullOnce(client)
    case 'empty':
      return undefined
  }
}

/**
 * Sends the pulls of the sample that the registry does not have, pulls once, from models.dev as well, and puts the
 * overrides, which inherit from models of both. A load that was cut short goes on where it stopped; a registry that has
 * taken later pulls is left alone.
 */
async function loadSample(client: RegistryClient, tier: SampleTier, openSource: () => void): Promise<Filling> {
  const { version, sources } = await fetchStatus(client)
  const lastPull = sources['artificial-analysis']?.lastPull
  const newest = version === undefined || lastPull === undefined ? Number.NEGATIVE_INFINITY : Date.parse(lastPull.at)
  const pulls = samplePulls(tier)
  const missing = pulls.filter(({ fetchedAt }) => Date.parse(fetchedAt) > newest)
  let versions = 0
  for (const pull of missing) {
    const reply = await client.post('/v1/admin/pulls', pull)
    const outcome = outcomeOf(reply)?.outcome
    if (outcome === undefined || outcome === 'failed')
      throw new CommandError(`Cannot load the sample of ${pull.fetchedAt}: ${detailOf(reply)}`)
    if (outcome === 'committed') versions++
  }
  const isAtItsEnd = missing.length > 0 || newest === Date.parse(pulls.at(-1)?.fetchedAt ?? '')
  if (!isAtItsEnd) return { kind: 'kept' }
  openSource()
  const pulled = outcomeOf(await client.post('/v1/admin/refresh'))
  if (pulled?.outcome === 'committed') versions++
  const overrides = await loadStartingSet(client)
  return { kind: 'sample', pulls: missing.length, versions, overrides }
}

/** A pull that fails leaves the registry running: its reason is the operator's to read. */
async function pullOnce(client: RegistryClient): Promise<Filling> {
  const { version } = await fetchStatus(client)
  if (version !== undefined) return { kind: 'kept' }
  const reply = await client.post('/v1/admin/refresh')
  const outcome = outcomeOf(reply)
  const failed = Object.entries(outcome?.sources ?? {}).flatMap(([name, source]) =>
    source.outcome === 'failed' ? [source.detail ?? name] : [],
  )
  if (outcome?.outcome === 'committed' || outcome?.outcome === 'unchanged') return { kind: 'pulled', failed }
  return {
    kind: 'not-pulled',
    reason: outcome?.detail ?? outcome?.reasons?.join('; ') ?? (failed.join('; ') || detailOf(reply)),
  }
}
