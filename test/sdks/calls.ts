/** SDK calls whose usage is passed to the pricing unchanged. They only need to compile. */
import type Anthropic from '@anthropic-ai/sdk'
import { type BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime'
import type { GoogleGenAI } from '@google/genai'
import { type Cost, costOf, type Model, type Registry } from '@rttnd/llm'
import { generateText, type LanguageModel } from 'ai'
import { generateText as generateText5, type LanguageModel as LanguageModel5 } from 'ai-5'
import type OpenAI from 'openai'

export interface Clients {
  model: Model
  registry: Registry
  openai: OpenAI
  anthropic: Anthropic
  gemini: GoogleGenAI
  bedrock: BedrockRuntimeClient
  aiSdk6: LanguageModel
  aiSdk5: LanguageModel5
}

export async function priceCalls({ model, registry, ...clients }: Clients): Promise<(Cost | undefined)[]> {
  const prompt = 'Hello'
  const messages = [{ role: 'user' as const, content: prompt }]
  const chat = await clients.openai.chat.completions.create({ model: 'gpt-5.5', messages })
  const response = await clients.openai.responses.create({ model: 'gpt-5.5', input: prompt })
  const message = await clients.anthropic.messages.create({ model: 'claude-opus-5-5', max_tokens: 100, messages })
  const content = await clients.gemini.models.generateContent({ model: 'gemini-3-pro', contents: prompt })
  const command = new ConverseCommand({
    modelId: 'anthropic.claude',
    messages: [{ role: 'user', content: [{ text: prompt }] }],
  })
  const converse = await clients.bedrock.send(command)
  const text = await generateText({ model: clients.aiSdk6, prompt })
  const text5 = await generateText5({ model: clients.aiSdk5, prompt })
  const costs = [
    costOf(model, chat.usage),
    costOf(model, response.usage),
    costOf(model, message.usage),
    costOf(model, content.usageMetadata),
    costOf(model, converse.usage),
    costOf(model, text.usage),
    costOf(model, text5.usage),
  ]
  const found = await registry.costOf('openai/gpt-5.5', chat.usage, { at: new Date(1000 * chat.created) })
  return [found.data, ...costs.map((cost) => (cost.ok ? cost.value : undefined))]
}
