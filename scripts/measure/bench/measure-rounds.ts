/**
 * CPU time of workerd for one request of each target, measured in rounds that include all targets: other load on the machine
 * slows whole rounds, and so both sides of a ratio.
 */
import type { Harness } from '../workerd/harness.ts'
import { loopFor, type Target } from './http-loop.ts'

/** Until V8 has compiled the hot code. */
const WARM_UP_MS = 1000
/** Thousands of small requests, hundreds of large ones. */
const LOOP_MS = 200
/** Not counted: garbage of the previous target is collected in this time. */
const LEAD_IN_MS = 100

/** For each target the microseconds of each round. */
export type Rounds<Name extends string> = Record<Name, number[]>

export async function measureRounds<Name extends string>(
  harness: Harness,
  targets: Record<Name, Target>,
  rounds: number,
  onRound: () => void,
): Promise<Rounds<Name>> {
  // The keys of a literal are its names.
  const names = Object.keys(targets) as Name[]
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Rounds<Name>
  const sent = new Map<Name, number>()
  for (const name of names) sent.set(name, await loopFor(targets[name], WARM_UP_MS))
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const asked = sent.get(name) ?? 0
      const first = asked + (await loopFor(targets[name], LEAD_IN_MS, asked))
      const before = harness.cpuMicros()
      const requests = await loopFor(targets[name], LOOP_MS, first)
      measured[name].push((harness.cpuMicros() - before) / requests)
      sent.set(name, first + requests)
    }
    onRound()
  }
  return measured
}
