/**
 * The smartest models, and what to send for each with a given effort of reasoning:
 * `REGISTRY_URL=http://localhost:8787 npm run example choose-effort low`.
 */
import { createRegistry, type Effort, resolveReasoning } from '@rttnd/llm'

const wish = (process.argv[2] ?? 'medium') as Effort // resolveReasoning throws for what is none

const registry = createRegistry({
  baseUrl: process.env.REGISTRY_URL ?? 'http://localhost:8787',
  providers: 'all',
})
const { data: models, error } = await registry.getModels()
if (error) throw error
const { data: best = [] } = await registry.searchModels({ collapse: 'family', sort: '-iq', limit: 5 })

for (const model of best) {
  console.log(`${model.provider}: ${model.alias}, variants: ${model.variants.length}`)
  const resolved = resolveReasoning(model, wish, models)
  if (resolved) {
    const { model: id = 'an unknown id', effort = 'no effort', exact, variant } = resolved
    console.log(`  send ${id} with ${effort}${exact ? '' : ', the nearest'}: iq ${variant.iq}`)
  } else console.log('  does not reason')
}
