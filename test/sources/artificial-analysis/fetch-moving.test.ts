import { describe, expect, it } from 'vitest'
import { fetchPages } from '../../../src/sources/artificial-analysis/fetch-pages.ts'
import { type AaPage, type AaPagesOptions, aaPages, aaRow } from '../../support/rows.ts'
import { CONFIG, fakeAa, fakeAaOf } from '../../support/sources/fake-aa.ts'

const pagesOf = (slugs: string, options: AaPagesOptions = {}): AaPage[] =>
  aaPages(
    [...slugs].map((slug) => aaRow({ slug })),
    { pageSize: 2, ...options },
  )

/** The first page from before the source changed, and the rest from after it. */
const movedTo = (after: AaPage[]): AaPage[] => [...pagesOf('abcdef').slice(0, 1), ...after.slice(1)]

describe('fetchPages() of pages that change while they are read', () => {
  it.each([
    [
      'the index is re-scaled',
      movedTo(pagesOf('abcdef', { indexVersion: 4.3 })),
      /index version 4\.3, page 1 has 4\.1/,
    ],
    ['a page is added', movedTo(pagesOf('abcdefg')), /page 2 counts 4 pages, page 1 counts 3/],
    ['a page is lost', movedTo(pagesOf('abcd')), /page 2 counts 2 pages, page 1 counts 3/],
    ['a row moves across the edge', movedTo(pagesOf('0abcde')), /id ".*" is listed twice/],
    ['the key changes its tier', movedTo(pagesOf('abcdef', { tier: 'pro' })), /tier "pro"/],
  ])('discards the pull when %s', async (_, pages, detail) => {
    const { fetch, calls } = fakeAaOf(pages)
    const failure = { code: 'source-failed', reason: 'inconsistent', detail: expect.stringMatching(detail) }
    expect(await fetchPages(CONFIG, fetch)).toEqual({ ok: false, failure })
    expect(calls.length).toBeLessThanOrEqual(4)
  })

  it('discards the pull when a later page has become empty', async () => {
    const [first, second, third] = pagesOf('abcdef')
    const { fetch } = fakeAaOf([first, second, { ...third, data: [] }].filter((page) => page !== undefined))
    const failure = { reason: 'invalid', detail: expect.stringContaining('page 3: data: has no rows') }
    expect(await fetchPages(CONFIG, fetch)).toMatchObject({ ok: false, failure })
  })

  it.each([
    ['no more pages follow the first', 1, false],
    ['more pages follow the last', 3, true],
  ])('discards the pull when a page wrongly states that %s', async (_, wrongPage, hasMore) => {
    const pages = pagesOf('abcdef').map((page, index) =>
      index + 1 === wrongPage ? { ...page, pagination: { ...page.pagination, has_more: hasMore } } : page,
    )
    const { fetch, calls } = fakeAaOf(pages)
    expect(await fetchPages(CONFIG, fetch)).toMatchObject({ ok: false, failure: { reason: 'inconsistent' } })
    expect(calls).toHaveLength(wrongPage)
  })

  it('discards the pull when the same page is returned twice', async () => {
    const { fetch } = fakeAa(() => Response.json(pagesOf('abcdef')[0]))
    expect(await fetchPages(CONFIG, fetch)).toMatchObject({ ok: false, failure: { reason: 'inconsistent' } })
  })

  it.each([
    ['always one page more', (page: number) => page + 1],
    ['a million pages', () => 1_000_000],
    ['41 pages', () => 41],
  ])('requests at most 40 pages if the source states that there are %s', async (_, totalOn) => {
    const { fetch, calls } = fakeAa((page) =>
      Response.json({
        ...aaPages([aaRow({ slug: `acme-${page}` })])[0],
        pagination: { page, page_size: 1, total_pages: totalOn(page), has_more: true },
      }),
    )
    const reason = expect.stringMatching(/^(too-large|inconsistent)$/)
    expect(await fetchPages(CONFIG, fetch)).toMatchObject({ ok: false, failure: { code: 'source-failed', reason } })
    expect(calls.length).toBeLessThanOrEqual(40)
  })

  it('reports more than 40 pages', async () => {
    const { fetch } = fakeAaOf(
      aaPages(
        Array.from({ length: 41 }, (_, index) => aaRow({ slug: `acme-${index}` })),
        { pageSize: 1 },
      ),
    )
    expect(await fetchPages(CONFIG, fetch)).toMatchObject({
      ok: false,
      failure: { reason: 'too-large', detail: expect.stringMatching(/more than 40 pages/) },
    })
  })

  it('accepts 40 pages', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => aaRow({ slug: `acme-${index}` }))
    const { fetch, calls } = fakeAaOf(aaPages(rows, { pageSize: 1 }))
    expect((await fetchPages(CONFIG, fetch)).ok).toBe(true)
    expect(calls).toHaveLength(40)
  })
})
