/** All of `load` except for the process around it: fills a registry, reads it while it changes, and reports the results. */
import { setTimeout as wait } from 'node:timers/promises'
import { readCommits } from '../../../src/cli/commands/verify/read-commits.ts'
import type { Context } from '../../../src/cli/shared/command.ts'
import { createProgress } from '../../../src/cli/shared/progress.ts'
import { RegistryClient, type Target } from '../../../src/cli/shared/registry-client.ts'
import type { Output } from '../../../src/cli/shared/terminal.ts'
import type { VersionInfo } from '../../../src/core/schema/history.ts'
import { madeUpDays } from '../shared/made-up-days.ts'
import { Chance } from '../shared/seeded-chance.ts'
import { findStepBack } from './backwards.ts'
import { describeLoad } from './load-report.ts'
import { type ReaderRecord, runReader } from './reader.ts'
import { createModels, runWriter, sendPull } from './writer.ts'

const PROVIDER = 'load'
const VALUES = Array.from({ length: 20 }, (_, number) => `model-${number}`)
/** To have a past to read from the start. */
const FIRST_PULLS = 4
const PROGRESS_STEPS = 12
/** More than are sent in an hour. */
const MAX_DAYS = 100_000
/** The first faults show the cause; a complete list would hide it. */
const MAX_SHOWN = 20

export interface LoadOptions {
  seconds: number
  connections: number
  models: number
}

/** Returns the exit code. */
export async function runLoad(
  target: Target & { bareUrl: string },
  { seconds, connections, models }: LoadOptions,
  { output, notes }: Pick<Context, 'output' | 'notes'>,
): Promise<number> {
  const client = new RegistryClient(target)
  const days = madeUpDays(MAX_DAYS, models, Math.ceil(models / 4))
  const versions: string[] = []
  for (let pull = 0; pull < FIRST_PULLS; pull++) versions.push(await sendPull(client, days))
  await createModels(client, PROVIDER, VALUES)

  const known = { provider: PROVIDER, values: VALUES, versions }
  const end = performance.now() + seconds * 1000
  const isOver = () => performance.now() >= end
  const [writer, , ...readers] = await Promise.all([
    runWriter({ client, days, provider: PROVIDER, isOver }),
    showProgress(seconds, notes),
    ...Array.from({ length: connections }, (_, number) => runReader(target, known, new Chance(number), isOver)),
  ])
  const rows = await readCommits(client)
  const complaints = [
    ...writer.complaints,
    ...readers.flatMap((reader) => reader.complaints),
    ...stepsBack(readers, rows),
  ]
  output.write(`\n${describeLoad({ seconds, writer, readers, rows: rows.length })}\n`)
  for (const complaint of complaints.slice(0, MAX_SHOWN)) output.write(`${complaint}\n`)
  output.write(
    complaints.length === 0
      ? '\nEvery read was answered whole, and no connection was led back in time.\n'
      : `\n${complaints.length} violations.\n`,
  )
  return complaints.length === 0 ? 0 : 1
}

async function showProgress(seconds: number, output: Output): Promise<void> {
  const steps = Math.min(PROGRESS_STEPS, seconds)
  const progress = createProgress(steps, output)
  for (let step = 1; step <= steps; step++) {
    await wait((seconds * 1000) / steps)
    progress.step(`${Math.round((seconds * step) / steps)} s`)
  }
  progress.end()
}

function stepsBack(readers: ReaderRecord[], rows: VersionInfo[]): string[] {
  const seqs = new Map<string, number[]>()
  for (const { version, seq } of rows) seqs.set(version, [...(seqs.get(version) ?? []), seq])
  return readers.flatMap(({ seen, sockets }, number) => {
    const step = findStepBack(seen, seqs)
    return [
      ...(step === undefined ? [] : [`connection ${number} went back: ${step}`]),
      ...(sockets > 1 ? [`connection ${number} was closed ${sockets - 1} times`] : []),
    ]
  })
}
