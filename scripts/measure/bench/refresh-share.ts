/** What a client with three providers fetches in a day, gzipped, compared with the whole manifest. */
import { gzipSync } from 'node:zlib'
import { medianOf } from '../../../src/cli/shared/table.ts'
import type { Harness } from '../workerd/harness.ts'

const PROVIDERS = ['openai', 'anthropic', 'google', 'provider-0', 'provider-1', 'provider-2']
const HELD = 3

/** The median of the days between the versions, oldest first. */
export async function measureRefreshShare(harness: Harness, versions: readonly string[]): Promise<number> {
  const whole = await bytesOf(harness, '/v1/manifest')
  const shares: number[] = []
  let before: Record<string, string> | undefined
  for (const version of versions) {
    const parts = await bytesOf(harness, `/v1/parts?version=${version}`)
    const digests: Record<string, string> = JSON.parse(parts.toString())
    const held = PROVIDERS.filter((provider) => digests[provider]).slice(0, HELD)
    const changed = before ? held.filter((provider) => before?.[provider] !== digests[provider]) : []
    const fetched = await Promise.all(changed.map((provider) => bytesOf(harness, `/v1/parts/${digests[provider]}`)))
    const id = await bytesOf(harness, `/v1/version?version=${version}`)
    if (before) shares.push([id, parts, ...fetched].reduce((sum, bytes) => sum + gzipSync(bytes).length, 0))
    before = digests
  }
  return medianOf(shares) / gzipSync(whole).length
}

async function bytesOf(harness: Harness, path: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(harness.url + path)).arrayBuffer())
}
