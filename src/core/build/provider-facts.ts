/** Reviewed facts of providers: their name, what an API key looks like, and where to get one. */
import type { Provider } from '../schema/model.ts'

type ProviderFacts = Pick<Provider, 'name' | 'keyPlaceholder' | 'website'>

export const PROVIDER_FACTS: ReadonlyMap<string, ProviderFacts> = new Map<string, ProviderFacts>([
  ['openai', { name: 'OpenAI', keyPlaceholder: 'sk-...', website: 'https://platform.openai.com/api-keys' }],
  [
    'anthropic',
    { name: 'Anthropic', keyPlaceholder: 'sk-ant-...', website: 'https://console.anthropic.com/settings/keys' },
  ],
  ['google', { name: 'Google', keyPlaceholder: 'AIza...', website: 'https://aistudio.google.com/app/apikey' }],
  ['mistral', { name: 'Mistral', website: 'https://console.mistral.ai/api-keys/' }],
  ['xai', { name: 'xAI', keyPlaceholder: 'xai-...', website: 'https://console.x.ai/' }],
  ['deepseek', { name: 'DeepSeek', website: 'https://platform.deepseek.com/api_keys' }],
  ['cohere', { name: 'Cohere', website: 'https://dashboard.cohere.com/api-keys' }],
])
