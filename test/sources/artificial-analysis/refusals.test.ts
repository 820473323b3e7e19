import { describe, expect, it } from 'vitest'
import { readPage, readPages } from '../../../src/sources/artificial-analysis/read-pages.ts'
import { type AaPage, aaPages, aaRow, type Facts } from '../../support/rows.ts'

const CREDIT = { name: 'Sample', url: 'https://sample.example/' }

/** Three pages of two rows. A test makes one of them wrong. */
const pages = (): AaPage[] =>
  aaPages(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((slug) => aaRow({ slug })),
    { pageSize: 2 },
  )

describe('readPages() of pages that disagree', () => {
  it('accepts valid pages', () => {
    expect(readPages(pages()).ok).toBe(true)
  })

  it.each([
    ['the index version', { intelligence_index_version: 4.3 }, /page 2 has index version 4\.3, page 1 has 4\.1/],
    ['the tier', { tier: 'pro' }, /page 2 has tier "pro", page 1 has "free"/],
    [
      'the page count',
      { pagination: { page: 2, page_size: 2, total_pages: 4, has_more: true } },
      /page 2 counts 4 pages/,
    ],
    [
      'its own number',
      { pagination: { page: 3, page_size: 2, total_pages: 3, has_more: true } },
      /page 2 has page number 3/,
    ],
    [
      'that no more follow',
      { pagination: { page: 2, page_size: 2, total_pages: 3, has_more: false } },
      /page 2 .*no more/,
    ],
  ])('discards a pull whose second page is wrong about %s', (_, wrong, detail) => {
    const [first, second, third] = pages()
    expectRefusal([first, { ...second, ...wrong }, third], 'inconsistent', detail)
  })

  it('discards a pull whose last page states that more follow', () => {
    const [first, second, third] = pages()
    const more = { ...third, pagination: { ...third?.pagination, has_more: true } }
    expectRefusal([first, second, more], 'inconsistent', /page 3 of 3 states that more/)
  })

  it('discards a pull that ends early', () => {
    expectRefusal(pages().slice(0, 2), 'inconsistent', /ends after 2 of 3 pages/)
  })

  it('discards a pull that continues too long', () => {
    expectRefusal([...pages(), pages()[2]], 'inconsistent', /page 4/)
  })

  it('discards a pull with a missing, misplaced or repeated page', () => {
    const [first, second, third] = pages()
    expectRefusal([first, third], 'inconsistent')
    expectRefusal([second, third], 'inconsistent')
    expectRefusal([second, first, third], 'inconsistent')
    expectRefusal([first, first, third], 'inconsistent')
  })

  it.each([0, -1, 2])('discards a single page that states a total of %d pages', (totalPages) => {
    const pagination = { page: 1, page_size: 200, total_pages: totalPages, has_more: false }
    expectRefusal([{ ...pages()[0], pagination }], 'inconsistent')
  })

  it('discards a pull that repeats an id, on one page or on two', () => {
    const repeated = aaRow({ slug: 'x', id: aaRow({ slug: 'a' }).id })
    const rows = [aaRow({ slug: 'a' }), aaRow({ slug: 'b' }), repeated]
    expectRefusal(aaPages(rows), 'inconsistent', /id ".*" is listed twice/)
    expectRefusal(aaPages(rows, { pageSize: 2 }), 'inconsistent', /id ".*" is listed twice/)
  })

  it('discards a pull whose ids differ only by white space', () => {
    expectRefusal(aaPages([aaRow({ slug: 'a', id: 'id-1' }), aaRow({ slug: 'b', id: 'id-1 ' })]), 'inconsistent')
  })

  it('discards a pull without pages', () => {
    expectRefusal([], 'invalid', /no pages/)
  })

  it('discards a pull with an empty page, the only one or the last', () => {
    const [first, second, third] = pages()
    expectRefusal(aaPages([]), 'invalid', /page 1: data: has no rows/)
    expectRefusal([first, second, { ...third, data: [] }], 'invalid', /page 3: data: has no rows/)
  })

  it('discards a pull of more than 40 pages', () => {
    const rows = Array.from({ length: 41 }, (_, index) => aaRow({ slug: `acme-${index}` }))
    expectRefusal(aaPages(rows, { pageSize: 1 }), 'too-large', /41 pages, more than 40/)
  })
})

describe('readPage() of an invalid page', () => {
  it.each([null, undefined, 'page', 4, true, [], {}, { error: 'Not found' }])('refuses %j', (page) => {
    expectPageRefusal(page, /^Cannot pull from Artificial Analysis: page 7: /)
  })

  it.each<[string, Facts]>([
    ['tier', { tier: null }],
    ['intelligence_index_version', { intelligence_index_version: '4.1' }],
    ['intelligence_index_version', { intelligence_index_version: null }],
    ['intelligence_index_version', { intelligence_index_version: Number.POSITIVE_INFINITY }],
    ['pagination', { pagination: null }],
    ['pagination.page', { pagination: { page: '1', total_pages: 1, has_more: false } }],
    ['pagination.total_pages', { pagination: { page: 1, total_pages: 1.5, has_more: false } }],
    ['pagination.has_more', { pagination: { page: 1, total_pages: 1, has_more: 'false' } }],
    ['data', { data: null }],
    ['data', { data: { 0: aaRow() } }],
    ['data.0', { data: [null] }],
    ['data.1', { data: [aaRow(), 'row'] }],
    ['tier', { tier: 't'.repeat(301) }],
    ['stand_in_attribution', { stand_in_attribution: [] }],
    ['stand_in_attribution', { stand_in_attribution: Array.from({ length: 11 }, () => CREDIT) }],
    ['stand_in_attribution.0.url', { stand_in_attribution: [{ ...CREDIT, url: 'not a link' }] }],
    ['stand_in_attribution.0.url', { stand_in_attribution: [{ ...CREDIT, url: 'javascript:alert(1)' }] }],
    [
      'stand_in_attribution.0.url',
      { stand_in_attribution: [{ ...CREDIT, url: `https://a.example/${'a'.repeat(300)}` }] },
    ],
    ['stand_in_attribution.0.name', { stand_in_attribution: [{ ...CREDIT, name: 'a'.repeat(301) }] }],
    ['stand_in_attribution.0.note', { stand_in_attribution: [{ ...CREDIT, note: 'a'.repeat(301) }] }],
    [
      'stand_in_attribution.0.license.name',
      { stand_in_attribution: [{ ...CREDIT, license: { ...CREDIT, name: 'a'.repeat(301) } }] },
    ],
    ['stand_in_attribution.0', { stand_in_attribution: [{ ...CREDIT, padding: 'a' }] }],
  ])('names %s if it is wrong in the page', (path, wrong) => {
    expectPageRefusal({ ...aaPages([aaRow()])[0], ...wrong }, detailFor(path))
  })

  it.each<[string, Facts]>([
    ['id', { id: 5 }],
    ['id', { id: null }],
    ['id', { id: '' }],
    ['id', { id: 'id\u0000' }],
    ['name', { name: null }],
    ['name', { name: '   ' }],
    ['name', { name: 'Acme\u0007One' }],
    ['name', { name: 'Acme\nOne' }],
    ['name', { name: 'Acme\u001fOne' }],
    ['name', { name: 'Acme\u007fOne' }],
    ['name', { name: 'Acme \ud83d' }],
    ['name', { name: '\ude00 Acme' }],
    ['name', { name: 'a'.repeat(301) }],
    ['slug', { slug: undefined }],
    ['slug', { slug: 'acme\tone' }],
    ['slug', { slug: 'acme-\udc00' }],
    ['model_creator', { model_creator: 'Acme' }],
    ['model_creator.id', { model_creator: { id: null } }],
    ['model_creator.name', { model_creator: { name: '' } }],
    ['model_creator.name', { model_creator: { name: 'Ac\ud800me' } }],
    ['slug', { slug: '..' }],
  ])('names %s if it is wrong in a row: %j', (path, wrong) => {
    expectPageRefusal(
      aaPages([aaRow({ slug: 'a' }), aaRow({ slug: 'b', name: 'Acme B', ...wrong })])[0],
      detailFor(`data.1.${path}`),
    )
  })

  it('accepts a name of 300 characters', () => {
    expect(readPage(aaPages([aaRow({ name: 'a'.repeat(300) })])[0], 1).ok).toBe(true)
  })

  it('names the wrong page of a pull', () => {
    const [first, , third] = pages()
    expectRefusal([first, 'cut', third], 'invalid', /page 2: reply: /)
  })
})

function detailFor(path: string): RegExp {
  return new RegExp(`^Cannot pull from Artificial Analysis: page 7: ${path.replaceAll('.', '\\.')}: .`)
}

function expectPageRefusal(page: unknown, detail: RegExp): void {
  const refusal = { code: 'source-failed', reason: 'invalid', detail: expect.stringMatching(detail) }
  expect(readPage(page, 7)).toEqual({ ok: false, failure: refusal })
}

function expectRefusal(spoiled: unknown[], reason: string, detail = /./): void {
  const failure = { code: 'source-failed', reason, detail: expect.stringMatching(detail) }
  expect(readPages(spoiled)).toEqual({ ok: false, failure })
}

describe('readPage() of pages that could exhaust the stack or the memory', () => {
  const [page] = pages()
  const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])

  it('accepts unknown values up to a certain depth', () => {
    expect(readPage({ ...page, unknown: nested(20) }, 1).ok).toBe(true)
    expect(readPage({ ...page, unknown: nested(40) }, 1)).toMatchObject({
      failure: { reason: 'invalid', detail: expect.stringMatching(/page 1 is nested more than 32 levels deep$/) },
    })
    const bottomless: unknown = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)
    expect(readPage({ ...page, data: [aaRow({ unknown: bottomless })] }, 1).ok).toBe(false)
  })

  it('refuses an index version that a manifest cannot contain', () => {
    expect(readPage({ ...page, intelligence_index_version: 1e6 }, 1).ok).toBe(true)
    expect(readPage({ ...page, intelligence_index_version: 1e7 }, 1).ok).toBe(false)
  })

  it('stops at the first bad row', () => {
    const looks = [0, 0, 0, 0, 0]
    const rows = Array.from({ length: 5 }, (_, index) => ({
      ...aaRow(),
      get slug() {
        looks[index] = (looks[index] ?? 0) + 1
        return index === 1 ? 42 : `m${index}`
      },
    }))
    expect(readPage({ ...page, data: rows }, 1)).toMatchObject({
      failure: { detail: expect.stringMatching(/page 1: data\.1\.slug: /) },
    })
    // The depth of all pages is checked first.
    expect(looks.slice(2)).toEqual([1, 1, 1])
    expect(looks[1]).toBeGreaterThan(1)
  })
})
