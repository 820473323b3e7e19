/** `npm start` if the open sources can be reached: a real registry pulls their recorded replies. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillRegistry } from '../../../scripts/start/fill-registry.ts'
import { canReachAny } from '../../../scripts/start/reach-sources.ts'
import { fetchStatus, RegistryClient } from '../../../src/cli/shared/registry-client.ts'
import { parseConfig, requireSources } from '../../../src/config.ts'
import { type RealRegistry, startRegistry, TOKEN } from '../../support/client/real-registry.ts'
import { recordedData, whySkipped } from '../../support/recorded-data.ts'
import { type RecordedSources, startRecordedSources } from '../../support/scripts/recorded-sources.ts'

describe.skipIf(!recordedData)(`a first start without a key${whySkipped}`, () => {
  let sources: RecordedSources
  let registry: RealRegistry
  beforeAll(async () => {
    sources = await startRecordedSources()
    registry = await startRegistry(sources.settings)
  }, 60_000)
  afterAll(async () => {
    await registry?.close()
    sources?.close()
  })

  it('reaches the sources, and serves everything that they state, with credits', { timeout: 60_000 }, async () => {
    const on = requireSources(parseConfig(sources.settings))
    expect(on.ok && (await canReachAny(on.value))).toBe(true)
    const client = new RegistryClient({ url: registry.url, token: TOKEN })
    const filling = await fillRegistry(client, { mode: 'live', isReachable: true })
    expect(filling).toEqual({ kind: 'pulled', failed: [] })
    const { counts, warnings } = await fetchStatus(client)
    expect([counts, warnings]).toEqual([{ providers: 225, models: 8337 }, []])
    const { attribution, iqBasis } = await client.read('Cannot read', (reader) => reader.getManifest())
    expect(attribution.map(({ url }) => new URL(url).hostname)).toEqual(['models.dev', 'epoch.ai', 'huggingface.co'])
    expect(iqBasis).toBe('epoch')
    expect(await fillRegistry(client, { mode: 'live', isReachable: true })).toEqual({ kind: 'kept' })
  })
})
