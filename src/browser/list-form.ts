/** The form of the list: what it asks for, and the order that a head of the table sets in it. */
import type { AskedMoment } from '../views/pages/layout/frame.ts'
import type { ListQuery } from '../views/pages/list/list-query.ts'
import { readQuery } from './read-query.ts'

/** Without the page, which the form does not know. */
export function readForm(form: HTMLFormElement): { query: ListQuery; asked: AskedMoment | undefined } {
  const params = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]))
  return { query: readQuery(params), asked: askedOf(params) }
}

/** The form's choice of orders has the usual ones: others are added to it. */
export function setOrder(form: HTMLFormElement, sort: string): void {
  const select = form.querySelector<HTMLSelectElement>('select[name="sort"]')
  if (!select) return
  if (![...select.options].some(({ value }) => value === sort))
    select.add(new Option(`Sort: ${sort.replace('-', '')}`, sort))
  select.value = sort
}

function askedOf(params: URLSearchParams): AskedMoment | undefined {
  for (const by of ['at', 'version'] as const) {
    const text = params.get(by)
    if (text) return { by, text }
  }
  return undefined
}
