/** A registry with some models of two labs and a host, as pages show them, on two days. */
import { reset } from 'cloudflare:test'
import { expect } from 'vitest'
import { modelsDev } from '../sources/models-dev-catalogue.ts'
import { BEARER, configureObject, type TestApp, testApp } from './registry-app.ts'

/** Text that no page may contain unescaped. */
export const HOSTILE = `"><script>alert(1)</script>'&`

const chat = (id: string, input: number, facts: object = {}) => ({ id, cost: { input, output: input * 5 }, ...facts })

function catalogue(priceOfSonnet: number): object {
  const listed = modelsDev({
    anthropic: [
      chat('claude-sonnet-5', priceOfSonnet, {
        name: 'Claude Sonnet 5',
        limit: { context: 1_000_000, output: 64_000 },
        modalities: { input: ['text', 'image'], output: ['text'] },
      }),
      chat('claude-haiku-5-20260101', 1, { name: 'Claude Haiku 5' }),
    ],
    openai: [
      chat('gpt-7', 5, { name: HOSTILE, modalities: { input: ['text', 'image'], output: ['text'] } }),
      chat('gpt-7-mini', 0.25, { name: 'GPT-7 mini' }),
    ],
    acme: [
      chat('anthropic/claude-sonnet-5', 2, {
        name: 'Claude Sonnet 5 at Acme',
        canonical_model_id: 'anthropic/claude-sonnet-5',
      }),
      chat('own/model', 0.5, { name: 'Own' }),
    ],
  })
  const { acme } = listed as { acme: object }
  return {
    ...listed,
    acme: {
      ...acme,
      npm: '@ai-sdk/openai-compatible',
      api: 'https://api.acme.test/v1',
      env: ['ACME_KEY'],
      doc: 'javascript:alert(1)',
    },
  }
}

export async function listedRegistry(): Promise<{ app: TestApp; first: string; second: string }> {
  await reset()
  await configureObject({ MODELS_DEV_URL: 'https://models.example/api.json' })
  const app = testApp()
  const take = async (priceOfSonnet: number, day: number): Promise<string> => {
    const fetchedAt = `2026-03-0${day}T02:00:00.000Z`
    const pull = { source: 'models.dev', fetchedAt, pages: [catalogue(priceOfSonnet)] }
    const sent = await app.send('POST', '/v1/admin/pulls?force=true', { headers: BEARER, body: JSON.stringify(pull) })
    expect(sent.status, await sent.clone().text()).toBe(200)
    return (await app.get('/v1/version')).headers.get('x-registry-version') ?? ''
  }
  return { first: await take(4, 1), second: await take(3, 3), app }
}
