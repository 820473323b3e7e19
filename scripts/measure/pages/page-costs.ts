/**
 * CPU that a page costs the Worker beyond a bare hello in the same workerd: kept by the isolate, rendered by one that has
 * rendered others, and as the first request of an isolate, which also evaluates code and reads KV. The Durable Object and
 * the stand-ins of KV and the Cache API run in the same process, and what they do for a page counts too.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { medianOf } from '../../../src/cli/shared/table.ts'
import { type KvContent, restartWith } from '../bench/fill-registry.ts'
import { loopFor } from '../bench/http-loop.ts'
import { measureRounds } from '../bench/measure-rounds.ts'
import type { Harness } from '../workerd/harness.ts'

export interface PageCost {
  warmMicros: number
  renderedMicros: number
  firstMicros: number
}

export interface MeasuredPage {
  path: string
  /** Another page of the same kind for each number, none of which was asked for before. */
  other: (count: number) => string
}

const ROUNDS = 5
const ISOLATES = 3
/** Half of them to warm up. */
const RENDERED = 20
const WARM_UP_MS = 300
/** What a request leaves to be done after its answer. */
const SETTLE_MS = 300

export async function measurePage(harness: Harness, kv: KvContent, page: MeasuredPage): Promise<PageCost> {
  const hello = () => ({ url: harness.urlOf('hello'), path: () => '/', status: 200 })
  const kept = { url: harness.url, path: () => page.path, status: 200 }
  const rounds = await measureRounds(harness, { hello: hello(), kept }, ROUNDS, () => undefined)
  const bare = medianOf(rounds.hello)
  const firsts: number[] = []
  for (let count = 0; count < ISOLATES; count++) {
    await restartWith(harness, kv)
    // What the object does to wake up is not the page's.
    await harness.call('versions', 1)
    await loopFor(hello(), WARM_UP_MS)
    firsts.push((await cpuOf(harness, [page.path])) - bare)
  }
  const paths = Array.from({ length: 2 * RENDERED }, (_, count) => page.other(count))
  await cpuOf(harness, paths.slice(0, RENDERED))
  const rendered = await cpuOf(harness, paths.slice(RENDERED))
  return {
    warmMicros: medianOf(rounds.kept) - bare,
    renderedMicros: rendered / RENDERED - bare,
    firstMicros: medianOf(firsts),
  }
}

async function cpuOf(harness: Harness, paths: readonly string[]): Promise<number> {
  const before = harness.cpuMicros()
  for (const path of paths) {
    const response = await fetch(harness.url + path)
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`Cannot measure ${path}: ${response.status}`)
  }
  await wait(SETTLE_MS)
  return harness.cpuMicros() - before
}
