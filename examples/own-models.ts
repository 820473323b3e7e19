/**
 * A provider of one's own beside those of the registry: `REGISTRY_URL=http://localhost:8787 npm run example own-models`.
 */
import { applyOverrides, createRegistry, type Override } from '@rttnd/llm'

const registry = createRegistry({ baseUrl: process.env.REGISTRY_URL ?? 'http://localhost:8787' })
const { data: manifest, error } = await registry.getManifest()
if (error) throw error

const [base] = manifest.models
const overrides: Override[] = [
  { provider: 'in-house', set: { name: 'In-house', keyPlaceholder: 'ih-...' } },
  { provider: 'in-house', value: 'assistant', set: { name: 'Assistant', capabilities: { toolUse: true } } },
  // Everything that is known of another model, at prices of one's own.
  ...(base
    ? [{ provider: 'in-house', value: base.value, inheritFrom: base, set: { pricing: { input: 0.1, output: 0.4 } } }]
    : []),
]
const { models } = applyOverrides(manifest, overrides)
console.log(models.filter(({ provider }) => provider === 'in-house'))
