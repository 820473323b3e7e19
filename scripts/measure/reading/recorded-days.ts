/** The body of models.dev at the end of each recorded day: all that was set and not deleted up to then. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

interface Delta {
  date: string
  providers: { set: Record<string, object>; del: string[] }
  models: { set: Record<string, unknown>; del: string[] }
}

export function* recordedDays(file: string): Generator<{ date: string; body: unknown }> {
  const providers = new Map<string, object>()
  const models = new Map<string, Record<string, unknown>>()
  for (const line of gunzipSync(readFileSync(file)).toString('utf8').split('\n')) {
    if (line === '') continue
    // A recorded file, in the form that its README gives.
    const delta = JSON.parse(line) as Delta
    for (const id of delta.providers.del) providers.delete(id)
    for (const [id, provider] of Object.entries(delta.providers.set)) providers.set(id, provider)
    applyModels(models, delta.models)
    const entries = [...providers].map(([id, provider]) => [id, { ...provider, models: models.get(id) ?? {} }])
    yield { date: delta.date, body: Object.fromEntries(entries) }
  }
}

/** A key is "provider/model", split at its first slash. */
function applyModels(models: Map<string, Record<string, unknown>>, { set, del }: Delta['models']): void {
  for (const key of del) delete models.get(providerOf(key))?.[key.slice(providerOf(key).length + 1)]
  for (const [key, row] of Object.entries(set)) {
    const provider = providerOf(key)
    const rows = models.get(provider) ?? {}
    rows[key.slice(provider.length + 1)] = row
    models.set(provider, rows)
  }
}

function providerOf(key: string): string {
  return key.slice(0, key.indexOf('/'))
}
