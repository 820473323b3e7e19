/** What a reader asks of the list, as its form and its links spell it. */
import type { ModelFilter } from '../../../core/search/search.ts'
import type { PageQuery } from '../format/paths.ts'

export interface ListQuery
  extends Pick<
    ModelFilter,
    | 'q'
    | 'provider'
    | 'lab'
    | 'type'
    | 'capability'
    | 'firstParty'
    | 'openWeights'
    | 'minContextWindow'
    | 'maxInputPrice'
  > {
  /** The key of a column; a `-` in front descends. */
  sort?: string | undefined
  /** The columns to show; absent: the usual ones. */
  col?: string[] | undefined
  /** From 1. */
  page?: number | undefined
}

/** In the order of the form. What is changed goes back to the first page. */
export function queryOf(query: ListQuery, change: ListQuery = {}): PageQuery {
  const {
    q,
    provider,
    lab,
    type,
    capability,
    firstParty,
    openWeights,
    minContextWindow,
    maxInputPrice,
    sort,
    col,
    page,
  } = {
    ...query,
    page: undefined,
    ...change,
  }
  return [
    ['q', q],
    ...namesOf('provider', provider),
    ...namesOf('lab', lab),
    ...namesOf('type', type),
    ...namesOf('capability', capability),
    ['firstParty', firstParty?.toString()],
    ['openWeights', openWeights?.toString()],
    ['minContextWindow', minContextWindow?.toString()],
    ['maxInputPrice', maxInputPrice?.toString()],
    ['sort', sort],
    ...namesOf('col', col),
    ['page', page === 1 ? undefined : page?.toString()],
  ]
}

function namesOf(name: string, values: readonly string[] = []): PageQuery {
  return values.map((value) => [name, value] as const)
}

/** Whether models are left out. */
export function isFiltered(query: ListQuery): boolean {
  return queryOf({ ...query, sort: undefined, col: undefined }).some(([, value]) => value !== undefined)
}
