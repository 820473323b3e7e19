/** Reads the query of the list from its URL or its form. The form offers no value that the server refuses. */
import { columnOf, shownColumns } from '../views/pages/list/list-columns.ts'
import type { ListQuery } from '../views/pages/list/list-query.ts'

export function readQuery(params: URLSearchParams): ListQuery {
  const all = (name: string): string[] | undefined => {
    const given = [...new Set(params.getAll(name))].filter(Boolean)
    return given.length > 0 ? given : undefined
  }
  const number = (name: string): number | undefined => (params.get(name) ? Number(params.get(name)) : undefined)
  const flag = (name: string): boolean | undefined => (params.get(name) ? params.get(name) === 'true' : undefined)
  const query: { [Name in keyof ListQuery]: unknown } = {
    q: params.get('q')?.trim() || undefined,
    provider: all('provider'),
    lab: all('lab'),
    type: all('type'),
    capability: all('capability'),
    firstParty: flag('firstParty'),
    openWeights: flag('openWeights'),
    minContextWindow: number('minContextWindow'),
    maxInputPrice: number('maxInputPrice'),
    sort: params.get('sort') || undefined,
    col: chosenColumns(all('col')),
    page: number('page'),
  }
  return query as ListQuery // each member is of its type, as read above
}

/** The default columns are left out, to keep the URL short. */
function chosenColumns(chosen: string[] | undefined): string[] | undefined {
  const usual = shownColumns(undefined).map(({ key }) => key)
  const known = chosen?.filter((key) => columnOf(key))
  return known?.join() === usual.join() ? undefined : known
}
