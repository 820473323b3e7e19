import { describe, expect, it } from 'vitest'
import { aaPages, aaRow, type Facts } from '../../support/rows.ts'
import { factsOf, readingOf, readRow } from '../../support/sources/read-pages.ts'

const evaluated = (value: unknown): Facts => ({ evaluations: { artificial_analysis_coding_index: value } })
const priced = (value: unknown): Facts => ({ pricing: { price_1m_input_tokens: value } })
const measured = (value: unknown): Facts => ({ performance: { median_output_tokens_per_second: value } })

describe('read() of facts of Artificial Analysis that cannot be read', () => {
  it.each<[string, Facts]>([
    ['release_date', { release_date: '2026-02-30' }],
    ['release_date', { release_date: '2026-1-5' }],
    ['release_date', { release_date: '2026-01-15T00:00:00Z' }],
    ['release_date', { release_date: '2026-13' }],
    ['release_date', { release_date: '2026' }],
    ['release_date', { release_date: 'soon' }],
    ['release_date', { release_date: 20260115 }],
    ['evaluations', { evaluations: [] }],
    ['artificial_analysis_coding_index', evaluated('30')],
    ['artificial_analysis_coding_index', evaluated(1e13)],
    ['artificial_analysis_coding_index', evaluated(Number.NaN)],
    ['pricing', { pricing: 5 }],
    ['pricing.price_1m_input_tokens', priced(-1)],
    ['pricing.price_1m_input_tokens', priced('5')],
    ['pricing.price_1m_input_tokens', priced(Number.POSITIVE_INFINITY)],
    ['pricing.price_1m_input_tokens', priced({ usd: 1 })],
    ['performance', { performance: 'fast' }],
    ['performance.median_output_tokens_per_second', measured(-1)],
    ['performance.median_output_tokens_per_second', measured(Number.NaN)],
  ])('leaves %s out and counts it: %j', (field, wrong) => {
    const { unread, ...row } = readRow(aaRow(wrong))
    expect(unread).toEqual([{ field, count: 1, example: expect.stringMatching(/^acme\/acme-one: ./) }])
    expect(row.value).toBe('acme-one')
  })

  it('leaves out only that fact, and keeps all other facts of the row', () => {
    const { releaseDate: _, ...others } = factsOf(aaRow())
    expect(factsOf(aaRow({ release_date: 'soon' }))).toEqual(others)
    expect(factsOf(aaRow(priced(-1))).pricing).toEqual({ output: 5 })
  })

  it.each(['2023-07', '2023-07-01'])('keeps the release date %s unchanged', (date) => {
    expect(readRow(aaRow({ release_date: date }))).toMatchObject({ facts: { releaseDate: date }, unread: [] })
  })

  it('counts the values of a field together, with the first as the example', () => {
    const rows = ['a', 'b', 'c'].map((slug, index) => aaRow({ slug, ...priced(-1 - index) }))
    expect(readingOf(aaPages(rows)).unread).toEqual([
      { field: 'pricing.price_1m_input_tokens', count: 3, example: 'acme/a: -1' },
    ])
  })

  it('truncates an example, and removes control characters', () => {
    const [unread] = readRow(aaRow({ release_date: `\u0007${'x'.repeat(5000)}` })).unread
    expect(unread?.example.length).toBeLessThan(300)
    expect(unread?.example).not.toMatch(/\p{Cc}/u)
  })

  it('reads -0 as 0, because canonical JSON has no -0', () => {
    expect(Object.is(factsOf(aaRow(priced(-0))).pricing?.input, 0)).toBe(true)
    expect(Object.is(factsOf(aaRow(evaluated(-0))).metrics?.codingIndex, 0)).toBe(true)
  })
})
