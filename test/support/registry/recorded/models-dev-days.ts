/** The rows of models.dev on a day. A test names only the facts it is about. Everything here is made up. */
import type { Facts } from '../../rows.ts'
import { modelsDevBody, modelsDevRow } from '../../sources/models-dev-rows.ts'
import type { OpenedRegistry } from '../opened-registry.ts'

/** By provider: the rows, each with its id. */
export type ModelsDevProviders = Record<string, (Facts & { id: string })[]>

export function modelsDevCatalogue(providers: ModelsDevProviders): Facts {
  return Object.assign(
    {},
    ...Object.entries(providers).map(([id, rows]) => {
      const listed = rows.map((row) => modelsDevRow({ name: row.id, ...row }))
      return modelsDevBody(listed, { id, name: id, npm: `@ai-sdk/${id}` })
    }),
  )
}

/** Rows `p0`, `p1`, ... of a provider `p`. */
export function rowsOf(provider: string, count: number, facts: Facts = {}): (Facts & { id: string })[] {
  return Array.from({ length: count }, (_, index) => ({ id: `${provider}${index}`, ...facts }))
}

/** Sends a recorded pull of models.dev, as of now by default. */
export function sendModelsDev(
  { registry, clock }: OpenedRegistry,
  providers: ModelsDevProviders,
  { at = clock.now, forced = false }: { at?: number; forced?: boolean } = {},
) {
  const fetchedAt = new Date(at).toISOString()
  const pull = { source: 'models.dev', fetchedAt, pages: [modelsDevCatalogue(providers)] }
  return registry.importPull(new TextEncoder().encode(JSON.stringify(pull)), forced)
}
