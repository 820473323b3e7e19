/**
 * The unavoidable cost of a commit, step by step in the same workerd: a small object that receives the body, parses it,
 * hashes it, and inserts its rows into SQLite. Nothing is read, built, compared or published.
 */
import { CommandError } from '../../../src/cli/shared/command.ts'
import type { Harness } from '../workerd/harness.ts'
import type { Neighbour } from '../workerd/workerd-config.ts'
import { CHANGED_ROWS } from './measure-commits.ts'
import type { Body } from './read-body.ts'

export const FLOOR: Neighbour = {
  ...{ name: 'floor', script: new URL('workers/floor-worker.js', import.meta.url) },
  ...{ hasObject: 'on disk', objectOf: 'floor' },
}

const STEPS = ['transfer', 'parse', 'hash', 'insert', 'change'] as const
export type FloorStep = (typeof STEPS)[number]
/** CPU microseconds of each step, by round. */
export type FloorCosts = Record<FloorStep, number[]>

const ROUNDS = 5

/** The first round, with code that was not compiled yet, is not counted. */
export async function measureFloor(harness: Harness, body: Body): Promise<FloorCosts> {
  const bytes = new TextEncoder().encode(JSON.stringify(body))
  const costs: FloorCosts = { transfer: [], parse: [], hash: [], insert: [], change: [] }
  for (let round = 0; round <= ROUNDS; round++) {
    const measured = await measureRound(harness, bytes)
    if (round > 0) for (const step of STEPS) costs[step].push(measured[step])
  }
  return costs
}

async function measureRound(harness: Harness, bytes: Uint8Array): Promise<Record<FloorStep, number>> {
  const transfer = await cpuOf(harness, 'transfer', bytes)
  await cpuOf(harness, 'prepare')
  const parse = await cpuOf(harness, 'parse')
  const hash = await cpuOf(harness, 'hash')
  const insert = await cpuOf(harness, 'insert')
  return { transfer, parse, hash, insert, change: await cpuOf(harness, `change/${CHANGED_ROWS}`) }
}

async function cpuOf(harness: Harness, step: string, body?: Uint8Array): Promise<number> {
  const before = harness.cpuMicros()
  const response = await fetch(`${harness.urlOf(FLOOR.name)}/${step}`, body ? { method: 'POST', body } : {})
  const text = await response.text()
  if (!response.ok) throw new CommandError(`Cannot measure the floor of "${step}": ${text}`)
  return harness.cpuMicros() - before
}
