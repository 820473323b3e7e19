/**
 * What each answer of OpenAI cost, by chat completions and by responses:
 * `npm install openai @rttnd/llm`, then `REGISTRY_URL=http://localhost:8787 OPENAI_API_KEY=… node openai.ts "Hello"`.
 */
import { createRegistry } from '@rttnd/llm'
import OpenAI from 'openai'

const openai = new OpenAI()
const registry = createRegistry({ baseUrl: process.env.REGISTRY_URL ?? 'http://localhost:8787' })
const prompt = process.argv[2] ?? 'Hello'

/** Served otherwise than as standard, a request has other prices, which go by the name of a mode. */
async function showCost(answer: { model: string; usage?: unknown }, at: Date, mode?: string): Promise<void> {
  const { data: cost, error } = await registry.costOf(`openai/${answer.model}`, answer.usage, { at, mode })
  if (error) return console.error(error.message)
  console.log(`$${cost.usd} ${answer.model}`)
  for (const { kind, tokens, price } of cost.lines) console.log(`  ${tokens} ${kind} at $${price} per 1M tokens`)
}

const completion = await openai.chat.completions.create({
  model: 'gpt-5.5',
  messages: [{ role: 'user', content: prompt }],
})
await showCost(completion, new Date(1000 * completion.created))

const response = await openai.responses.create({ model: 'gpt-5.5', input: prompt })
await showCost(response, new Date(1000 * response.created_at))

// A stream has its usage in the last chunk, where it is asked for.
const stream = await openai.chat.completions.create({
  model: 'gpt-5.5',
  messages: [{ role: 'user', content: prompt }],
  stream: true,
  stream_options: { include_usage: true },
})
for await (const chunk of stream) if (chunk.usage) await showCost(chunk, new Date(1000 * chunk.created))
