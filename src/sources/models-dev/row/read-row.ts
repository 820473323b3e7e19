/** Reads one row of models.dev, with every fact that the registry models. Unknown keys are ignored. */

import type { Capabilities, Modalities, ProviderApi } from '../../../core/schema/model.ts'
import { billingOf } from '../../../core/statements/billing.ts'
import { modelTypeOf } from '../../../core/statements/model-type.ts'
import type { ModelFacts, ModelStatement } from '../../../core/statements/statement.ts'
import type { ModelType } from '../../../core/vocabulary.ts'
import { factsOf, put } from '../../fact.ts'
import type { FieldReader, JsonObject } from '../../field-reader.ts'
import { readPricing } from './read-cost.ts'
import { readLimits } from './read-limits.ts'
import { readModalities } from './read-modalities.ts'
import { readReasoning } from './read-reasoning.ts'
import { readSdk } from './read-sdk.ts'

/** The facts of a provider that its rows depend on. */
export interface RowProvider {
  value: string
  name: string
  api: ProviderApi
}

export function readRow(row: JsonObject, value: string, provider: RowProvider, fields: FieldReader): ModelStatement {
  const name = fields.text('name', row.name) ?? value
  const statement: ModelStatement = {
    source: 'models.dev',
    id: `models.dev:${provider.value}/${value}`,
    provider: provider.value,
    value,
    name,
    facts: readFacts(row, { value, name, provider }, fields),
  }
  put(statement, 'canonicalId', readCanonicalId(row, fields))
  return statement
}

function readFacts(
  row: JsonObject,
  { value, name, provider }: { value: string; name: string; provider: RowProvider },
  fields: FieldReader,
): ModelFacts {
  const capabilities = fields.object('capabilities', row.capabilities)
  const modalities = readModalities(row, fields)
  const billed = { id: value, name, provider: provider.value, providerName: provider.name }
  const { billing, pricing } = billingOf(billed, readPricing(row, fields))
  const facts: ModelFacts = { sdk: readSdk(row, value, provider.api, fields) }
  put(facts, 'series', fields.text('family', row.family))
  put(facts, 'reasoning', readReasoning(row, capabilities, fields))
  put(facts, 'capabilities', readCapabilities(row, capabilities, modalities, fields))
  put(facts, 'billing', billing)
  put(facts, 'pricing', pricing)
  put(facts, 'metrics', readLimits(row, fields))
  put(facts, 'modalities', modalities)
  put(facts, 'openWeights', fields.flag('open_weights', row.open_weights))
  put(facts, 'knowledgeCutoff', fields.cutoff('knowledge', row.knowledge))
  put(facts, 'releaseDate', fields.date('release_date', row.release_date))
  put(facts, 'lastUpdated', fields.date('last_updated', row.last_updated))
  put(facts, 'retiresOn', fields.day('deprecation_date', row.deprecation_date))
  put(facts, 'status', readStatus(row.status, fields))
  const { series, capabilities: can } = facts
  facts.type = readType(row.type, fields) ?? modelTypeOf({ id: value, name, series, modalities, capabilities: can })
  return facts
}

function readCapabilities(
  row: JsonObject,
  v2: JsonObject | undefined,
  modalities: Modalities | undefined,
  fields: FieldReader,
): Capabilities | undefined {
  // In the order of canonical JSON, so that the keys need not be sorted later.
  const capabilities: Capabilities = {}
  put(capabilities, 'attachment', fields.flag('attachment', row.attachment))
  if (modalities) capabilities.audio = modalities.input.includes('audio') || modalities.output.includes('audio')
  put(capabilities, 'json', fields.flag('structured_output', row.structured_output ?? v2?.structured_output))
  put(capabilities, 'reasoning', readSupport('reasoning', row.reasoning, v2?.reasoning, fields))
  put(capabilities, 'temperature', fields.flag('temperature', row.temperature ?? v2?.temperature))
  if (modalities) capabilities.text = modalities.output.includes('text')
  put(capabilities, 'toolUse', readSupport('tool_call', row.tool_call, v2?.tools, fields))
  if (modalities) capabilities.vision = modalities.input.includes('image')
  return factsOf(capabilities)
}

/** `true`, or `{ supported: true }` in schema v2. */
function readSupport(field: string, flag: unknown, v2: unknown, fields: FieldReader): boolean | undefined {
  if (flag !== undefined || v2 === undefined) return fields.flag(field, flag)
  return fields.flag(field, fields.object(field, v2)?.supported)
}

/** In order of preference. Older data has only the last one: the file that the row was made from. */
const CANONICAL_ID_FIELDS = ['canonical_model_id', 'canonical_id', 'base_model']

/** "lab/model": both parts become parts of a family, so neither may be empty. */
function readCanonicalId(row: JsonObject, fields: FieldReader): string | undefined {
  const field = CANONICAL_ID_FIELDS.find((name) => row[name] !== undefined) ?? 'canonical_id'
  const stated = row[field]
  const id = fields.text(field, stated)
  return id === undefined || /^[^/]+\/[^/]+$/.test(id) ? id : fields.reject(field, stated)
}

function readStatus(status: unknown, fields: FieldReader): ModelFacts['status'] {
  if (status === undefined || status === null || status === 'active') return undefined
  if (status === 'deprecated') return 'deprecated'
  return status === 'alpha' || status === 'beta' ? 'preview' : fields.reject('status', status)
}

const TYPES: Record<string, ModelType> = {
  image: 'image',
  video: 'video',
  embedding: 'embedding',
  reranking: 'rerank',
  transcription: 'transcription',
  speech: 'speech',
  realtime: 'chat',
  decision: 'other',
}

/** Schema v2 writes `chat` in rows without a type, so it carries no information. */
function readType(type: unknown, fields: FieldReader): ModelType | undefined {
  if (type === undefined || type === null || type === 'chat') return undefined
  if (typeof type === 'string' && Object.hasOwn(TYPES, type)) return TYPES[type]
  return fields.reject('type', type)
}
