/** Fills a registry with days, one commit each, and keeps how long each took. */
import { CommandError } from '../../../src/cli/shared/command.ts'
import { createProgress } from '../../../src/cli/shared/progress.ts'
import { detailOf, outcomeOf, RegistryClient } from '../../../src/cli/shared/registry-client.ts'
import type { Output } from '../../../src/cli/shared/terminal.ts'
import type { Harness } from '../workerd/harness.ts'

const PROGRESS_STEPS = 50
/** KV is written once a second: the last of a burst comes later. */
export const PUBLISH_MS = 2500

export interface SentDay {
  version: string
  milliseconds: number
  /** CPU of workerd. */
  cpuMicros: number
}

export async function sendDays(
  harness: Harness,
  token: string,
  days: Iterable<{ fetchedAt: string; pages: object[] }>,
  count: number,
  output: Output,
): Promise<SentDay[]> {
  const client = new RegistryClient({ url: harness.url, token })
  const progress = createProgress(Math.min(PROGRESS_STEPS, count), output)
  const sent: SentDay[] = []
  for (const day of days) {
    const started = performance.now()
    const cpuBefore = harness.cpuMicros()
    const answer = await client.post('/v1/admin/pulls', day)
    const outcome = outcomeOf(answer)
    if (outcome?.outcome !== 'committed' || outcome.version === undefined)
      throw new CommandError(
        `Cannot send ${day.fetchedAt}: ${outcome?.reasons ?? outcome?.outcome ?? detailOf(answer)}`,
      )
    const milliseconds = performance.now() - started
    sent.push({ version: outcome.version, milliseconds, cpuMicros: harness.cpuMicros() - cpuBefore })
    if (stepsAt(sent.length, count) > stepsAt(sent.length - 1, count))
      progress.step(`${day.fetchedAt.slice(0, 10)} ${milliseconds.toFixed(0)} ms`)
  }
  progress.end()
  return sent
}

/** How many of the steps are done when `done` of the days are: a line for each day would fill a log. */
function stepsAt(done: number, days: number): number {
  return Math.floor((done * Math.min(PROGRESS_STEPS, days)) / days)
}
