/**
 * Provider value -> the APIs of models.dev that serve its models, in the order in which they are asked: the lab's own
 * first, then hosts that fill the gaps. A prefix takes only the models whose ids begin with it: on a host of many labs
 * it is the lab's name. Everything here is kept in the registry's storage, so hosts are few.
 */

export interface ModelsDevApi {
  /** The id of models.dev. */
  id: string
  prefix?: string
  /** The provider's own API. */
  own?: true
}

const own = (id: string, prefix?: string): ModelsDevApi => ({ id, own: true, ...(prefix && { prefix }) })
const host = (id: string, prefix: string): ModelsDevApi => ({ id, prefix })
const openrouter = (lab: string): ModelsDevApi => host('openrouter', `${lab}/`)

export const MODELS_DEV_PROVIDERS: readonly { provider: string; apis: readonly ModelsDevApi[] }[] = [
  { provider: 'ai2', apis: [openrouter('allenai')] },
  { provider: 'ai21-labs', apis: [openrouter('ai21')] },
  // Alibaba's Chinese platform serves other labs too.
  {
    provider: 'alibaba',
    apis: [
      own('alibaba'),
      own('alibaba-cn', 'q'),
      openrouter('qwen'),
      host('vercel', 'alibaba/'),
      host('novita-ai', 'qwen/'),
      host('siliconflow-cn', 'Qwen/'),
    ],
  },
  { provider: 'anthropic', apis: [own('anthropic'), openrouter('anthropic')] },
  { provider: 'arcee', apis: [openrouter('arcee-ai')] },
  { provider: 'aws', apis: [own('amazon-bedrock', 'amazon.'), own('nova'), openrouter('amazon')] },
  { provider: 'baidu', apis: [openrouter('baidu')] },
  { provider: 'bytedance_seed', apis: [openrouter('bytedance-seed')] },
  { provider: 'cohere', apis: [own('cohere'), openrouter('cohere')] },
  { provider: 'deepcogito', apis: [openrouter('deepcogito')] },
  {
    provider: 'deepseek',
    apis: [
      own('deepseek'),
      openrouter('deepseek'),
      host('alibaba-cn', 'deepseek-'),
      host('azure', 'deepseek-'),
      host('novita-ai', 'deepseek/'),
    ],
  },
  { provider: 'google', apis: [own('google'), openrouter('google')] },
  { provider: 'ibm', apis: [openrouter('ibm-granite')] },
  { provider: 'inception', apis: [own('inception'), openrouter('inception')] },
  { provider: 'inclusionai', apis: [own('bailing'), openrouter('inclusionai')] },
  { provider: 'kimi', apis: [own('moonshotai'), openrouter('moonshotai')] },
  { provider: 'kwaikat', apis: [openrouter('kwaipilot')] },
  { provider: 'liquidai', apis: [openrouter('liquid')] },
  { provider: 'meta', apis: [own('llama'), openrouter('meta-llama'), host('vercel', 'meta/')] },
  { provider: 'microsoft', apis: [own('azure', 'phi-'), openrouter('microsoft')] },
  { provider: 'minimax', apis: [own('minimax'), openrouter('minimax')] },
  {
    provider: 'mistral',
    apis: [own('mistral'), openrouter('mistralai'), host('azure', 'mistral-'), host('amazon-bedrock', 'mistral.')],
  },
  { provider: 'nex', apis: [openrouter('nex-agi')] },
  { provider: 'nous-research', apis: [openrouter('nousresearch')] },
  // NVIDIA's platform serves other labs too.
  { provider: 'nvidia', apis: [own('nvidia', 'nvidia/'), openrouter('nvidia')] },
  { provider: 'openai', apis: [own('openai'), openrouter('openai')] },
  { provider: 'perplexity', apis: [own('perplexity'), openrouter('perplexity')] },
  { provider: 'reka-ai', apis: [openrouter('rekaai')] },
  { provider: 'sarvam', apis: [own('sarvam')] },
  { provider: 'stepfun', apis: [own('stepfun-ai'), own('stepfun'), openrouter('stepfun')] },
  { provider: 'tencent', apis: [own('tencent-tokenhub'), openrouter('tencent')] },
  { provider: 'upstage', apis: [own('upstage'), openrouter('upstage')] },
  { provider: 'xai', apis: [own('xai'), openrouter('x-ai'), host('poe', 'xai/')] },
  { provider: 'xiaomi', apis: [own('xiaomi'), openrouter('xiaomi')] },
  { provider: 'zai', apis: [own('zai'), openrouter('z-ai')] },
]
