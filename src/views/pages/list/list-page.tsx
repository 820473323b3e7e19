/** `/`: what is new, and all models. */
import type { Listed } from '../../../core/search/columns/listed.ts'
import type { ListedColumns } from '../../../core/search/columns/listed-models.ts'
import { formatNumber } from '../format/numbers.ts'
import { type PageContent, SITE_NAME } from '../layout/layout.tsx'
import { MomentFields } from '../layout/link.tsx'
import { FilterForm } from './filter-form.tsx'
import { findFamilies } from './find-families.ts'
import type { ListQuery } from './list-query.ts'
import { countText, ListTable } from './list-table.tsx'
import { News, type PriceChange } from './news.tsx'

export interface ListPage {
  listed: Listed
  query: ListQuery
  /** Where the script finds the same models. */
  columnsPath: string
  /** What is current in the version: releases later than this are announcements. */
  today: string
  /** On the front page only, which shows what is new. */
  priceChanges?: readonly PriceChange[]
}

export function listContent({ listed, query, columnsPath, today, priceChanges }: ListPage): PageContent {
  const { count, columns, providerNames } = listed
  const usualSort = usualSortOf(columns)
  const found = findFamilies(listed, query, usualSort)
  return {
    title: query.q === undefined ? SITE_NAME : `Models: ${query.q}`,
    description: `${formatNumber(count)} offers of language models at ${providerNames.size} providers: prices, limits, scores and how to call them, now and at any moment in the past.`,
    body: (
      <>
        <h1 class={priceChanges ? undefined : 'spoken'}>Every language model you can call</h1>
        {priceChanges ? <News listed={listed} today={today} changes={priceChanges} /> : null}
        <FilterForm
          query={query}
          usualSort={usualSort}
          providers={[...providerNames].sort(([, a], [, b]) => a.localeCompare(b, 'en'))}
          labs={columns.words.lab.words.toSorted()}
        />
        <form id="compare" action="/compare" class="found">
          <MomentFields />
          <p id="count" class="count" role="status">
            {countText(found)}
          </p>
          <button type="submit" class="plain">
            Compare checked
          </button>
        </form>
        <div id="list" data-columns={columnsPath} data-sort={usualSort}>
          <ListTable found={found} query={query} usualSort={usualSort} providerNames={providerNames} />
        </div>
      </>
    ),
  }
}

/** Without any score, the newest come first. */
function usualSortOf({ numbers }: ListedColumns): string {
  return numbers.iq.some((iq) => iq !== null) ? '-iq' : '-releaseDate'
}
