/**
 * What the first request of an isolate costs: each is measured in a process of its own, whose KV holds the current version
 * and whose Cache API nothing, beside `JSON.parse` of the manifest in the same process.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { medianOf } from '../../../src/cli/shared/table.ts'
import { shardKeyOf } from '../../../src/core/manifest/part-shards.ts'
import type { Harness } from '../workerd/harness.ts'
import { SEARCH } from './contenders.ts'
import { type KvContent, restartWith } from './fill-registry.ts'
import { loopFor } from './http-loop.ts'

/** A version is what any first request takes: nothing is read but the pointer. */
const FIRSTS = ['version', 'search', 'model', 'provider'] as const
export type First = (typeof FIRSTS)[number]

export interface FirstCost {
  /** Of the request, with what reading of KV and the Cache API takes. */
  micros: number
  /** Of a bare Worker that reads the same keys of KV, and puts them into the Cache API. */
  tierMicros: number
  parseMicros: number
}

/** Each in turn, so many times. */
export const ISOLATES = 5
/** Time for the work that a request leaves for after its response. */
const SETTLE_MS = 300
const WARM_UP_MS = 300
const PARSES = 4

export async function measureFirsts(
  harness: Harness,
  kv: KvContent,
  onIsolate: () => void,
): Promise<Record<First, FirstCost[]>> {
  const { models } = JSON.parse(new TextDecoder().decode(manifestIn(kv)))
  const { provider, value } = models.find((model: { provider: string }) => model.provider === 'openai') ?? models[0]
  const paths = {
    version: '/v1/version',
    search: SEARCH,
    model: `/v1/models/${encodeURIComponent(provider)}/${encodeURIComponent(value)}`,
    provider: `/v1/providers/${encodeURIComponent(provider)}`,
  }
  const costs: Record<First, FirstCost[]> = { version: [], search: [], model: [], provider: [] }
  for (let count = 0; count < ISOLATES; count++) {
    for (const first of FIRSTS)
      costs[first].push(await measureFirst(harness, kv, paths[first], keysOf(first, provider)))
    onIsolate()
  }
  return costs
}

/** What the first request of an isolate reads of KV. */
function keysOf(first: First, provider: string): string[] {
  if (first === 'version') return ['current']
  return ['current', 'index', ...(first === 'search' ? ['manifest', 'columns'] : [shardKeyOf(provider)])]
}

function manifestIn(kv: KvContent): Uint8Array {
  return kv.get('manifest')?.bytes ?? new Uint8Array()
}

async function measureFirst(
  harness: Harness,
  kv: KvContent,
  path: string,
  keys: readonly string[],
): Promise<FirstCost> {
  await restartWith(harness, kv)
  await loopFor({ url: harness.urlOf('hello'), path: () => '/', status: 200 }, WARM_UP_MS)
  const tierMicros = await cpuOf(harness, () =>
    Promise.all(keys.map((key) => fetch(`${harness.urlOf('kv-http')}/${key}`, { method: 'HEAD' }))),
  )
  const micros = await cpuOf(harness, async () => {
    const response = await fetch(harness.url + path)
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`Cannot measure ${path}: ${response.status}`)
  })
  return { micros, tierMicros, parseMicros: await parseMicros(harness, manifestIn(kv)) }
}

async function parseMicros(harness: Harness, manifest: Uint8Array): Promise<number> {
  const parser = harness.urlOf('parser')
  await fetch(parser, { method: 'PUT', body: manifest.slice() })
  const times: number[] = []
  for (let count = 0; count < PARSES; count++) times.push(await cpuOf(harness, () => fetch(`${parser}/?times=1`)))
  return medianOf(times)
}

async function cpuOf(harness: Harness, work: () => Promise<unknown>): Promise<number> {
  const before = harness.cpuMicros()
  await work()
  await wait(SETTLE_MS)
  return harness.cpuMicros() - before
}
