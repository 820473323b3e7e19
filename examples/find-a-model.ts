/**
 * The cheapest models that see and think: `REGISTRY_URL=http://localhost:8787 npm run example find-a-model`.
 * All parts are kept in files: run again within ten minutes, it asks the registry nothing.
 */
import { createRegistry } from '@rttnd/llm'

const registry = createRegistry({
  baseUrl: process.env.REGISTRY_URL ?? 'http://localhost:8787',
  providers: 'all',
})

const {
  data: models,
  error,
  cached,
  stale,
} = await registry.searchModels({
  capability: 'reasoning',
  minIq: 3,
  sort: 'price',
  limit: 5,
})
if (error) {
  console.error(error.message)
  process.exit(1)
}
console.log(`${cached ? 'From the cache' : 'From the registry'}${stale ? ', which could not be asked' : ''}`)
for (const { provider, name, iq, pricing } of models)
  console.log(`${provider}: ${name}, iq ${iq}, $${pricing?.blended}`)
