/** The examples with SDKs, against a server that implements their protocols. */
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { LocalServer } from '../../support/cli/local-server.ts'
import { sendJson } from '../../support/client/fake-registry.ts'
import { startFake } from '../../support/client/fixture.ts'
import { areSdksWanted, whyWithoutSdks } from '../../support/client/installed-sdks.ts'
import { startModelApis } from '../../support/client/model-apis.ts'
import { createSdkApp, type SdkApp } from '../../support/client/sdk-app.ts'
import { model, provider } from '../../support/rows.ts'

const EXAMPLES = fileURLToPath(new URL('../../../examples/sdks', import.meta.url))
const CATALOGUE = {
  providers: [provider({ value: 'anthropic' }), provider({ value: 'openai' })],
  models: [
    model({
      provider: 'anthropic',
      value: 'claude-opus-5-5',
      pricing: { input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 },
    }),
    model({ provider: 'openai', value: 'gpt-5.5', pricing: { input: 5, output: 30, cacheRead: 0.5 } }),
  ],
}

describe.skipIf(!areSdksWanted)(`an example with an SDK${whyWithoutSdks}`, () => {
  let app: SdkApp
  let apis: LocalServer

  beforeAll(async () => {
    app = createSdkApp([EXAMPLES], inject('app'))
    apis = await startModelApis()
  }, 300_000)
  afterAll(() => {
    apis?.close()
    app?.remove()
  })

  async function run(file: string): Promise<string[]> {
    const registry = await startFake(CATALOGUE)
    registry.misbehave = (path, response) => {
      const asked = CATALOGUE.models.find(({ provider, value }) => path === `/v1/models/${provider}/${value}/prices`)
      return (
        asked && sendJson(response, [{ from: '2020-01-01T00:00:00.000Z', pricing: asked.pricing, basis: 'observed' }])
      )
    }
    const keys = { OPENAI_API_KEY: 'a-key', ANTHROPIC_API_KEY: 'a-key' }
    const urls = { OPENAI_BASE_URL: `${apis.url}/v1`, REGISTRY_URL: registry.url }
    // Anthropic's SDK adds the version to the base URL; the other SDKs expect it there.
    const output = await app.run(file, { ...keys, ...urls, ANTHROPIC_BASE_URL: apis.url })
    return output.trimEnd().split('\n')
  }

  it('of OpenAI shows the cost of each response', async () => {
    const cost = [
      '$0.0062 gpt-5.5',
      '  600 input at $5 per 1M tokens',
      '  100 output at $30 per 1M tokens',
      '  400 cacheRead at $0.5 per 1M tokens',
    ]
    expect(await run('openai.ts')).toEqual([...cost, ...cost, ...cost])
  })

  it('of Anthropic shows the cost of each response', async () => {
    const cost = [
      '$0.005825 claude-opus-5-5',
      '  500 input at $5 per 1M tokens',
      '  100 output at $25 per 1M tokens',
      '  400 cacheRead at $0.5 per 1M tokens',
      '  100 cacheWrite at $6.25 per 1M tokens',
    ]
    expect(await run('anthropic.ts')).toEqual([...cost, ...cost])
  })

  it('of the AI SDK adds the cost to every result', async () => {
    expect(await run('ai-sdk.ts')).toEqual(['Hello yourself { usd: 0.0062 }', 'Hello yourself { usd: 0.0062 }'])
  })
})
