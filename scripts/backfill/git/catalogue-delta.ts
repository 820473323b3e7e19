/** The changes between two states of the catalogue, in the format that the registry accepts. */
import type { Delta } from '../../../src/sources/models-dev/delta.ts'
import type { CatalogueState, Item } from './catalogue-state.ts'

export function deltaBetween(before: CatalogueState, after: CatalogueState): Delta {
  return {
    providers: changesOf(
      before.providers,
      after.providers,
      ({ text }) => text,
      ({ json }) => json,
    ),
    models: changesOf(
      before.rows,
      after.rows,
      ({ text }) => text,
      ({ json }) => json,
    ),
    links: changesOf(
      basesOf(before.rows),
      basesOf(after.rows),
      (base) => base,
      (base) => ({ base_model: base }),
    ),
  }
}

function basesOf(rows: ReadonlyMap<string, Item>): Map<string, string> {
  return new Map([...rows].flatMap(([key, { base }]) => (base === undefined ? [] : [[key, base]])))
}

function changesOf<T, Json>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  textOf: (item: T) => string,
  jsonOf: (item: T) => Json,
): { set: Record<string, Json>; del: string[] } {
  const set = [...after].flatMap(([key, item]) => {
    const known = before.get(key)
    return known !== undefined && (known === item || textOf(known) === textOf(item)) ? [] : [[key, jsonOf(item)]]
  })
  return { set: Object.fromEntries(set), del: [...before.keys()].filter((key) => !after.has(key)) }
}

export function isEmpty({ providers, models, links }: Delta): boolean {
  return [providers, models, links ?? { set: {}, del: [] }].every(
    ({ set, del }) => del.length === 0 && Object.keys(set).length === 0,
  )
}
