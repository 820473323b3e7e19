/** Fills a registry with days of a backfill, one commit each, and records how long each took. */
import { CommandError } from '../../../src/cli/shared/command.ts'
import { createProgress } from '../../../src/cli/shared/progress.ts'
import { detailOf, RegistryClient } from '../../../src/cli/shared/registry-client.ts'
import type { Output } from '../../../src/cli/shared/terminal.ts'
import type { Day } from '../../backfill/send-days.ts'
import type { SentDay } from '../shared/sent-day.ts'
import type { Harness } from '../workerd/harness.ts'

const PROGRESS_STEPS = 50
const PAGE = 500
const MINUTE_MS = 60_000

/** Ends after so many minutes, if not before. */
export async function sendDeltas(
  harness: Harness,
  token: string,
  days: Iterable<Day>,
  { count, minutes, output }: { count: number; minutes: number; output: Output },
): Promise<SentDay[]> {
  const client = new RegistryClient({ url: harness.url, token })
  const progress = createProgress(PROGRESS_STEPS, output)
  const sent: Omit<SentDay, 'version'>[] = []
  const end = performance.now() + minutes * MINUTE_MS
  for (const day of days) {
    const started = performance.now()
    if (started > end) break
    const cpuBefore = harness.cpuMicros()
    const answer = await client.post('/v1/admin/backfill', { days: [day] })
    if (answer.status !== 200) throw new CommandError(`Cannot send ${day.at}: ${detailOf(answer)}`)
    sent.push({ milliseconds: performance.now() - started, cpuMicros: harness.cpuMicros() - cpuBefore })
    if (stepAt(sent.length, count) > stepAt(sent.length - 1, count)) progress.step(day.at.slice(0, 10))
  }
  progress.end()
  const versions = await versionsOf(harness, sent.length)
  return sent.map((day, index) => ({ ...day, version: versions[index] ?? '' }))
}

const stepAt = (done: number, days: number): number => Math.floor((done * PROGRESS_STEPS) / days)

/** Oldest first. */
async function versionsOf({ url }: Harness, count: number): Promise<string[]> {
  const versions: string[] = []
  for (let before = count + 1; before > 1; before -= PAGE) {
    const response = await fetch(`${url}/v1/versions?limit=${PAGE}&before=${before}`)
    const rows = (await response.json()) as { version: string }[]
    versions.push(...rows.map(({ version }) => version))
  }
  return versions.reverse()
}
