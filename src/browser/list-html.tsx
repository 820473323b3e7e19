/** The list as the server would send it. Names in it are escaped in the same place. */
import type { AskedMoment } from '../views/pages/layout/frame.ts'
import { AskedContext } from '../views/pages/layout/link.tsx'
import { ListTable, type ListTableProps } from '../views/pages/list/list-table.tsx'

export function listHtml(props: ListTableProps, asked: AskedMoment | undefined): string {
  const list = (
    <AskedContext value={asked}>
      <ListTable {...props} />
    </AskedContext>
  )
  return list.toString()
}
