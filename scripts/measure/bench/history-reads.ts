/** Reads of a long history: a backfill of recorded days, and what the object takes for its histories and diffs. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createProgress } from '../../../src/cli/shared/progress.ts'
import { RegistryClient } from '../../../src/cli/shared/registry-client.ts'
import type { Output } from '../../../src/cli/shared/terminal.ts'
import { openHistory } from '../../backfill/history.ts'
import { sendDays } from '../../backfill/send-days.ts'
import { type Measured, measure } from '../shared/measure.ts'
import type { Harness } from '../workerd/harness.ts'

export interface HistoryReads {
  commits: number
  reads: { name: string; cost: Measured; bytes: number }[]
}

const TIMES = 10

/** `undefined` without recorded days. */
export async function measureHistory(
  harness: Harness,
  token: string,
  recorded: string | undefined,
  output: Output,
): Promise<HistoryReads | undefined> {
  const file = join(recorded ?? '', 'models-dev', 'history', 'daily.ndjson.gz')
  if (recorded === undefined || !existsSync(file)) return undefined
  await harness.clear()
  const client = new RegistryClient({ url: harness.url, token })
  const history = await openHistory(file, { after: undefined, now: Date.now(), output })
  const progress = createProgress(history.total, output)
  const { state } = await sendDays(client, history.days, progress)
  progress.end()
  const commits = state?.commits ?? 0
  const model = { kind: 'model', provider: 'openai', value: 'gpt-4o', limit: 100, asOf: commits }
  const calls: [name: string, method: string, ...args: unknown[]][] = [
    ["a model's history", 'history', model],
    ["a provider's history", 'history', { ...model, kind: 'provider', value: '' }],
    ['a diff of the last day', 'diff', commits - 1, commits, {}],
    ['a diff across all of it', 'diff', 1, commits, {}],
  ]
  const reads: HistoryReads['reads'] = []
  for (const [name, method, ...args] of calls) {
    const bytes = await harness.call(method, ...args)
    const cost = await measure(
      harness,
      Array.from({ length: TIMES }, () => () => harness.call(method, ...args)),
    )
    reads.push({ name, cost, bytes })
  }
  return { commits, reads }
}
