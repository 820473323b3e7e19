/** Loads the sample into a registry: its past is replayed, then the pulls are ingested as of their own times. */
import { CommandError } from '../../src/cli/shared/command.ts'
import { detailOf, fetchStatus, outcomeOf, type RegistryClient } from '../../src/cli/shared/registry-client.ts'
import type { RegistryStatus } from '../../src/core/schema/operations.ts'
import { fetchProgress, sendDays } from '../backfill/send-days.ts'
import { readSample, type Sample, type SamplePull } from './sample-pulls.ts'

/** Returns how many commits it made, or `undefined` if the whole sample is already loaded. Resumes an interrupted load. */
export async function loadSample(
  client: RegistryClient,
  sample: Sample = readSample(),
): Promise<{ commits: number } | undefined> {
  const status = await fetchStatus(client)
  const missing = sample.pulls.filter(({ source }) => !hasPull(status, source))
  if (missing.length === 0) return undefined
  const replayed = missing.length === sample.pulls.length ? await replay(client, sample) : 0
  let commits = replayed
  for (const pull of missing) if ((await send(client, pull)) === 'committed') commits++
  return { commits }
}

/** Failed pulls are live pulls, which are not part of the sample. */
function hasPull({ sources }: RegistryStatus, source: SamplePull['source']): boolean {
  const outcome = sources[source]?.lastPull?.outcome
  return outcome !== undefined && outcome !== 'failed'
}

async function replay(client: RegistryClient, { days }: Sample): Promise<number> {
  const { lastAt = '', commits } = await fetchProgress(client)
  const missing = days.filter(({ at }) => at > lastAt)
  const sent = await sendDays(client, missing, { step: () => undefined, end: () => undefined })
  return (sent.state?.commits ?? commits) - commits
}

async function send(client: RegistryClient, pull: SamplePull): Promise<string> {
  const answer = await client.post('/v1/admin/pulls', pull)
  const outcome = outcomeOf(answer)?.outcome
  if (outcome === 'committed' || outcome === 'unchanged') return outcome
  throw new CommandError(`Cannot load the sample of ${pull.fetchedAt}: ${outcome ?? detailOf(answer)}`)
}
