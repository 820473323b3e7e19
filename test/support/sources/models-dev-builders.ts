/** A catalogue of models.dev, loosely typed so that a test can make it wrong. Everything here is made up. */
import type { Statement } from '../../../src/core/build/statement.ts'
import { readModelsDev } from '../../../src/sources/models-dev/read-catalogue.ts'
import type { Facts } from '../rows.ts'

export function modelsDevModel(facts: Facts = {}): Facts {
  return {
    id: 'acme-1',
    name: 'Acme 1',
    release_date: '2026-01-15',
    attachment: true,
    reasoning: true,
    tool_call: true,
    open_weights: false,
    modalities: { input: ['text', 'image'], output: ['text'] },
    limit: { context: 200_000, output: 64_000 },
    cost: { input: 1, output: 5 },
    ...facts,
  }
}

/** One API with these models, listed by their ids. */
export function modelsDevApi(models: Facts[] = [modelsDevModel()], facts: Facts = {}): Facts {
  const listed = Object.fromEntries(models.map((model) => [String(model.id), model]))
  return { id: 'openai', name: 'OpenAI', npm: '@ai-sdk/openai', env: ['KEY'], models: listed, ...facts }
}

/** What a model of OpenAI's own API is read as. */
export function modelsDevStatement(facts: Facts = {}, api: Facts = {}): Statement {
  const pull = readModelsDev({ openai: modelsDevApi([modelsDevModel(facts)], api) })
  if (!pull.ok) throw new Error(pull.failure.detail)
  const [statement] = pull.value.statements
  if (!statement) throw new Error('Cannot find the statement: there is none')
  return statement
}
