/** Reads one row of Artificial Analysis. A fact that cannot be read is absent and counted; unknown keys are ignored. */

import type { Capabilities, Metrics, Modalities } from '../../core/schema/model.ts'
import { MAX_AMOUNT, type Pricing } from '../../core/schema/pricing.ts'
import type { ModelFacts } from '../../core/statements/statement.ts'
import { MODALITIES, type Modality } from '../../core/vocabulary.ts'
import { factsOf, put } from '../fact.ts'
import type { FieldReader, JsonObject } from '../field-reader.ts'
import type { Row } from './read-pages.ts'

export function readFacts(row: Row, fields: FieldReader): ModelFacts {
  const facts: ModelFacts = {}
  const modalities = fields.object('modalities', row.modalities)
  put(facts, 'capabilities', readCapabilities(row, modalities, fields))
  put(facts, 'pricing', readPricing(row, fields))
  put(facts, 'metrics', readMetrics(row, fields))
  put(facts, 'modalities', modalities && readModalities(modalities, fields))
  put(facts, 'openWeights', fields.flag('licensing', fields.object('licensing', row.licensing)?.is_open_weights))
  put(facts, 'releaseDate', fields.date('release_date', row.release_date))
  return facts
}

/** AA's names of prices. */
const PRICE_FIELDS = {
  input: 'price_1m_input_tokens',
  output: 'price_1m_output_tokens',
  blended: 'price_1m_blended_3_to_1',
  cacheRead: 'price_1m_cache_hit_tokens',
  cacheWrite: 'price_1m_cache_write_tokens',
} as const satisfies Partial<Record<keyof Pricing, string>>

function readPricing(row: Row, fields: FieldReader): Pricing | undefined {
  const given = fields.object('pricing', row.pricing)
  const pricing: Pricing = {}
  for (const [price, field] of entriesOf(PRICE_FIELDS))
    put(pricing, price, fields.price('pricing', field, given?.[field]))
  return factsOf(pricing)
}

const INDEX_FIELDS = {
  intelligenceIndex: 'artificial_analysis_intelligence_index',
  codingIndex: 'artificial_analysis_coding_index',
  agenticIndex: 'artificial_analysis_agentic_index',
} as const satisfies Partial<Record<keyof Metrics, string>>

const PERFORMANCE_FIELDS = {
  outputTokensPerSecond: 'median_output_tokens_per_second',
  timeToFirstToken: 'median_time_to_first_token_seconds',
  timeToFirstAnswer: 'median_time_to_first_answer_token_seconds',
  endToEnd: 'median_end_to_end_response_time_seconds',
} as const satisfies Partial<Record<keyof Metrics, string>>

function readMetrics(row: Row, fields: FieldReader): Metrics | undefined {
  const evaluations = fields.object('evaluations', row.evaluations)
  const performance = fields.object('performance', row.performance)
  const metrics: Metrics = {}
  for (const [metric, field] of entriesOf(INDEX_FIELDS))
    put(metrics, metric, readIndex(field, evaluations?.[field], fields))
  for (const [metric, field] of entriesOf(PERFORMANCE_FIELDS))
    put(metrics, metric, fields.price('performance', field, performance?.[field]))
  // A context window of 0 tokens means unknown.
  put(metrics, 'contextWindow', fields.count('context_window_tokens', row.context_window_tokens) || undefined)
  return factsOf(metrics)
}

/** An index may be below 0. */
function readIndex(field: string, value: unknown, fields: FieldReader): number | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'number' && Math.abs(value) <= MAX_AMOUNT ? value + 0 : fields.reject(field, value)
}

/** AA's names of modalities. It has none for PDF. */
const MODALITY_FIELDS: readonly (readonly [Modality, string])[] = [
  ['text', 'text'],
  ['image', 'image'],
  ['audio', 'speech'],
  ['video', 'video'],
]

/** Returns lists only if both directions are stated, because one alone would look complete. */
function readModalities(given: JsonObject, fields: FieldReader): Modalities | undefined {
  const input = listOf(fields.object('modalities.input', given.input))
  const output = listOf(fields.object('modalities.output', given.output))
  return input && output && { input, output }
}

function listOf(flags: JsonObject | undefined): Modality[] | undefined {
  const known = MODALITY_FIELDS.filter(([, field]) => typeof flags?.[field] === 'boolean')
  const listed = known.filter(([, field]) => flags?.[field] === true).map(([modality]) => modality)
  return known.length > 0 ? MODALITIES.filter((modality) => listed.includes(modality)) : undefined
}

function readCapabilities(row: Row, modalities: JsonObject | undefined, fields: FieldReader): Capabilities | undefined {
  if (!('modalities' in row || 'reasoning_model' in row)) return capabilitiesOfFree(row)
  const input = fields.object('modalities.input', modalities?.input)
  const output = fields.object('modalities.output', modalities?.output)
  const capabilities: Capabilities = {}
  put(capabilities, 'text', fields.flag('modalities.output.text', output?.text))
  put(capabilities, 'vision', fields.flag('modalities.input.image', input?.image))
  put(capabilities, 'audio', eitherOf(flagOf(input?.speech), flagOf(output?.speech)))
  put(capabilities, 'reasoning', fields.flag('reasoning_model', row.reasoning_model))
  return factsOf(capabilities)
}

const flagOf = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined)

/** True if either is true, false only if both are false. If one is not stated, the result may be unknown. */
function eitherOf(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === true || b === true) return true
  return a === false && b === false ? false : undefined
}

function capabilitiesOfFree({ name }: Row): Capabilities {
  const capabilities: Capabilities = { text: true }
  put(capabilities, 'reasoning', reasoningByName(name))
  return capabilities
}

/** The Free tier states whether a model reasons only in the last "(...)" group of its name, if at all. */
export function reasoningByName(name: string): boolean | undefined {
  const group = /^\([^()]*\)/.exec(name.slice(name.lastIndexOf('(')))?.[0].toLowerCase()
  if (group === undefined) return undefined
  if (/\bnon-?\s?(reasoning|thinking)\b/.test(group)) return false
  return /\b(reasoning|adaptive|thinking|low|medium|high|xhigh|max)\b/.test(group) ? true : undefined
}

function entriesOf<T extends object>(record: T): [keyof T, T[keyof T]][] {
  return Object.entries(record) as [keyof T, T[keyof T]][] // the keys of a constant
}
