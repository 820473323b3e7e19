import { describe, expect, it } from 'vitest'
import { checkRows } from '../../../scripts/measure/matching/independent-check.ts'
import { matchRows } from '../../../scripts/measure/matching/matched-rows.ts'
import {
  describeChecks,
  describeDisagreements,
  describeShares,
  describeUnmatched,
  measuredRows,
} from '../../../scripts/measure/matching/matching-report.ts'
import { aaProRow, type Facts, recordedPull } from '../../support/rows.ts'
import { modelsDevApi, modelsDevModel } from '../../support/sources/models-dev-builders.ts'

const OPENAI = { id: 'e67e56e3-15cd-43db-b679-da4660a69f41', name: 'OpenAI' }
const modelsDev = { openai: modelsDevApi([modelsDevModel({ id: 'gpt-7', name: 'GPT-7' })]) }
const rowsOf = (...rows: Facts[]) =>
  matchRows(
    recordedPull(
      rows.map((row) => aaProRow({ model_creator: OPENAI, ...row })),
      { tier: 'pro' },
    ),
    modelsDev,
  )

const right: Facts = {
  slug: 'gpt-7',
  name: 'GPT-7 (high)',
  reasoning_model: true,
  context_window_tokens: 204_800,
  modalities: { input: { text: true, image: true, video: false, speech: false }, output: { text: true } },
  openrouter_api_id: 'openai/gpt-7',
}
const low: Facts = { ...right, slug: 'gpt-7-low', name: 'GPT-7 (Non-reasoning)', reasoning_model: false }
const stranger: Facts = { slug: 'gpt-8', name: 'GPT-8', release_date: '2026-05-01' }

describe('checkRows()', () => {
  it('finds no fault where all agree, roundings and variants of one model included', () => {
    const checked = checkRows(rowsOf(right, low, stranger), new Map())
    expect(checked.map(({ row, findings }) => [row.value, findings.map(({ agrees }) => agrees)])).toEqual([
      ['gpt-7', [true, true, true, true]],
      ['gpt-7-low', [true, true, true, true]],
    ])
  })

  it.each([
    ['openrouter id', { openrouter_api_id: 'openai/gpt-7-mini' }, 'openai/gpt-7-mini', 'gpt-7 ("GPT-7")'],
    ['context window', { context_window_tokens: 128_000 }, '128000', '200000'],
    ['modalities', { modalities: { input: { image: false } } }, 'no image in', 'image in'],
    ['reasoning', { reasoning_model: false }, 'false', 'true'],
  ])('reports another %s with both values', (check, facts, aa, theirs) => {
    const [row] = checkRows(rowsOf({ ...right, ...facts }), new Map())
    expect(row?.findings.filter(({ agrees }) => !agrees)).toEqual([{ check, agrees: false, aa, modelsDev: theirs }])
  })

  it('knows an id of OpenRouter by the name that models.dev lists it with', () => {
    const rows = rowsOf({ ...right, openrouter_api_id: 'openai/seven' })
    const [row] = checkRows(rows, new Map([['openai/seven', 'GPT-7']]))
    expect(row?.findings[0]).toMatchObject({ check: 'openrouter id', agrees: true })
  })
})

describe('the report of matching', () => {
  const rows = measuredRows(
    rowsOf(right, low, stranger, { ...stranger, slug: 'gpt-9', name: 'GPT-9', release_date: '2026-09-01' }),
  )

  it('counts models and families, with and without those that came after the catalogue', () => {
    expect(describeShares(rows, '2026-07-02').split('\n').slice(-1)[0]?.trim().split(/\s+/)).toEqual([
      'all',
      '4',
      '2',
      '50.0',
      '3',
      '2',
      '66.7',
      '2',
      '1',
      '50.0',
    ])
  })

  it('says why the others are unmatched, one by one if asked', () => {
    expect(describeUnmatched(rows, '2026-07-02', false)).not.toContain('gpt-8')
    expect(describeUnmatched(rows, '2026-07-02', true)).toContain('openai/gpt-8 "GPT-8" 2026-05-01: no-candidate')
    expect(describeUnmatched(rows, '2026-07-02', true)).toContain('no-candidate, newer than the catalogue')
  })

  it('lists every disagreement', () => {
    const checked = checkRows(rowsOf({ ...right, context_window_tokens: 128_000 }), new Map())
    expect(describeDisagreements(checked)).toContain('openai/gpt-7 = models.dev:openai/gpt-7: 128000 | 200000')
    expect(describeChecks(checked)).toMatch(/context window +1 +0 +0\.0/)
    expect(describeDisagreements(checkRows(rowsOf(right), new Map()))).toBe('')
  })
})
