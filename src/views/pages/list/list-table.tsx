/** The list itself: heads that sort, rows, pages. The script replaces it as a whole. */
import { ScrollTable } from '../elements/table.tsx'
import { formatNumber } from '../format/numbers.ts'
import { Link } from '../layout/link.tsx'
import { classOf, FamilyRows } from './family-rows.tsx'
import { type FoundFamilies, PAGE_SIZE } from './find-families.ts'
import { type ListColumn, NAME_COLUMN, OFFERS_COLUMN, shownColumns } from './list-columns.ts'
import { type ListQuery, queryOf } from './list-query.ts'

export interface ListTableProps {
  found: FoundFamilies
  query: ListQuery
  usualSort: string
  providerNames: ReadonlyMap<string, string>
}

export function ListTable({ found, query, usualSort, providerNames }: ListTableProps) {
  const columns = shownColumns(query.col)
  return (
    <>
      {found.totalFamilies === 0 ? <Nothing /> : null}
      <ScrollTable label="Models" class={query.col ? 'list chosen' : 'list'}>
        <thead>
          <tr>
            <Head column={NAME_COLUMN} query={query} usualSort={usualSort} />
            {columns.map((column) => (
              <Head column={column} query={query} usualSort={usualSort} />
            ))}
            <Head column={OFFERS_COLUMN} query={query} usualSort={usualSort} />
          </tr>
        </thead>
        <FamilyRows families={found.families} columns={columns} providerNames={providerNames} />
      </ScrollTable>
      <Pages total={found.totalFamilies} query={query} />
    </>
  )
}

/** What was found, in words. */
export function countText({ totalFamilies, totalModels }: FoundFamilies): string {
  const families = `${formatNumber(totalFamilies)} ${totalFamilies === 1 ? 'model' : 'models'}`
  return `${families} in ${formatNumber(totalModels)} ${totalModels === 1 ? 'offer' : 'offers and variants'}`
}

function Nothing() {
  return (
    <p>
      No model matches. Remove a word or a filter, or <Link href="/">start over</Link>.
    </p>
  )
}

interface HeadProps {
  column: ListColumn
  query: ListQuery
  usualSort: string
}

function Head({ column, query, usualSort }: HeadProps) {
  const sort = query.sort ?? usualSort
  const [key, direction] = sort.startsWith('-') ? [sort.slice(1), 'descending' as const] : [sort, 'ascending' as const]
  const isSorted = key === column.key
  const first = column.descends ? `-${column.key}` : column.key
  const other = column.descends ? column.key : `-${column.key}`
  const next = isSorted && sort === first ? other : first
  const name = column === NAME_COLUMN ? undefined : column === OFFERS_COLUMN ? 'number' : classOf(column)
  return (
    <th scope="col" class={name} aria-sort={isSorted ? direction : undefined} title={column.hint}>
      <Link href="/" query={queryOf(query, { sort: next === usualSort ? undefined : next })}>
        {column.title}
      </Link>
    </th>
  )
}

function Pages({ total, query }: { total: number; query: ListQuery }) {
  const { page = 1 } = query
  const last = Math.max(Math.ceil(total / PAGE_SIZE), 1)
  if (last === 1) return null
  return (
    <nav class="pages" aria-label="Pages of the list">
      {page > 1 ? (
        <Link href="/" query={queryOf(query, { page: page - 1 })} rel="prev">
          Previous
        </Link>
      ) : null}
      <span class="quiet">
        Page {page} of {last}
      </span>
      {page < last ? (
        <Link href="/" query={queryOf(query, { page: page + 1 })} rel="next">
          Next
        </Link>
      ) : null}
    </nav>
  )
}
