/** Sends the pulls of a benchmark, and copies the KV values that a new process needs. */
import { setTimeout as wait } from 'node:timers/promises'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { detailOf, outcomeOf, RegistryClient } from '../../../src/cli/shared/registry-client.ts'
import { SHARD_KEYS } from '../../../src/core/manifest/part-shards.ts'
import { PUBLISH_MS } from '../shared/sent-day.ts'
import type { Harness } from '../workerd/harness.ts'
import type { BenchData } from './bench-data.ts'

/** The versions that were committed, oldest first. */
export async function sendPulls(harness: Harness, token: string, { pulls }: BenchData): Promise<string[]> {
  const client = new RegistryClient({ url: harness.url, token })
  const versions: string[] = []
  for (const pull of pulls) {
    const answer = await client.post('/v1/admin/pulls?force=true', pull)
    const outcome = outcomeOf(answer)
    if (outcome?.outcome !== 'committed' && outcome?.outcome !== 'unchanged')
      throw new CommandError(`Cannot send ${pull.fetchedAt}: ${outcome?.reasons ?? detailOf(answer)}`)
    if (outcome.outcome === 'committed' && outcome.version) versions.push(outcome.version)
  }
  await wait(PUBLISH_MS)
  return versions
}

const KEYS = [...SHARD_KEYS, 'manifest', 'index', 'columns', 'listed', 'current']
export type KvContent = ReadonlyMap<string, { bytes: Uint8Array; metadata: string }>

export async function readKv(harness: Harness): Promise<KvContent> {
  const entries = KEYS.map(async (key): Promise<[string, { bytes: Uint8Array; metadata: string }]> => {
    const response = await fetch(`${harness.urlOf('kv-http')}/${key}`)
    const bytes = new Uint8Array(await response.arrayBuffer())
    if (bytes.byteLength === 0) throw new CommandError(`Cannot measure: "${key}" is not in KV`)
    return [key, { bytes, metadata: response.headers.get('x-metadata') ?? 'null' }]
  })
  return new Map(await Promise.all(entries))
}

/**
 * Starts a new process of the registry alone with the KV content of the previous one. KV and the Cache API are in another
 * process, whose memory and CPU are not counted. The heap of an isolate may be limited.
 */
export async function restartWith(harness: Harness, kv: KvContent, heapMegabytes?: number): Promise<void> {
  await harness.restart({ tiers: 'apart', ...(heapMegabytes !== undefined && { heapMegabytes }) })
  for (const [key, { bytes, metadata }] of kv) {
    const url = `${harness.urlOf('kv-http')}/${key}`
    await fetch(url, { method: 'PUT', body: bytes.slice(), headers: { 'x-metadata': metadata } })
  }
}
