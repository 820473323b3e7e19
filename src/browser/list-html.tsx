/** Renders the list to the same HTML as the server, with the same components, which escape all names. */
import type { AskedMoment } from '../views/pages/layout/frame.ts'
import { AskedContext } from '../views/pages/layout/link.tsx'
import { FamilyRows } from '../views/pages/list/family-rows.tsx'
import { shownColumns } from '../views/pages/list/list-columns.ts'
import { ListTable, type ListTableProps } from '../views/pages/list/list-table.tsx'

/** More rows for a list that is already shown. */
export function rowsHtml({ found, query, providerNames }: ListTableProps, asked: AskedMoment | undefined): string {
  const rows = (
    <AskedContext value={asked}>
      <FamilyRows families={found.families} columns={shownColumns(query.col)} providerNames={providerNames} />
    </AskedContext>
  )
  return rows.toString()
}

export function listHtml(props: ListTableProps, asked: AskedMoment | undefined): string {
  const list = (
    <AskedContext value={asked}>
      <ListTable {...props} />
    </AskedContext>
  )
  return list.toString()
}
