/** All of `kill` except for the process around it. */
import { statSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { RegistryClient } from '../../../src/cli/shared/registry-client.ts'
import type { Output } from '../../../src/cli/shared/terminal.ts'
import { madeUpDays } from '../shared/made-up-days.ts'
import { Chance } from '../shared/seeded-chance.ts'
import type { Harness } from '../workerd/harness.ts'
import { findLosses } from './acknowledged.ts'
import { KillWriter, TARGET } from './kill-writer.ts'

/** More than are sent. */
const MAX_DAYS = 1_000_000
/** Some writes, and the alarm that publishes them a second later. */
const MAX_LIFE_MS = 1500
/** Of a file, beyond what it has: a few commits. */
const ROOM_BYTES = 300_000
const MAX_WRITES_UNTIL_FULL = 500
const REFUSALS = 3
const MAX_SHOWN = 20

export interface KillOptions {
  kills: number
  models: number
  seed: number
}

/** Returns the exit code. */
export async function runKills(
  harness: Harness,
  token: string,
  { kills, models, seed }: KillOptions,
  output: Output,
): Promise<number> {
  const chance = new Chance(seed)
  const clientOf = () => new RegistryClient({ url: harness.url, token })
  const writer = new KillWriter(clientOf(), madeUpDays(MAX_DAYS, models, Math.ceil(models / 4)))
  const faults: string[] = []
  const restart: Restart = async (when, options) => {
    await harness.restart(options)
    writer.reach(clientOf())
    if (!options) await writeOnce(writer)
    faults.push(
      ...(await findLosses(clientOf(), TARGET.value, writer.acknowledged)).map((fault) => `${when}: ${fault}`),
    )
  }
  // On a slow machine, the first kills would find nothing to lose.
  await writeOnce(writer)
  for (let round = 1; round <= kills; round++) {
    await endAtRandom(harness, writer, chance)
    await restart(`after kill ${round}`)
  }
  const { commits } = writer.acknowledged
  output.write(`${kills} kills: ${commits.size} commits were acknowledged, ${writer.failures} requests were not.\n`)
  const refused = await fillDisk(harness, writer, restart)
  output.write(
    `Full disk: ${refused} writes were refused, reads continued, and writes succeeded again with free space.\n`,
  )
  for (const fault of faults.slice(0, MAX_SHOWN)) output.write(`${fault}\n`)
  output.write(faults.length === 0 ? 'Nothing that was acknowledged is lost.\n' : `${faults.length} faults.\n`)
  return faults.length === 0 ? 0 : 1
}

/** And checks what is there then. */
type Restart = (when: string, options?: { maxFileBytes: number }) => Promise<void>

async function endAtRandom(harness: Harness, writer: KillWriter, chance: Chance): Promise<void> {
  const killed = wait(chance.next() * MAX_LIFE_MS).then(() => harness.kill())
  while ((await writer.write()) !== 'unanswered');
  await killed
}

async function writeOnce(writer: KillWriter): Promise<void> {
  const written = await writer.write()
  if (written !== 'acknowledged') throw new CommandError(`Cannot write to a registry that was started: ${written}`)
}

/** Returns the number of writes that failed because the disk was full. */
async function fillDisk(harness: Harness, writer: KillWriter, restart: Restart): Promise<number> {
  await harness.stop()
  const { size } = statSync(harness.databaseFile())
  await restart('before the disk is full', { maxFileBytes: size + ROOM_BYTES })
  let refused = 0
  for (let written = 0; written < MAX_WRITES_UNTIL_FULL && refused < REFUSALS; written++)
    if ((await writer.write()) !== 'acknowledged') refused++
  if (refused === 0) throw new CommandError('Cannot fill the disk: every write was acknowledged')
  await restart('with a full disk', { maxFileBytes: size + ROOM_BYTES })
  await restart('with room again')
  return refused
}
