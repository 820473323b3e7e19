/**
 * The live list of models: fetches the columns of all models once, then searches and renders them with the server's
 * code. Until they are loaded, or if scripts are disabled, the form and the links load the same list from the server.
 */

import { type Listed, type ListedColumns, listedOf } from '../core/search/columns/listed-models.ts'
import { withQuery } from '../views/pages/format/paths.ts'
import { type AskedMoment, momentQuery } from '../views/pages/layout/frame.ts'
import { findFamilies } from '../views/pages/list/find-families.ts'
import { isFiltered, type ListQuery, queryOf } from '../views/pages/list/list-query.ts'
import { countText, type ListTableProps } from '../views/pages/list/list-table.tsx'
import { listHtml, rowsHtml } from './list-html.tsx'
import { readQuery } from './read-query.ts'

interface Parts {
  form: HTMLFormElement
  list: HTMLElement
  count: HTMLElement
}

export function startList(): void {
  const form = document.querySelector<HTMLFormElement>('form#filters')
  const list = document.querySelector<HTMLElement>('#list')
  const count = document.querySelector<HTMLElement>('#count')
  if (form && list && count) new LiveList({ form, list, count }).start()
}

class LiveList {
  readonly #parts: Parts
  #listed: Listed | undefined
  #isDue = false
  #page = 1
  #rest: ReturnType<typeof setTimeout> | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  start(): void {
    const { form, list } = this.#parts
    form.addEventListener('input', () => this.#change(1))
    form.addEventListener('submit', (event) => this.#listed && this.#takeOver(event, () => this.#change(1)))
    list.addEventListener('click', (event) => this.#follow(event))
    // Deferred until the page itself is drawn.
    setTimeout(() => this.#load(), 0)
  }

  async #load(): Promise<void> {
    const { columns = '' } = this.#parts.list.dataset
    const response = await fetch(columns)
    if (!response.ok) return
    this.#listed = listedOf((await response.json()) as ListedColumns) // of our own server, for this version
    if (this.#isDue) this.#draw()
  }

  #takeOver(event: Event, act: () => void): void {
    event.preventDefault()
    act()
  }

  /** Handles the links that sort or change the page. */
  #follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('thead a, .pages a') : null
    if (!link || !this.#listed || event.ctrlKey || event.metaKey || event.shiftKey) return
    const { sort, page } = readQuery(new URL(link.href).searchParams)
    this.#takeOver(event, () => {
      setOrder(this.#parts.form, sort ?? '')
      const place = placeOf(link)
      this.#change(page ?? 1)
      if (place === undefined) this.#parts.list.scrollIntoView()
      else this.#parts.list.querySelectorAll<HTMLAnchorElement>('thead a')[place]?.focus()
    })
  }

  #change(page: number): void {
    this.#page = page
    this.#isDue = true
    if (this.#listed) this.#draw()
  }

  #draw(): void {
    if (!this.#listed) return
    this.#isDue = false
    const { form, list, count } = this.#parts
    const params = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]))
    const asked = askedOf(params)
    const query: ListQuery = { ...readQuery(params), ...(this.#page > 1 && { page: this.#page }) }
    const usualSort = list.dataset.sort ?? ''
    const found = findFamilies(this.#listed.models, query, usualSort)
    count.textContent = countText(found)
    this.#drawRows({ found, query, usualSort, providerNames: this.#listed.providerNames }, asked)
    form.querySelector<HTMLElement>('.clear')?.toggleAttribute('hidden', !isFiltered(query))
    history.replaceState(null, '', withQuery('/', [...queryOf(query, { page: query.page }), ...momentQuery(asked)]))
  }

  /** Draws the visible rows first, and the rest of the page a moment later. */
  #drawRows(props: ListTableProps, asked: AskedMoment | undefined): void {
    const { list } = this.#parts
    const { families } = props.found
    const rowsOf = (some: typeof families) => ({ ...props, found: { ...props.found, families: some } })
    list.innerHTML = listHtml(rowsOf(families.slice(0, FIRST_ROWS)), asked)
    const table = list.querySelector('table')
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => {
      table?.insertAdjacentHTML('beforeend', rowsHtml(rowsOf(families.slice(FIRST_ROWS)), asked))
    }, REST_MS)
  }
}

/** Longer than a key is held down, so that typing does not wait for rows out of view. */
const REST_MS = 60
/** The number of rows that a tall screen shows. */
const FIRST_ROWS = 16

/** The index of the column header that contains the link. */
function placeOf(link: HTMLAnchorElement): number | undefined {
  const cell = link.closest('th')
  return cell ? [...(cell.parentElement?.children ?? [])].indexOf(cell) : undefined
}

/** The select of the form has the common sorts only. Any other sort is added to it. */
function setOrder(form: HTMLFormElement, sort: string): void {
  const select = form.querySelector<HTMLSelectElement>('select[name="sort"]')
  if (!select) return
  if (![...select.options].some(({ value }) => value === sort))
    select.add(new Option(`By ${sort.replace('-', '')}`, sort))
  select.value = sort
}

function askedOf(params: URLSearchParams): AskedMoment | undefined {
  for (const by of ['at', 'version'] as const) {
    const text = params.get(by)
    if (text) return { by, text }
  }
  return undefined
}
