/**
 * The types of `core/schema.ts` as plain declarations, so that what is published asks for no zod. Made of the schemas
 * themselves by way of JSON Schema, with their descriptions; a test holds them against the inferred types.
 */
import * as z from 'zod'
import {
  Attribution,
  Capabilities,
  Catalogue,
  Change,
  Diff,
  Manifest,
  Metrics,
  Modalities,
  Model,
  ModelHistory,
  Pointer,
  Pricing,
  Provider,
  Sdk,
  VersionId,
  VersionInfo,
} from '../../src/core/schema.ts'

const SCHEMAS = {
  Provider,
  Capabilities,
  Pricing,
  Metrics,
  Sdk,
  Modalities,
  Model,
  Catalogue,
  Attribution,
  VersionId,
  Manifest,
  Pointer,
  VersionInfo,
  Change,
  Diff,
  ModelHistory,
}

/** Types of schemas that `core/schema.ts` keeps to itself, by those it exports. */
const DERIVED = `export type Cause = VersionInfo['cause']
export type ChangeCounts = VersionInfo['changes']
export type CatalogueDiff = Omit<Diff, 'from' | 'to'>
export type ModelKey = Pick<Model, 'provider' | 'value'>
`

type JsonSchema = z.core.JSONSchema.BaseSchema

/** The text of the declaration file. What is served is shared and frozen, so that properties are `readonly`. */
export function schemaTypes(): string {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id })
  const json = z.toJSONSchema(registry, { uri: (id) => id, unrepresentable: 'any' }).schemas
  const declarations = Object.keys(SCHEMAS).map(
    (name) => `${comment(json[name])}export interface ${name} ${typeOf(json[name])}\n`,
  )
  return `${declarations.join('\n')}\n${DERIVED}`
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
