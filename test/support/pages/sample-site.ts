/** The pages of a real registry with the sample, so that they have prices, scores and a past. */
import { loadSample } from '../../../scripts/sample/load-sample.ts'
import { startSampleServer } from '../../../scripts/sample/sample-server.ts'
import { RegistryClient } from '../../../src/cli/shared/registry-client.ts'
import { startRegistry, TOKEN } from '../client/real-registry.ts'

export interface SampleSite {
  url: string
  close(): Promise<void>
}

export async function startSampleSite(): Promise<SampleSite> {
  const sources = await startSampleServer()
  const registry = await startRegistry({
    MODELS_DEV_URL: sources.modelsDevUrl,
    EPOCH_URL: sources.epochUrl,
    AA_TIER: 'off',
  })
  await loadSample(new RegistryClient({ url: registry.url, token: TOKEN }))
  sources.open()
  return {
    url: registry.url,
    async close() {
      await registry.close()
      await sources.close()
    },
  }
}
