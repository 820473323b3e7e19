/**
 * The live list of models: fetches the columns of all models once, then searches and renders them with the server's
 * code. Until they are loaded, or if scripts are disabled, the form and the links load the same list from the server.
 * What is in sight is rendered first; the rest waits until that is painted.
 */

import { Listed } from '../core/search/columns/listed.ts'
import type { ListedColumns } from '../core/search/columns/listed-models.ts'
import { withQuery } from '../views/pages/format/paths.ts'
import { type AskedMoment, momentQuery } from '../views/pages/layout/frame.ts'
import { findFamilies } from '../views/pages/list/find-families.ts'
import { isFiltered, type ListQuery, queryOf } from '../views/pages/list/list-query.ts'
import { countText, type ListTableProps } from '../views/pages/list/list-table.tsx'
import { afterFirstPaint, afterPaint, whenIdle } from './later.ts'
import { readForm, setOrder } from './list-form.ts'
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
    afterFirstPaint(() => this.#load())
  }

  async #load(): Promise<void> {
    const { columns = '' } = this.#parts.list.dataset
    const response = await fetch(columns)
    if (!response.ok) return
    this.#listed = new Listed((await response.json()) as ListedColumns) // of our own server, for this version
    if (this.#isDue) this.#draw()
    whenIdle(() => this.#warmUp())
  }

  /** An answer that is not shown: the first one would wait for its code to be compiled, and for the text of each row. */
  #warmUp(): void {
    const listed = this.#listed
    if (!listed) return
    const props = this.#answer(listed, { capability: ['vision'] })
    listHtml({ ...props, found: { ...props.found, families: props.found.families.slice(0, MIN_ROWS) } }, undefined)
    whenIdle(() => readTexts(listed, 0))
  }

  #answer(listed: Listed, query: ListQuery): ListTableProps {
    const usualSort = this.#parts.list.dataset.sort ?? ''
    const { providerNames } = listed
    return { found: findFamilies(listed, query, usualSort), query, usualSort, providerNames }
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
    const { form, count } = this.#parts
    const { query: filters, asked } = readForm(form)
    const query: ListQuery = { ...filters, ...(this.#page > 1 && { page: this.#page }) }
    const props = this.#answer(this.#listed, query)
    count.textContent = countText(props.found)
    this.#drawRows(props, asked)
    const address = withQuery('/', [...queryOf(query, { page: query.page }), ...momentQuery(asked)])
    afterPaint(() => {
      form.querySelector<HTMLElement>('.clear')?.toggleAttribute('hidden', !isFiltered(query))
      history.replaceState(null, '', address)
    })
  }

  /** Draws the visible rows first, and the rest of the page a moment later. */
  #drawRows(props: ListTableProps, asked: AskedMoment | undefined): void {
    const { list } = this.#parts
    const { families } = props.found
    const rowsOf = (some: typeof families) => ({ ...props, found: { ...props.found, families: some } })
    const count = rowsInSight(list)
    list.innerHTML = listHtml(rowsOf(families.slice(0, count)), asked)
    const table = list.querySelector('table')
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => {
      table?.insertAdjacentHTML('beforeend', rowsHtml(rowsOf(families.slice(count)), asked))
    }, REST_MS)
  }
}

/** Longer than a key is held down, so that typing does not wait for rows out of view. */
const REST_MS = 60
const MIN_ROW_PX = 30
const MIN_ROWS = 6

/** At most, from the top of the list to the end of the window. */
function rowsInSight(list: HTMLElement): number {
  const height = innerHeight - list.getBoundingClientRect().top
  return Math.max(Math.ceil(height / MIN_ROW_PX), MIN_ROWS)
}

/** At once: some milliseconds on a slow phone. */
const TEXTS = 250

function readTexts({ facts, count }: Pick<Listed, 'facts' | 'count'>, from: number): void {
  const end = Math.min(from + TEXTS, count)
  for (let row = from; row < end; row++) facts.wordText(row)
  if (end < count) whenIdle(() => readTexts({ facts, count }, end))
}

/** The index of the column header that contains the link. */
function placeOf(link: HTMLAnchorElement): number | undefined {
  const cell = link.closest('th')
  return cell ? [...(cell.parentElement?.children ?? [])].indexOf(cell) : undefined
}
