/** Reads a provider of models.dev: its name and how to call it. Schema v2 states how to call it in each row instead. */

import type { ProviderApi } from '../../core/schema/model.ts'
import type { ProviderStatement } from '../../core/statements/statement.ts'
import { factsOf, put } from '../fact.ts'
import { type FieldReader, isJsonObject, type JsonObject } from '../field-reader.ts'
import { readId } from './read-id.ts'

export interface ListedProvider {
  id: string
  stated: JsonObject
  models: JsonObject
}

/** Returns a text if the provider is invalid. */
export function findProvider(listedAs: string, stated: unknown): ListedProvider | string {
  if (!isJsonObject(stated) || !isJsonObject(stated.models)) return 'is not an object with models'
  const read = readId(listedAs, stated.id)
  if ('problem' in read) return read.problem
  return read.id.includes('/') ? 'has a slash in its id' : { id: read.id, stated, models: stated.models }
}

export function readProvider({ id, stated }: ListedProvider, fields: FieldReader): ProviderStatement {
  fields.startRow(id)
  const name = fields.text('provider name', stated.name) ?? id
  const statement: ProviderStatement = { source: 'models.dev', provider: id, name, facts: {} }
  put(statement.facts, 'api', readApi(stated, fields))
  return statement
}

function readApi(stated: JsonObject, fields: FieldReader): ProviderApi | undefined {
  const api: ProviderApi = {}
  put(api, 'baseUrl', fields.baseUrl('provider api', stated.api))
  put(api, 'npm', fields.text('provider npm', stated.npm))
  const env = fields.list('provider env', stated.env)?.map((name) => fields.text('provider env', name))
  const names = env?.filter((name) => name !== undefined)
  if (names?.length) api.env = names
  put(api, 'docs', fields.url('provider doc', stated.doc))
  return factsOf(api)
}
