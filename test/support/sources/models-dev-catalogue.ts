/** A catalogue of models.dev with defaults: a test names only the facts it is about. Everything here is made up. */
import type { Facts } from '../rows.ts'

/** The models by API. Each model needs its id. */
export type ModelsDevApis = Record<string, (Facts & { id: string })[]>

export function modelsDev(apis: ModelsDevApis): Facts {
  return Object.fromEntries(
    Object.entries(apis).map(([id, models]) => {
      const listed = models.map((facts) => [facts.id, { ...modelsDevModel(facts.id), ...facts }])
      return [id, { id, name: id, env: [], npm: `@ai-sdk/${id}`, models: Object.fromEntries(listed) }]
    }),
  )
}

function modelsDevModel(id: string): Facts {
  return {
    id,
    name: id,
    release_date: '2026-01-15',
    last_updated: '2026-01-15',
    attachment: false,
    reasoning: false,
    tool_call: true,
    open_weights: false,
    limit: { context: 128_000, output: 8192 },
    modalities: { input: ['text'], output: ['text'] },
  }
}
