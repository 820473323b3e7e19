import { expect, it } from 'vitest'
import { PROVIDER_FACTS } from '../../../src/core/build/provider-facts.ts'

it('PROVIDER_FACTS describes the keys of well-known providers and where to get one', () => {
  const rows = [...PROVIDER_FACTS].map(([value, facts]) => [value, facts.name, facts.keyPlaceholder, facts.website])
  expect(rows.sort()).toEqual([
    ['anthropic', 'Anthropic', 'sk-ant-...', 'https://console.anthropic.com/settings/keys'],
    ['cohere', 'Cohere', undefined, 'https://dashboard.cohere.com/api-keys'],
    ['deepseek', 'DeepSeek', undefined, 'https://platform.deepseek.com/api_keys'],
    ['google', 'Google', 'AIza...', 'https://aistudio.google.com/app/apikey'],
    ['mistral', 'Mistral', undefined, 'https://console.mistral.ai/api-keys/'],
    ['openai', 'OpenAI', 'sk-...', 'https://platform.openai.com/api-keys'],
    ['xai', 'xAI', 'xai-...', 'https://console.x.ai/'],
  ])
})
