/**
 * A recorded change of models.dev between two moments: providers by id, without their models; rows by "provider/model",
 * split at the first slash; and the base file of each row. The base file is kept in the row as `base_model`, its key in
 * the files of models.dev, because in older data nothing else names the model.
 */
import * as z from 'zod'
import { excerptOf, type JsonObject } from '../field-reader.ts'
import { findProvider } from './read-provider.ts'

const changesOf = (what: string) =>
  z.object({
    set: z.record(z.string(), z.looseObject({})).meta({ description: `${what} that are new or changed, in full` }),
    del: z.array(z.string()).meta({ description: `${what} that were removed` }),
  })

/** Other keys of a recorded delta are ignored. */
export const Delta = z.object({
  providers: changesOf('Providers'),
  models: changesOf('Rows'),
  links: changesOf('Base files of rows').optional(),
})
export type Delta = z.infer<typeof Delta>

/** A provider as listed, with its rows by id. */
export interface ListedRows {
  facts: JsonObject
  rows: Map<string, JsonObject>
}

export function toListedRows(share: unknown): ListedRows {
  const { models, ...facts }: JsonObject = Object(share)
  return { facts, rows: new Map(Object.entries(Object(models))) }
}

/** The JSON of a share: a provider as in `api.json`. */
export function toShare({ facts, rows }: ListedRows): JsonObject {
  return { ...facts, models: Object.fromEntries(rows) }
}

/** Returns what is wrong with a provider; `undefined` if it is valid. */
export function checkListed(provider: string, listed: ListedRows): string | undefined {
  const found = findProvider(provider, toShare(listed))
  if (typeof found === 'string') return found
  return found.id === provider ? undefined : 'has spaces around its id'
}

/** The providers that a delta changes, `undefined` for a removed one; or a text if the delta is invalid. */
export function applyDelta(
  delta: Delta,
  find: (provider: string) => ListedRows | undefined,
): Map<string, ListedRows | undefined> | string {
  const changed = new Map<string, ListedRows | undefined>()
  const open = (provider: string): ListedRows | undefined => {
    const known = changed.has(provider) ? changed.get(provider) : copyOf(find(provider))
    changed.set(provider, known)
    return known
  }
  for (const provider of delta.providers.del) changed.set(provider, undefined)
  for (const [provider, facts] of Object.entries(delta.providers.set))
    changed.set(provider, { facts, rows: open(provider)?.rows ?? new Map() })
  for (const key of delta.models.del) withRow(open, key, (rows, id) => rows.delete(id))
  const stray = Object.entries(delta.models.set).find(
    ([key, row]) => !withRow(open, key, (rows, id) => rows.set(id, withBase(row, rows.get(id)?.base_model))),
  )
  if (stray) return `models.set: "${excerptOf(stray[0])}" is not a row of a listed provider`
  applyLinks(delta.links, open)
  return changed
}

const copyOf = (known: ListedRows | undefined): ListedRows | undefined =>
  known && { facts: known.facts, rows: new Map(known.rows) }

type Open = (provider: string) => ListedRows | undefined

/** Returns `false` if the provider of the key is not listed. */
function withRow(open: Open, key: string, change: (rows: ListedRows['rows'], id: string) => void): boolean {
  const slash = key.indexOf('/')
  const listed = slash > 0 && slash < key.length - 1 ? open(key.slice(0, slash)) : undefined
  if (listed) change(listed.rows, key.slice(slash + 1))
  return listed !== undefined
}

function applyLinks(links: Delta['links'], open: Open): void {
  const relink = (key: string, base: unknown) =>
    withRow(open, key, (rows, id) => {
      const row = rows.get(id)
      if (row) rows.set(id, withBase(row, base))
    })
  for (const key of links?.del ?? []) relink(key, undefined)
  // Only `base_model` links are used: links to other rows show how a file was written, not which model it is.
  for (const [key, { base_model: base }] of Object.entries(links?.set ?? {})) relink(key, base)
}

function withBase({ base_model: _, ...row }: JsonObject, base: unknown): JsonObject {
  return base === undefined ? row : { ...row, base_model: base }
}
