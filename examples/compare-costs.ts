/**
 * What a month of a chatbot costs, now and at an earlier moment:
 * `REGISTRY_URL=http://localhost:8787 node examples/compare-costs.ts 2026-01-31`.
 */
import { createRegistry, estimateCost, type Reader } from '@rttnd/llm'

const MONTH = { inputTokens: 40_000_000, outputTokens: 8_000_000, cacheReadTokens: 120_000_000 }

const registry = createRegistry({ baseUrl: process.env.REGISTRY_URL ?? 'http://localhost:8787' })
const then = process.argv[2]

async function tellCosts(reader: Reader): Promise<void> {
  const { data: manifest, error } = await reader.getManifest()
  if (error) return console.error(error.message)
  const costs = manifest.models.flatMap((model) => {
    // Unknown where a price is: such a model is not a free one.
    const dollars = estimateCost(model, MONTH)
    return dollars === undefined ? [] : [{ name: model.name, dollars }]
  })
  console.log(`${manifest.version} of ${manifest.generatedAt}`)
  for (const { name, dollars } of costs.sort((a, b) => a.dollars - b.dollars).slice(0, 3))
    console.log(`  $${dollars.toFixed(2)} ${name}`)
}

await tellCosts(registry)
if (then) await tellCosts(registry.at(then))
