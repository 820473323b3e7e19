/**
 * What a month of a chatbot costs, now and at an earlier moment:
 * `REGISTRY_URL=http://localhost:8787 npm run example compare-costs 2026-01-31`.
 */
import { costOf, createRegistry, type Reader } from '@rttnd/llm'

/** Of a typical request, as the API of OpenAI would count it. */
const USAGE = {
  prompt_tokens: 16_000,
  completion_tokens: 800,
  total_tokens: 16_800,
  prompt_tokens_details: { cached_tokens: 12_000 },
}
const REQUESTS_A_MONTH = 10_000
/** For models whose prices depend on the time of day. */
const NOON = '2026-01-31T12:00:00Z'

const registry = createRegistry({ baseUrl: process.env.REGISTRY_URL ?? 'http://localhost:8787' })
const then = process.argv[2]

async function showCosts(reader: Reader): Promise<void> {
  const { data: manifest, error } = await reader.getManifest()
  if (error) return console.error(error.message)
  const costs = manifest.models.flatMap((model) => {
    const cost = costOf(model, USAGE, { at: NOON, assumeInputPriceForCache: true })
    // Unknown where a price is: such a model is not a free one.
    return cost.ok ? [{ name: model.name, dollars: cost.value.usd * REQUESTS_A_MONTH }] : []
  })
  console.log(`${manifest.version} of ${manifest.generatedAt}`)
  for (const { name, dollars } of costs.sort((a, b) => a.dollars - b.dollars).slice(0, 3))
    console.log(`  $${dollars.toFixed(2)} ${name}`)
}

await showCosts(registry)
if (then) await showCosts(registry.at(then))
