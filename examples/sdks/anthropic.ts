/**
 * What each answer of Anthropic cost, with what was read from the cache and written to it:
 * `npm install @anthropic-ai/sdk @rttnd/llm`, then
 * `REGISTRY_URL=http://localhost:8787 ANTHROPIC_API_KEY=… node anthropic.ts "Hello"`.
 */
import Anthropic from '@anthropic-ai/sdk'
import { createRegistry } from '@rttnd/llm'

const anthropic = new Anthropic()
const registry = createRegistry({ baseUrl: process.env.REGISTRY_URL ?? 'http://localhost:8787' })
const request = {
  model: 'claude-opus-5-5',
  max_tokens: 1000,
  messages: [{ role: 'user' as const, content: process.argv[2] ?? 'Hello' }],
}

async function showCost({ model, usage }: Anthropic.Message, at: Date): Promise<void> {
  const { data: cost, error } = await registry.costOf(`anthropic/${model}`, usage, { at })
  if (error) return console.error(error.message)
  console.log(`$${cost.usd} ${model}`)
  for (const { kind, tokens, price } of cost.lines) console.log(`  ${tokens} ${kind} at $${price} per 1M tokens`)
}

const begunAt = new Date()
await showCost(await anthropic.messages.create(request), begunAt)

const streamedAt = new Date()
await showCost(await anthropic.messages.stream(request).finalMessage(), streamedAt)
