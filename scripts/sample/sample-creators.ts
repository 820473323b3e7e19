/** Who makes the sample's models, under the creator ids that the registry knows, so that providers get their values. */
import { AA_CREATORS } from '../../src/sources/artificial-analysis/creators.ts'
import { uuidOf } from './sample-chance.ts'

const NAMES: Record<string, string> = {
  ai2: 'Allen Institute for AI',
  ai21: 'AI21 Labs',
  alibaba: 'Alibaba',
  anthropic: 'Anthropic',
  amazon: 'Amazon',
  'bytedance-seed': 'ByteDance Seed',
  cohere: 'Cohere',
  deepseek: 'DeepSeek',
  google: 'Google',
  ibm: 'IBM',
  inception: 'Inception',
  bailing: 'InclusionAI',
  moonshotai: 'Moonshot AI',
  liquidai: 'Liquid AI',
  meta: 'Meta',
  microsoft: 'Microsoft',
  minimax: 'MiniMax',
  mistral: 'Mistral',
  nvidia: 'NVIDIA',
  openai: 'OpenAI',
  perplexity: 'Perplexity',
  // Not a creator the registry knows: named by the slug of its name.
  poolside: 'Poolside',
  'reka-ai': 'Reka AI',
  sarvam: 'Sarvam AI',
  stepfun: 'StepFun',
  tencent: 'Tencent',
  upstage: 'Upstage',
  xai: 'xAI',
  xiaomi: 'Xiaomi',
  zai: 'Z AI',
}

const ids = new Map([...AA_CREATORS].map(([id, value]) => [value, id]))

export const SAMPLE_CREATORS: ReadonlyMap<string, { id: string; name: string }> = new Map(
  Object.entries(NAMES).map(([value, name]) => [value, { id: ids.get(value) ?? uuidOf(`creator ${value}`), name }]),
)
