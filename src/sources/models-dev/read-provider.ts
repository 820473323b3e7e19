/** A provider of models.dev: who it is and how it is called. Schema v2 says the latter of each row instead. */

import type { ProviderApi } from '../../core/schema/model.ts'
import type { ProviderStatement } from '../../core/statements/statement.ts'
import { factsOf, put } from '../fact.ts'
import { type FieldReader, isJsonObject, type JsonObject } from '../field-reader.ts'
import { readId } from './read-id.ts'

export interface ListedProvider {
  id: string
  said: JsonObject
  models: JsonObject
}

/** What is wrong with it, as a text. */
export function findProvider(listedAs: string, said: unknown): ListedProvider | string {
  if (!isJsonObject(said) || !isJsonObject(said.models)) return 'is not an object with models'
  const read = readId(listedAs, said.id)
  if ('problem' in read) return read.problem
  return read.id.includes('/') ? 'has a slash in its id' : { id: read.id, said, models: said.models }
}

export function readProvider({ id, said }: ListedProvider, fields: FieldReader): ProviderStatement {
  fields.startRow(id)
  const name = fields.text('provider name', said.name) ?? id
  const statement: ProviderStatement = { source: 'models.dev', provider: id, name, facts: {} }
  put(statement.facts, 'api', readApi(said, fields))
  return statement
}

function readApi(said: JsonObject, fields: FieldReader): ProviderApi | undefined {
  const api: ProviderApi = {}
  put(api, 'baseUrl', fields.baseUrl('provider api', said.api))
  put(api, 'npm', fields.text('provider npm', said.npm))
  const env = fields.list('provider env', said.env)?.map((name) => fields.text('provider env', name))
  const names = env?.filter((name) => name !== undefined)
  if (names?.length) api.env = names
  put(api, 'docs', fields.url('provider doc', said.doc))
  return factsOf(api)
}
