/** The facts of one model in the format of the sample, and the models.dev row that states the same. */
import type { ReasoningOptions, Sdk } from '../../src/core/schema/model.ts'
import type { PriceMode, Prices, PriceTier, Pricing } from '../../src/core/schema/pricing.ts'
import type { JsonObject } from '../../src/sources/field-reader.ts'

/** An absent key is unknown. Lists are words separated by spaces, because that halves their size. */
export interface SampleModel {
  name: string
  /** "lab/model", if models.dev labels the row. */
  canonicalId?: string
  series?: string
  status?: 'preview' | 'deprecated'
  releaseDate?: string
  lastUpdated?: string
  knowledgeCutoff?: string
  retiresOn?: string
  input?: string
  output?: string
  contextWindow?: number
  maxInput?: number
  maxOutput?: number
  can?: string
  cannot?: string
  openWeights?: boolean
  efforts?: string
  toggle?: true
  budget?: ReasoningOptions['budget']
  pricing?: Pricing
  sdk?: Omit<Sdk, 'model'>
}

const FLAGS = {
  reasoning: 'reasoning',
  toolUse: 'tool_call',
  json: 'structured_output',
  temperature: 'temperature',
  attachment: 'attachment',
} as const

/** What models.dev calls `flag`; others follow from other facts. */
export const STATED_FLAGS = Object.keys(FLAGS)

const PRICES: Record<string, string> = {
  input: 'input',
  output: 'output',
  cacheRead: 'cache_read',
  cacheWrite: 'cache_write',
  reasoning: 'reasoning',
  inputAudio: 'input_audio',
  outputAudio: 'output_audio',
}

/** As a row of `api.json`, without what the registry does not read. */
export function rowOf(model: SampleModel): JsonObject {
  const { name, canonicalId, series, status, releaseDate, lastUpdated, knowledgeCutoff, retiresOn, openWeights } = model
  return compactRow({
    name,
    canonical_model_id: canonicalId,
    family: series,
    status: status === 'preview' ? 'beta' : status,
    release_date: releaseDate,
    last_updated: lastUpdated,
    knowledge: knowledgeCutoff,
    deprecation_date: retiresOn,
    open_weights: openWeights,
    ...flagsOf(model),
    modalities: model.input && model.output && { input: wordsOf(model.input), output: wordsOf(model.output) },
    limit: { context: model.contextWindow, input: model.maxInput, output: model.maxOutput },
    reasoning_options: optionsOf(model),
    ...pricesOf(model.pricing),
    ...callOf(model.sdk),
  })
}

function flagsOf({ can, cannot }: SampleModel): JsonObject {
  const [able, unable] = [wordsOf(can), wordsOf(cannot)]
  const stated = Object.entries(FLAGS).filter(([flag]) => able.includes(flag) || unable.includes(flag))
  return Object.fromEntries(stated.map(([flag, field]) => [field, able.includes(flag)]))
}

function optionsOf({ toggle, efforts, budget }: SampleModel): JsonObject[] | undefined {
  const options = [
    ...(toggle ? [{ type: 'toggle' }] : []),
    ...(efforts ? [{ type: 'effort', values: wordsOf(efforts) }] : []),
    ...(budget ? [{ type: 'budget_tokens', ...budget }] : []),
  ]
  return options.length > 0 ? options : undefined
}

function pricesOf(pricing: Pricing | undefined): JsonObject {
  if (pricing === undefined) return {}
  const { modes, ...base } = pricing
  const entries = Object.entries(modes ?? {}).map(([mode, prices]) => [mode, modeOf(prices)])
  return { cost: costOf(base), ...(modes && { experimental: { modes: Object.fromEntries(entries) } }) }
}

function modeOf({ request, ...prices }: PriceMode): JsonObject {
  return compactRow({ cost: costOf(prices), provider: request })
}

function costOf({ tiers, ...prices }: Prices & { tiers?: PriceTier[] }): JsonObject | undefined {
  const cost: JsonObject = Object.fromEntries(
    Object.entries(prices).flatMap(([kind, price]) => (PRICES[kind] ? [[PRICES[kind], price]] : [])),
  )
  if (tiers)
    cost.tiers = tiers.map(({ above, ...rest }) => ({ ...costOf(rest), tier: { type: 'context', size: above } }))
  return Object.keys(cost).length > 0 ? cost : undefined
}

function callOf(sdk: SampleModel['sdk'] = {}): JsonObject {
  const { interleaved, npm, baseUrl, shape } = sdk
  const own = compactRow({ npm, api: baseUrl, shape })
  return { interleaved, ...(Object.keys(own).length > 0 && { provider: own }) }
}

const wordsOf = (text = ''): string[] => text.split(' ').filter(Boolean)

function compactRow(row: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([, fact]) => fact !== undefined))
}
