/** What a past manifest costs the registry's object, and what an object costs that only does a step of it. */
import { measureRounds, type Rounds } from '../bench/measure-rounds.ts'
import type { Harness } from '../workerd/harness.ts'
import type { Neighbour } from '../workerd/workerd-config.ts'

const FLOOR = 'past-floor'
const PROBE = 'past-floor-probe'

export const NEIGHBOURS: Neighbour[] = [
  { name: FLOOR, script: new URL('workers/past-floor-worker.js', import.meta.url), hasObject: 'on disk' },
  { name: PROBE, script: new URL('../workerd/probe-worker.js', import.meta.url), objectOf: FLOOR },
]

export type Step = 'bytes' | 'hash' | 'find' | 'texts' | 'join' | 'parts' | 'registry'

/** Past commits are read in turn; the newest is not among them. */
export async function measurePastManifest(
  harness: Harness,
  commits: number,
  rounds: number,
  onRound: () => void,
): Promise<Rounds<Step>> {
  const call = (name: string, argumentsOf: (count: number) => unknown[]) => ({
    ...{ url: harness.urlOf(name), path: () => '/', status: 200 },
    body: (count: number) => JSON.stringify(argumentsOf(count)),
  })
  const floor = (method: string) => call(PROBE, () => [method])
  await fetch(harness.urlOf(PROBE), { method: 'POST', body: JSON.stringify(['fill']) })
  const targets = {
    bytes: floor('bytes'),
    hash: floor('hash'),
    find: floor('find'),
    texts: floor('readTexts'),
    join: floor('joinTexts'),
    parts: floor('readParts'),
    registry: call('probe', (count) => ['manifest', 1 + (count % (commits - 1))]),
  }
  return measureRounds(harness, targets, rounds, onRound)
}
