/** Bodies of models.dev, loosely typed so that a test can make them wrong. Everything here is made up. */
import type { ModelFacts, ModelStatement, Reading, Unread } from '../../../src/core/statements/statement.ts'
import { readModelsDev } from '../../../src/sources/models-dev/read-body.ts'
import type { Facts } from '../rows.ts'

export function modelsDevRow(facts: Facts = {}): Facts {
  return {
    id: 'acme-1',
    name: 'Acme 1',
    attachment: true,
    reasoning: true,
    tool_call: true,
    release_date: '2026-01-15',
    last_updated: '2026-02',
    open_weights: false,
    modalities: { input: ['text', 'image'], output: ['text'] },
    limit: { context: 200_000, output: 64_000 },
    cost: { input: 1, output: 5 },
    ...facts,
  }
}

/** A body of one provider with these rows, listed by their ids. */
export function modelsDevBody(rows: Facts[] = [modelsDevRow()], provider: Facts = {}): Facts {
  const models = Object.fromEntries(rows.map((row) => [String(row.id), row]))
  const id = String(provider.id ?? 'acme')
  return { [id]: { id, name: 'Acme', npm: '@ai-sdk/acme', env: ['ACME_KEY'], models, ...provider } }
}

export function readBody(body: unknown): Reading {
  const result = readModelsDev(body)
  if (!result.ok) throw new Error(result.failure.detail)
  return result.value
}

/** Reads one row: its statement, and its unread values. */
export function readOne(row: Facts = {}, provider: Facts = {}): ModelStatement & { unread: Unread[] } {
  const { models, unread } = readBody(modelsDevBody([modelsDevRow(row)], provider))
  const [model] = models
  if (model === undefined) throw new Error('Cannot find the row: there is none')
  return { ...model, unread }
}

export function factsOfRow(row: Facts = {}, provider: Facts = {}): ModelFacts {
  return readOne(row, provider).facts
}
