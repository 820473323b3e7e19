/**
 * What an export costs, and how much memory workerd takes for it, from a fresh process on. The JavaScript heap is limited:
 * an export that needs more ends workerd, and one that does not cannot be mistaken for a heap that is not collected.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { RegistryClient, refusalOf } from '../../../src/cli/shared/registry-client.ts'
import type { Harness } from '../workerd/harness.ts'

export interface ExportCost {
  name: string
  bytes: number
  seconds: number
  cpuSeconds: number
  residentBefore: number
  /** The peak until `EARLY_BYTES` were read: memory that is bounded hardly grows after them. */
  earlyPeak: number
  peak: number
}

/** A quarter of what an isolate has in all in production. */
export const HEAP_MEGABYTES = 32
export const EARLY_BYTES = 100_000_000
/** Without back pressure, a producer would run ahead of a reader that pauses. */
const REST_AFTER_BYTES = 10_000_000
const REST_MS = 5000

export async function measureExports(harness: Harness, token: string): Promise<ExportCost[]> {
  return [
    await measureExport(harness, token, { name: 'without payloads', query: '' }),
    await measureExport(harness, token, { name: 'with payloads', query: '?payloads=true' }),
    await measureExport(harness, token, { name: 'to a reader that rests', query: '?payloads=true', rests: true }),
  ]
}

interface ExportRun {
  name: string
  query: string
  /** Reads for a while, pauses, and disconnects. */
  rests?: boolean
}

async function measureExport(harness: Harness, token: string, { name, query, rests }: ExportRun): Promise<ExportCost> {
  await harness.restart({ heapMegabytes: HEAP_MEGABYTES })
  // Opens the object, whose code and database are no cost of the export.
  await harness.call('current')
  harness.resetPeakMemory()
  const residentBefore = harness.memory().residentBytes
  const cpuBefore = harness.cpuMicros()
  const started = performance.now()
  let bytes = 0
  let earlyPeak: number | undefined
  for await (const chunk of await openExport(harness, token, query)) {
    bytes += chunk.byteLength
    if (bytes >= EARLY_BYTES) earlyPeak ??= harness.memory().peakBytes
    if (!rests || bytes < REST_AFTER_BYTES) continue
    await wait(REST_MS)
    break
  }
  const peak = harness.memory().peakBytes
  const seconds = (performance.now() - started) / 1000
  const cpuSeconds = (harness.cpuMicros() - cpuBefore) / 1e6
  return { name, bytes, seconds, cpuSeconds, residentBefore, earlyPeak: earlyPeak ?? peak, peak }
}

async function openExport({ url }: Harness, token: string, query: string): Promise<AsyncIterable<Uint8Array>> {
  const client = new RegistryClient({ url, token })
  const response = await client.request(`/v1/admin/export${query}`)
  if (response.ok) return client.chunksOf(response)
  throw new CommandError(`Cannot measure the export: ${await refusalOf(response)}`)
}
