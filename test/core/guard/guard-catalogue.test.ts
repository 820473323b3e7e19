import { describe, expect, it } from 'vitest'
import { guardCatalogue, type RowsByProvider } from '../../../src/core/guard/guard-catalogue.ts'
import { MODELS_DEV_LIMITS } from '../../../src/core/guard/guard-limits.ts'
import type { GuardedRow } from '../../../src/core/guard/guarded-row.ts'
import { sumOfTotals, totalsOf } from '../../../src/core/guard/totals.ts'
import { guardedRows, withFactor, withFirst, without } from '../../support/core/guarded-rows.ts'

/** 100 providers of 40 rows and one of 400. */
const CATALOGUE: RowsByProvider = new Map([
  ...Array.from({ length: 100 }, (_, index) => [`p${index}`, guardedRows(40, { provider: `p${index}` })] as const),
  ['big', guardedRows(400, { provider: 'big' })] as const,
])

type Change = (rows: readonly GuardedRow[]) => readonly GuardedRow[]
const at = (change: Change, ...providers: string[]): RowsByProvider =>
  new Map([...CATALOGUE].map(([name, rows]) => [name, providers.includes(name) ? change(rows) : rows]))
const everywhere = (change: Change) => at(change, ...CATALOGUE.keys())
const lacking = (...providers: string[]) => new Map([...CATALOGUE].filter(([name]) => !providers.includes(name)))

const judge = (next: RowsByProvider, previous = CATALOGUE) => {
  const { hold, heldProviders } = guardCatalogue(previous, next, MODELS_DEV_LIMITS)
  const codesOf = (reasons: readonly { code: string }[]) => reasons.map(({ code }) => code)
  return {
    whole: codesOf(hold ?? []),
    providers: Object.fromEntries([...heldProviders].map(([name, reasons]) => [name, codesOf(reasons)])),
  }
}

const each =
  (change: (row: GuardedRow) => GuardedRow): Change =>
  (rows) =>
    rows.map(change)
const INCIDENTS: [string, Change, string][] = [
  ['every price 0', each(withFactor(0, 'input', 'output')), 'prices-zero'],
  ['every price x 1e-6', each(withFactor(1e-6, 'input', 'output')), 'prices-off-scale'],
  ['every price x 1e5', each(withFactor(1e5, 'input', 'output')), 'prices-off-scale'],
  ['a third of the rows missing', (rows) => rows.filter((_, index) => index % 3 > 0), 'models-lost'],
  ['every price missing', each(without('input', 'output')), 'prices-lost'],
  ['every speed missing', each(without('speed')), 'speeds-lost'],
]

describe.each(INCIDENTS)('%s', (_, change, code) => {
  it('at all providers holds the whole pull', () => {
    expect(judge(everywhere(change))).toEqual({ whole: [code], providers: {} })
  })

  it('at one provider holds only that provider', () => {
    expect(judge(at(change, 'big'))).toEqual({ whole: [], providers: { big: [code] } })
  })
})

describe('60,000 more rows', () => {
  const grown =
    (count: number): Change =>
    (rows) => [...rows, ...guardedRows(count, { provider: 'made-up' })]

  it('at one provider hold only that provider, whether known or new', () => {
    expect(judge(at(grown(60_000), 'p7'))).toEqual({ whole: [], providers: { p7: ['growth'] } })
    expect(judge(new Map([...CATALOGUE, ['new', guardedRows(60_000)]]))).toEqual({
      whole: [],
      providers: { new: ['growth'] },
    })
  })

  it('at all providers hold the whole pull', () => {
    expect(judge(everywhere(grown(600)))).toEqual({ whole: ['growth'], providers: {} })
  })

  it('at many new providers hold the whole pull', () => {
    const added = Array.from({ length: 300 }, (_, index) => [`new${index}`, guardedRows(200)] as const)
    expect(judge(new Map([...CATALOGUE, ...added]))).toEqual({ whole: ['growth'], providers: {} })
  })
})

describe('providers', () => {
  it('are accepted if another one is held', () => {
    const next = at(each(withFactor(0, 'input', 'output')), 'p1', 'p2', 'p3', 'p4')
    expect(Object.keys(judge(next).providers)).toEqual(['p1', 'p2', 'p3', 'p4'])
    expect(judge(next).whole).toEqual([])
  })

  it('may be new with as many rows as the largest ones', () => {
    expect(judge(new Map([...CATALOGUE, ['new', guardedRows(432)]]))).toEqual({ whole: [], providers: {} })
  })

  it('that are removed are held if they had at least 40 rows', () => {
    const previous = new Map([...CATALOGUE, ['small', guardedRows(39, { provider: 'small' })]])
    expect(judge(CATALOGUE, previous)).toEqual({ whole: [], providers: {} })
    expect(judge(lacking('p1'))).toEqual({ whole: [], providers: { p1: ['models-lost'] } })
  })

  it('that belong to a lab are held if they lose at least 5 rows and more than three quarters', () => {
    const verdictOf = (name: string, before: number, after: number) => {
      const rows = guardedRows(before, { provider: name })
      const left = after > 0 ? [[name, rows.slice(0, after)] as const] : []
      return judge(new Map([...CATALOGUE, ...left]), new Map([...CATALOGUE, [name, rows]])).providers
    }
    expect(verdictOf('mistral', 5, 0)).toEqual({ mistral: ['models-lost'] })
    expect(verdictOf('mistral', 39, 9)).toEqual({ mistral: ['models-lost'] })
    expect(verdictOf('mistral', 40, 10)).toEqual({})
    expect(verdictOf('mistral', 4, 0)).toEqual({})
    expect(verdictOf('mistral', 100, 60)).toEqual({ mistral: ['models-lost'] })
    expect(verdictOf('small', 39, 0)).toEqual({})
  })

  it('hold the whole pull if more than 5 % of them are missing', () => {
    const small = Array.from({ length: 100 }, (_, index) => [`s${index}`, guardedRows(1)] as const)
    const previous = new Map([...CATALOGUE, ...small])
    const without = (count: number) => new Map([...CATALOGUE, ...small.slice(count)])
    expect(judge(without(10), previous).whole).toEqual([])
    expect(judge(without(11), previous).whole).toEqual(['providers-lost'])
  })

  it('may lose rows whose identifier exists at another provider', () => {
    const rows = guardedRows(50).map((row) => ({ ...row, id: row.value }))
    const previous = new Map([...CATALOGUE, ['xai', rows]])
    expect(judge(new Map([...CATALOGUE, ['spacexai', rows]]), previous).whole).toEqual([])
  })
})

describe('a catalogue', () => {
  it('is not held if it is the first', () => {
    expect(judge(CATALOGUE, new Map())).toEqual({ whole: [], providers: {} })
  })

  it('is held if nothing is left', () => {
    expect(judge(new Map()).whole).toEqual(['providers-lost', 'models-lost'])
  })

  it('may lose 10 % of its rows, spread over providers', () => {
    const losing = (share: number) => everywhere((rows) => rows.slice(rows.length * share))
    expect(judge(losing(0.1))).toEqual({ whole: [], providers: {} })
    expect(judge(losing(0.125)).whole).toEqual(['models-lost'])
  })

  it('may grow by 25 % or by 699 rows', () => {
    const growing = (count: number) =>
      new Map([...CATALOGUE, ['a', guardedRows(count / 2)], ['b', guardedRows(count / 2)]])
    expect(judge(growing(1_100)).whole).toEqual([])
    expect(judge(growing(1_102)).whole).toEqual(['growth'])
    const small = new Map([['p', guardedRows(100)]])
    const grown = (count: number) => new Map([['p', guardedRows(100 + count)]])
    expect(judge(grown(699), small).whole).toEqual([])
  })

  it('gets the same result with totals instead of the unchanged providers', () => {
    const next = at((rows) => withFirst(rows, 300, withFactor(0, 'input')), 'big')
    const pick = (rows: RowsByProvider) => new Map([...rows].filter(([name]) => name === 'big'))
    const unchanged = sumOfTotals([...CATALOGUE].flatMap(([name, rows]) => (name === 'big' ? [] : [totalsOf(rows)])))
    expect(guardCatalogue(pick(CATALOGUE), pick(next), MODELS_DEV_LIMITS, unchanged)).toEqual(
      guardCatalogue(CATALOGUE, next, MODELS_DEV_LIMITS),
    )
  })
})
