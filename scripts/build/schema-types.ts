/**
 * The types of `core/schema/` as plain declarations, so that what is published asks for no zod. Made of the schemas
 * themselves by way of JSON Schema, with their descriptions; a test holds them against the inferred types.
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
  Pricing,
  Provider,
  Sdk,
} from '../../src/core/schema/model.ts'

const SCHEMAS = {
  model: { Provider, Capabilities, Pricing, Metrics, Sdk, Modalities, Model, ModelKey, Catalogue },
  history: {
    Attribution,
    VersionId,
    Manifest,
    Pointer,
    VersionInfo,
    Change,
    ChangeCounts,
    CatalogueDiff,
    Diff,
    ModelHistory,
  },
}

type JsonSchema = z.core.JSONSchema.BaseSchema

/** The declarations of each file in `core/schema/`. What is served is shared and frozen: properties are `readonly`. */
export function schemaTypes(): Record<keyof typeof SCHEMAS, string> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.values(SCHEMAS).flatMap((group) => Object.entries(group)))
    registry.add(schema, { id })
  const json = z.toJSONSchema(registry, { uri: (id) => id, unrepresentable: 'any' }).schemas
  const declare = (names: string[]) =>
    names.map((name) => `${comment(json[name])}export interface ${name} ${typeOf(json[name])}\n`).join('\n')
  return {
    model: declare(Object.keys(SCHEMAS.model)),
    history: `import type { Model, Provider } from './model.js'\n\n${declare(Object.keys(SCHEMAS.history))}`,
  }
}

function typeOf(schema: JsonSchema | undefined): string {
  if (schema?.$ref !== undefined) return schema.$ref
  if (schema?.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  switch (schema?.type) {
    case 'object':
      return objectType(schema)
    case 'array':
      return `${itemType(schema.items)}[]`
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
    if (typeof member === 'boolean') throw new Error(`Cannot declare "${key}": it has no schema`)
    return `${comment(member)}readonly ${key}${required.includes(key) ? '' : '?'}: ${typeOf(member)}`
  })
  return `{\n${members.join('\n').replace(/^/gm, '  ')}\n}`
}

function itemType(items: JsonSchema['items']): string {
  if (typeof items !== 'object' || Array.isArray(items)) throw new Error('Cannot declare an array: its items differ')
  const type = typeOf(items)
  return type.includes(' | ') ? `(${type})` : type
}

function comment(schema: JsonSchema | undefined): string {
  return schema?.description === undefined ? '' : `/** ${schema.description} */\n`
}
