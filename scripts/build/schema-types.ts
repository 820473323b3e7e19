/**
 * The types of `core/schema/` as plain declarations, so that the published package does not need zod. Generated from the
 * schemas through JSON Schema, with their descriptions; a test compares them with the inferred types.
 */
import * as z from 'zod'
import {
  Attribution,
  CatalogueDiff,
  Change,
  ChangeCounts,
  Diff,
  Manifest,
  ModelHistory,
  Pointer,
  VersionId,
  VersionInfo,
} from '../../src/core/schema/history.ts'
import {
  Capabilities,
  Catalogue,
  Metrics,
  Modalities,
  Model,
  ModelKey,
  Offers,
  Provider,
  ProviderApi,
  ReasoningOptions,
  Sdk,
} from '../../src/core/schema/model.ts'
import { SourceOutcome } from '../../src/core/schema/operations.ts'
import { PricePeriod } from '../../src/core/schema/price-period.ts'
import { PriceMode, Prices, PriceTier, PriceWindow, Pricing } from '../../src/core/schema/pricing.ts'

const SCHEMAS = {
  pricing: { Prices, PriceTier, PriceWindow, PriceMode, Pricing },
  model: {
    ...{ ProviderApi, Provider, Capabilities, Metrics, Sdk, ReasoningOptions, Modalities },
    ...{ Model, ModelKey, Offers, Catalogue },
  },
  history: {
    ...{ Attribution, VersionId, Manifest, Pointer, VersionInfo, Change, ChangeCounts },
    ...{ CatalogueDiff, Diff, ModelHistory },
  },
  'price-period': { PricePeriod },
  /** The fields of a failure. */
  operations: { SourceOutcome },
}

/** The imports between the files, and the one type that is not a schema of the registry. */
const HEADS: Record<keyof typeof SCHEMAS, string> = {
  pricing: `/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }\n\n`,
  model: "import type { Pricing } from './pricing.js'\n\n",
  history: "import type { Model, Provider } from './model.js'\n\n",
  'price-period': "import type { Pricing } from './pricing.js'\n\n",
  operations: '',
}

type JsonSchema = z.core.JSONSchema.BaseSchema

/** The declarations of each file in `core/schema/`. What is served is shared and frozen: properties are `readonly`. */
export function schemaTypes(): Record<string, string> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.values(SCHEMAS).flatMap((group) => Object.entries(group)))
    registry.add(schema, { id })
  const json = z.toJSONSchema(registry, { uri: (id) => id, unrepresentable: 'any' }).schemas
  const declare = (names: string[]) =>
    names.map((name) => `${comment(json[name])}export interface ${name} ${typeOf(json[name])}\n`).join('\n')
  const files = Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[] // each is a key of it
  return Object.fromEntries(files.map((file) => [file, HEADS[file] + declare(Object.keys(SCHEMAS[file]))]))
}

function typeOf(schema: JsonSchema | undefined): string {
  // Only the type of any JSON value is recursive, and so has a definition without a name.
  if (schema?.$ref !== undefined) return schema.$ref.startsWith('__shared#') ? 'Json' : schema.$ref
  if (schema?.const !== undefined) return JSON.stringify(schema.const)
  if (schema?.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema?.anyOf) return schema.anyOf.map((one) => typeOf(wholeSchema(one))).join(' | ')
  switch (schema?.type) {
    case 'object':
      return schema.properties ? objectType(schema) : recordType(schema)
    case 'array':
      return arrayType(schema)
    case 'integer':
      return 'number'
    case 'string':
    case 'number':
    case 'boolean':
      return schema.type
    default:
      return 'unknown'
  }
}

function objectType({ properties = {}, required = [] }: JsonSchema): string {
  const members = Object.entries(properties).map(([key, member]) => {
    const schema = wholeSchema(member)
    return `${comment(schema)}readonly ${key}${required.includes(key) ? '' : '?'}: ${typeOf(schema)}`
  })
  return `{\n${members.join('\n').replace(/^/gm, '  ')}\n}`
}

function recordType({ additionalProperties }: JsonSchema): string {
  return `{ readonly [key: string]: ${typeOf(wholeSchema(additionalProperties))} }`
}

function arrayType({ items, prefixItems }: JsonSchema): string {
  if (prefixItems) return `[${prefixItems.map((item) => typeOf(wholeSchema(item))).join(', ')}]`
  if (Array.isArray(items)) throw new Error('Cannot declare an array: its items differ')
  const type = typeOf(wholeSchema(items))
  return type.includes(' | ') ? `(${type})[]` : `${type}[]`
}

function wholeSchema(schema: JsonSchema | boolean | undefined): JsonSchema {
  if (typeof schema !== 'object') throw new Error('Cannot declare a type: it has no schema')
  return schema
}

function comment(schema: JsonSchema | undefined): string {
  return schema?.description === undefined ? '' : `/** ${schema.description} */\n`
}
