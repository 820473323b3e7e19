/**
 * The cost of every result of the AI SDK, whatever the provider: a middleware adds it to the provider's metadata.
 * `npm install ai @ai-sdk/openai @rttnd/llm`, then
 * `REGISTRY_URL=http://localhost:8787 OPENAI_API_KEY=… node ai-sdk.ts "Hello"`.
 */
import { openai } from '@ai-sdk/openai'
import { createRegistry } from '@rttnd/llm'
import { generateText, type LanguageModelMiddleware, type ProviderMetadata, streamText, wrapLanguageModel } from 'ai'

const registry = createRegistry({ baseUrl: process.env.REGISTRY_URL ?? 'http://localhost:8787' })

/** The usage as the provider returned it says more than the SDK's own counts. */
async function costMetadata(
  { provider, modelId }: { provider: string; modelId: string },
  { raw }: { raw?: unknown },
  at: Date,
): Promise<ProviderMetadata> {
  // "openai.responses" is one of the APIs of the provider "openai".
  const id = `${provider.split('.')[0]}/${modelId}`
  const { data: cost, error } = await registry.costOf(id, raw, { at })
  return { cost: error ? { problem: error.message } : { usd: cost.usd } }
}

const withCost: LanguageModelMiddleware = {
  specificationVersion: 'v3',
  async wrapGenerate({ doGenerate, model }) {
    const begunAt = new Date()
    const result = await doGenerate()
    const metadata = await costMetadata(model, result.usage, begunAt)
    return { ...result, providerMetadata: { ...result.providerMetadata, ...metadata } }
  },
  async wrapStream({ doStream, model }) {
    const begunAt = new Date()
    const { stream, ...result } = await doStream()
    const priced = new TransformStream({
      async transform(part, controller) {
        if (part.type !== 'finish') return controller.enqueue(part)
        const metadata = await costMetadata(model, part.usage, begunAt)
        controller.enqueue({ ...part, providerMetadata: { ...part.providerMetadata, ...metadata } })
      },
    })
    return { ...result, stream: stream.pipeThrough(priced) }
  },
}

const model = wrapLanguageModel({ model: openai('gpt-5.5'), middleware: withCost })
const prompt = process.argv[2] ?? 'Hello'

const { text, providerMetadata } = await generateText({ model, prompt })
console.log(text, providerMetadata?.cost)

const streamed = streamText({ model, prompt })
await streamed.consumeStream()
console.log(await streamed.text, (await streamed.providerMetadata)?.cost)
