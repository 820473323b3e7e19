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
  bareBytes: number
  servedBytes: number
}

/** `versions` are past ones, each of which is read whole. The object that they come from is in the same isolate. */
export async function measureMemory(
  harness: Harness,
  kv: KvContent,
  targetsOf: () => Promise<Record<Contender, Target>>,
  versions: readonly string[],
): Promise<IsolateMemory> {
  await restartWith(harness, kv, HEAP_MEGABYTES)
  await loopFor({ url: harness.urlOf('hello'), path: () => '/', status: 200 }, LOOP_MS)
  await wait(IDLE_MS)
  const bareBytes = harness.memory().residentBytes
  const { 'not modified': notModified, version, model, 'new search': search, ...rest } = await targetsOf()
  for (const target of [notModified, version, model, search, rest['provider models'], rest.manifest])
    await loopFor(target, LOOP_MS)
  for (const past of versions) await (await fetch(`${harness.url}/v1/manifest?version=${past}`)).arrayBuffer()
  await wait(IDLE_MS)
  return { bareBytes, servedBytes: harness.memory().residentBytes }
}
