/** Rows and providers in the shape of models.dev. All of it is made up, names included. */
import type { Chance } from './seeded-chance.ts'

export type MadeUpListing = ReturnType<typeof createListing>

/** A provider without its rows. */
export function createProvider(number: number) {
  const id = `provider-${number}`
  const about = { env: [`PROVIDER_${number}_API_KEY`], doc: `https://${id}.example/docs` }
  return { id, name: `Provider ${number}`, ...about, npm: '@ai-sdk/openai-compatible' }
}

export function createListing(provider: number, count: number, chance: Chance) {
  const seesImages = chance.below(3) === 0
  return {
    id: `maker-${count}/model-${count}-of-${provider}`,
    name: `Model ${count} of ${provider}`,
    attachment: seesImages,
    reasoning: chance.below(2) === 0,
    tool_call: true,
    temperature: true,
    knowledge: '2025-06',
    release_date: `2025-0${1 + chance.below(9)}-1${chance.below(10)}`,
    last_updated: '2026-01-15',
    modalities: { input: seesImages ? ['text', 'image'] : ['text'], output: ['text'] },
    open_weights: chance.below(2) === 0,
    cost: costsOf(chance),
    limit: { context: 128_000 * (1 + chance.below(8)), output: 32_000 },
  }
}

export function costsOf(chance: Chance) {
  const input = chance.between(0.05, 10, 2)
  return { input, output: Number((input * 4).toFixed(2)), cache_read: Number((input / 10).toFixed(3)) }
}
