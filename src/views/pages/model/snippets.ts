/**
 * How to call a model, filled in from what its provider's API is: curl, the AI SDK, the OpenAI SDK. Only what is known is
 * shown: a package that is not in the list below gives no snippet. Pure.
 */
import type { Model, Provider } from '../../../core/schema/model.ts'

export interface Snippet {
  title: string
  language: 'sh' | 'ts'
  code: string
}

/** How a provider's API is called. */
interface Api {
  npm: string
  baseUrl: string | undefined
  /** The variable that holds the key. */
  key: string
  model: string
  provider: string
}

type Wire = 'chat' | 'responses' | 'messages' | 'gemini'

interface Package {
  /** What it exports for use with its usual settings. */
  name: string
  /** The API that it speaks, where curl can speak it without more than a key. */
  wire?: Wire
  baseUrl?: string
}

const PACKAGES: Readonly<Record<string, Package>> = {
  '@ai-sdk/openai': { name: 'openai', wire: 'responses', baseUrl: 'https://api.openai.com/v1' },
  '@ai-sdk/anthropic': { name: 'anthropic', wire: 'messages', baseUrl: 'https://api.anthropic.com/v1' },
  '@ai-sdk/google': { name: 'google', wire: 'gemini', baseUrl: 'https://generativelanguage.googleapis.com/v1beta' },
  '@ai-sdk/mistral': { name: 'mistral', wire: 'chat', baseUrl: 'https://api.mistral.ai/v1' },
  '@ai-sdk/xai': { name: 'xai', wire: 'chat', baseUrl: 'https://api.x.ai/v1' },
  '@ai-sdk/groq': { name: 'groq', wire: 'chat', baseUrl: 'https://api.groq.com/openai/v1' },
  '@ai-sdk/cerebras': { name: 'cerebras', wire: 'chat', baseUrl: 'https://api.cerebras.ai/v1' },
  '@ai-sdk/togetherai': { name: 'togetherai', wire: 'chat', baseUrl: 'https://api.together.xyz/v1' },
  '@ai-sdk/deepinfra': { name: 'deepinfra', wire: 'chat', baseUrl: 'https://api.deepinfra.com/v1/openai' },
  '@ai-sdk/perplexity': { name: 'perplexity', wire: 'chat', baseUrl: 'https://api.perplexity.ai' },
  '@ai-sdk/cohere': { name: 'cohere' },
  '@ai-sdk/azure': { name: 'azure' },
  '@ai-sdk/amazon-bedrock': { name: 'bedrock' },
  '@ai-sdk/google-vertex': { name: 'vertex' },
  '@ai-sdk/google-vertex/anthropic': { name: 'vertexAnthropic' },
  '@ai-sdk/vercel': { name: 'vercel' },
  '@openrouter/ai-sdk-provider': { name: 'openrouter', wire: 'chat' },
  '@ai-sdk/openai-compatible': { name: 'createOpenAICompatible', wire: 'chat' },
}

export function snippetsOf(model: Model, provider: Provider | undefined): Snippet[] {
  const api = apiOf(model, provider)
  const known = api && PACKAGES[api.npm]
  if (!api || !known || model.type !== 'chat') return []
  const baseUrl = api.baseUrl ?? known.baseUrl
  const wire = known.wire === 'responses' && model.sdk?.shape === 'completions' ? 'chat' : known.wire
  const speaksOpenAi = wire === 'chat' || wire === 'responses'
  return [
    ...(wire && baseUrl ? [{ title: 'curl', language: 'sh' as const, code: curl(wire, baseUrl, api) }] : []),
    { title: 'AI SDK', language: 'ts', code: aiSdk(api, known) },
    ...(speaksOpenAi && baseUrl
      ? [{ title: 'OpenAI SDK', language: 'ts' as const, code: openAiSdk(wire, baseUrl, api) }]
      : []),
  ]
}

function apiOf({ sdk, provider: value }: Model, provider: Provider | undefined): Api | undefined {
  const npm = sdk?.npm ?? provider?.api?.npm
  if (!sdk || npm === undefined) return undefined
  const { env = [] } = provider?.api ?? {}
  const key = env.find((name) => /KEY|TOKEN/.test(name)) ?? `${value.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_API_KEY`
  // A package of the model's own speaks to an address of its own.
  const baseUrl = sdk.baseUrl ?? provider?.api?.baseUrl
  return { npm, baseUrl, key, model: sdk.model, provider: value }
}

const PROMPT = 'Why is the sky blue?'

function curl(wire: Wire, baseUrl: string, { key, model }: Api): string {
  const bearer = `-H "Authorization: Bearer $${key}"`
  const messages = [{ role: 'user', content: PROMPT }]
  switch (wire) {
    case 'chat':
      return request(`${trim(baseUrl)}/chat/completions`, [bearer], { model, messages })
    case 'responses':
      return request(`${trim(baseUrl)}/responses`, [bearer], { model, input: PROMPT })
    case 'messages': {
      const headers = [`-H "x-api-key: $${key}"`, `-H 'anthropic-version: 2023-06-01'`]
      return request(`${trim(baseUrl)}/messages`, headers, { model, max_tokens: 1024, messages })
    }
    case 'gemini': {
      const contents = [{ parts: [{ text: PROMPT }] }]
      const url = `${trim(baseUrl)}/models/${encodeURIComponent(model)}:generateContent`
      return request(url, [`-H "x-goog-api-key: $${key}"`], { contents })
    }
  }
}

function request(url: string, headers: readonly string[], body: object): string {
  const lines = [`curl ${shell(url)}`, ...headers, `-H 'Content-Type: application/json'`, `-d ${shell(bodyText(body))}`]
  return lines.join(' \\\n  ')
}

/** A member a line: whole trees would hide how short a request is. */
function bodyText(body: object): string {
  const members = Object.entries(body).map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  return `{\n${members.join(',\n')}\n  }`
}

function aiSdk({ npm, baseUrl, key, model, provider }: Api, { name }: Package): string {
  const head = `import { generateText } from ${quote('ai')}\nimport { ${name} } from ${quote(npm)}\n\n`
  const call = (made: string) => `const { text } = await generateText({
  model: ${made}(${quote(model)}),
  prompt: ${quote(PROMPT)},
})\n`
  if (npm === '@ai-sdk/openai-compatible')
    return `${head}const provider = ${name}({
  name: ${quote(provider)},
  baseURL: ${quote(baseUrl ?? 'https://…')},
  apiKey: process.env.${key},
})

${call('provider')}`
  const created = `create${name[0]?.toUpperCase()}${name.slice(1)}`
  if (baseUrl === undefined || npm === '@openrouter/ai-sdk-provider') return head + call(name)
  return `${head.replace(`{ ${name} }`, `{ ${created} }`)}const provider = ${created}({
  baseURL: ${quote(baseUrl)},
  apiKey: process.env.${key},
})

${call('provider')}`
}

function openAiSdk(wire: Wire, baseUrl: string, { key, model }: Api): string {
  const own = key === 'OPENAI_API_KEY' && baseUrl === PACKAGES['@ai-sdk/openai']?.baseUrl
  const client = own ? 'new OpenAI()' : `new OpenAI({\n  baseURL: ${quote(baseUrl)},\n  apiKey: process.env.${key},\n})`
  const head = `import OpenAI from ${quote('openai')}\n\nconst client = ${client}\n\n`
  if (wire === 'responses')
    return `${head}const { output_text } = await client.responses.create({
  model: ${quote(model)},
  input: ${quote(PROMPT)},
})\n`
  return `${head}const { choices } = await client.chat.completions.create({
  model: ${quote(model)},
  messages: [{ role: 'user', content: ${quote(PROMPT)} }],
})\n`
}

const trim = (url: string): string => url.replace(/\/+$/, '')

/** A text that a shell takes as it is, whatever a source put into it. */
const shell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** A text as a literal of TypeScript. */
const quote = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
