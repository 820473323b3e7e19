/** The memory of an isolate that has served everything, compared with one that has answered `hello` as often. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Harness } from '../workerd/harness.ts'
import type { Contender } from './contenders.ts'
import { type KvContent, restartWith } from './fill-registry.ts'
import { loopFor, type Target } from './http-loop.ts'

const LOOP_MS = 300
/** V8 collects garbage when it has to, which in production is before an isolate has 128 MB with all its buffers. */
const HEAP_MEGABYTES = 48
/** V8 returns collected memory when it is idle. */
const IDLE_MS = 3000

export interface IsolateMemory {
  /** What it keeps after its garbage was collected. */
  keptBytes: number
  /** What its process has from the system, with garbage and with what was freed and not given back. */
  residentBytes: number
}

/**
 * `versions` are past ones, each of which is read whole. The object is in the same isolate, as workerd has it, but what is
 * measured reads them from the Cache API, where they were put by a process before it: the object makes none of them.
 */
export async function measureMemory(
  harness: Harness,
  kv: KvContent,
  targetsOf: () => Promise<Record<Contender, Target>>,
  versions: readonly string[],
): Promise<IsolateMemory> {
  await restartWith(harness, kv)
  await readWhole(harness, versions)
  // What a request puts into the cache after its answer.
  await wait(IDLE_MS)
  await harness.restart({ tiers: 'kept', heapMegabytes: HEAP_MEGABYTES, inspect: true })
  await loopFor({ url: harness.urlOf('hello'), path: () => '/', status: 200 }, LOOP_MS)
  await wait(IDLE_MS)
  const bareBytes = harness.memory().residentBytes
  const { 'not modified': notModified, version, model, 'new search': search, ...rest } = await targetsOf()
  for (const target of [notModified, version, model, search, rest['provider models'], rest.manifest])
    await loopFor(target, LOOP_MS)
  await readWhole(harness, versions)
  await wait(IDLE_MS)
  // Before garbage is collected for the other figure.
  const residentBytes = harness.memory().residentBytes - bareBytes
  return { keptBytes: (await harness.keptBytes('registry')) - (await harness.keptBytes('hello')), residentBytes }
}

async function readWhole(harness: Harness, versions: readonly string[]): Promise<void> {
  for (const version of versions) await (await fetch(`${harness.url}/v1/manifest?version=${version}`)).arrayBuffer()
}
