import { describe, expect, it } from 'vitest'
import {
  ARTIFICIAL_ANALYSIS_LIMITS,
  type GuardLimits,
  MODELS_DEV_LIMITS,
} from '../../../src/core/guard/guard-limits.ts'
import type { GuardedRow } from '../../../src/core/guard/guarded-row.ts'
import { reasonsToHold } from '../../../src/core/guard/reasons-to-hold.ts'
import { guardedRows, withFactor, withFirst, without } from '../../support/core/guarded-rows.ts'

const AA = ARTIFICIAL_ANALYSIS_LIMITS.whole
const PROVIDER = MODELS_DEV_LIMITS.provider

const codesOf = (previous: GuardedRow[], next: GuardedRow[], limits: GuardLimits = AA) =>
  reasonsToHold(previous, next, limits).map(({ code }) => code)

describe('missing models', () => {
  it.each([
    // 3 % of 200 is 6.
    [200, 6, false],
    [200, 7, true],
    [500, 15, false],
    [500, 16, true],
    // In a small registry, at least five must be missing.
    [10, 4, false],
    [10, 5, true],
    [166, 4, false],
    [166, 5, true],
    [4, 4, false],
    [5, 5, true],
  ])('of %i, %i missing: held %s', (count, missing, held) => {
    const previous = guardedRows(count)
    const expected = held ? ['models-lost'] : []
    expect(codesOf(previous, previous.slice(missing))).toEqual(expected)
    expect(codesOf(previous, previous.slice(0, count - missing))).toEqual(expected)
  })

  it.each([
    // 25 % of 400 is 100.
    [400, 100, 0, false],
    [400, 101, 0, true],
    // A small provider may drop or rename most of its rows.
    [42, 36, 1, false],
    [72, 72, 72, false],
    [39, 39, 0, false],
    [40, 40, 0, true],
    // New rows make up for missing ones.
    [400, 150, 50, false],
    [400, 150, 49, true],
  ])('of a provider of %i rows, %i missing and %i new: held %s', (count, missing, added, held) => {
    const previous = guardedRows(count)
    const next = [...previous.slice(missing), ...guardedRows(1000).slice(999 - added, 999)]
    expect(codesOf(previous, next, PROVIDER)).toEqual(held ? ['models-lost'] : [])
  })

  it('are named: sorted, at most ten', () => {
    const previous = guardedRows(512, { name: 'M' })
    const [reason] = reasonsToHold(previous, previous.slice(148), AA)
    expect(reason?.text).toBe('148 of 512 models are missing, more than 3 %')
    expect(reason?.examples).toHaveLength(10)
    expect(reason?.examples.slice(0, 3)).toEqual(['acme/m0 (M)', 'acme/m1 (M)', 'acme/m10 (M)'])
  })

  it('are named with bounded names', () => {
    const previous = guardedRows(5, { name: 'x'.repeat(1_000_000) })
    expect(JSON.stringify(reasonsToHold(previous, [], AA)).length).toBeLessThan(2_000)
  })
})

describe('a row with an identifier', () => {
  const previous = guardedRows(100).map((row, index) => ({ ...row, id: `id${index}` }))

  it('is not lost if its identifier exists under another value or provider', () => {
    expect(
      codesOf(
        previous,
        previous.map((row) => ({ ...row, value: `${row.value}-new` })),
      ),
    ).toEqual([])
    expect(
      codesOf(
        previous,
        previous.map((row) => ({ ...row, provider: 'globex' })),
      ),
    ).toEqual([])
  })

  it('is not lost if its value exists with another identifier', () => {
    expect(
      codesOf(
        previous,
        previous.map((row) => ({ ...row, id: `new-${row.id}` })),
      ),
    ).toEqual([])
  })

  it('is lost if neither exists, even if its value exists at another provider', () => {
    const others = previous.map((row) => ({ ...row, id: `new-${row.id}`, provider: 'globex' }))
    expect(codesOf(previous, others)).toEqual(['models-lost'])
  })

  it('is compared with itself if another row took its value', () => {
    const cheap = previous.map((row, index) => ({ ...row, input: 10 ** index, output: 10 ** index }))
    const shifted = cheap.map((row, index) => ({ ...row, value: `m${index + 1}` }))
    expect(codesOf(cheap, shifted)).toEqual([])
    expect(codesOf(cheap, shifted.toReversed())).toEqual([])
  })
})

describe.each([
  ['prices', ['input', 'output']],
  ['scores', ['score']],
  ['speeds', ['speed']],
] as const)('%s that are missing', (facts, fields) => {
  /** A hundred rows, of which `count` have the fact. */
  const having = (count: number) => withFirst(guardedRows(100), 100 - count, without(...fields))

  it.each([
    [100, 85, false],
    [100, 84, true],
    [54, 39, false],
    [54, 38, true],
    [15, 0, false],
    [16, 0, true],
    [0, 0, false],
    [30, 100, false],
  ])('%i, then %i of a hundred: held %s', (before, after, held) => {
    expect(codesOf(having(before), having(after))).toEqual(held ? [`${facts}-lost`] : [])
  })

  it('are counted net of rows that gained the fact', () => {
    const next = withFirst(guardedRows(100), 0, without()).map((row, index) =>
      index >= 50 && index < 75 ? without(...fields)(row) : row,
    )
    expect(codesOf(having(75), next)).toEqual([])
  })

  it('do not count new rows without the fact', () => {
    const added = guardedRows(140)
      .slice(100)
      .map(without(...fields))
    expect(codesOf(guardedRows(100), [...guardedRows(100), ...added])).toEqual([])
  })

  it('hold a single provider from 15 rows on', () => {
    const previous = guardedRows(20)
    expect(codesOf(previous, withFirst(previous, 14, without(...fields)), PROVIDER)).toEqual([])
    expect(codesOf(previous, withFirst(previous, 15, without(...fields)), PROVIDER)).toEqual([`${facts}-lost`])
  })
})

describe('values that became 0', () => {
  it.each([
    // 200 prices of 100 rows: 3 % is 6.
    [100, 3, false],
    [100, 4, true],
    [10, 2, false],
    [10, 3, true],
  ])('at %i rows, both prices of %i: held %s', (count, zeroed, held) => {
    const previous = guardedRows(count)
    const next = withFirst(previous, zeroed, withFactor(0, 'input', 'output'))
    expect(codesOf(previous, next)).toEqual(held ? ['prices-zero'] : [])
  })

  it.each(['speed', 'score'] as const)('hold a %s as well', (field) => {
    const previous = guardedRows(100)
    expect(codesOf(previous, withFirst(previous, 4, withFactor(0, field)))).toEqual([])
    expect(codesOf(previous, withFirst(previous, 5, withFactor(0, field)))).toEqual([`${field}s-zero`])
  })

  it('do not count if they were 0 before, return from 0, or are gone', () => {
    const free = guardedRows(100, { input: 0, output: 0 })
    expect(codesOf(free, free)).toEqual([])
    expect(codesOf(free, guardedRows(100))).toEqual([])
    expect(codesOf(guardedRows(100), guardedRows(100).map(without('output')))).toEqual([])
  })

  it('are named with both values', () => {
    const [reason] = reasonsToHold(guardedRows(10), guardedRows(10, { input: 0 }), AA)
    expect(reason?.text).toBe('10 of 20 prices went from above 0 to 0, more than 3 %')
    expect(reason?.examples[0]).toBe('acme/m0: 1 to 0')
  })

  it('may be 4 at a single provider, whose plan now includes them', () => {
    const previous = guardedRows(4)
    expect(codesOf(previous, withFirst(previous, 2, withFactor(0, 'input', 'output')), PROVIDER)).toEqual([])
    expect(codesOf(previous, withFirst(previous, 3, withFactor(0, 'input', 'output')), PROVIDER)).toEqual([
      'prices-zero',
    ])
  })
})

describe('values off by a factor', () => {
  it.each([
    [5, []],
    [5.01, ['prices-off-scale']],
    [0.2, []],
    [0.199, ['prices-off-scale']],
    [1e5, ['prices-off-scale']],
    [1e-6, ['prices-off-scale']],
  ])('every price x %d: %j', (factor, codes) => {
    expect(codesOf(guardedRows(100), guardedRows(100).map(withFactor(factor, 'input', 'output')))).toEqual(codes)
  })

  it.each([
    [3, false],
    [4, true],
  ])('the prices of %i of a hundred rows: held %s', (count, held) => {
    const next = withFirst(guardedRows(100), count, withFactor(1000, 'input', 'output'))
    expect(codesOf(guardedRows(100), next)).toEqual(held ? ['prices-off-scale'] : [])
  })

  it('hold if the median is off', () => {
    const next = withFirst(guardedRows(100), 51, withFactor(10, 'input', 'output'))
    for (const limits of [AA, MODELS_DEV_LIMITS.whole, PROVIDER])
      expect(codesOf(guardedRows(100), next, limits)).toEqual(['prices-off-scale'])
  })

  it('hold speeds but not scores, whose scale may change without notice', () => {
    const previous = guardedRows(100)
    expect(codesOf(previous, previous.map(withFactor(0.01, 'score')))).toEqual([])
    expect(codesOf(previous, previous.map(withFactor(0.01, 'speed')))).toEqual(['speeds-off-scale'])
  })

  it('may be one row at a single provider', () => {
    const previous = guardedRows(3)
    expect(codesOf(previous, withFirst(previous, 1, withFactor(10, 'input', 'output')), PROVIDER)).toEqual([])
    expect(codesOf(previous, withFirst(previous, 2, withFactor(10, 'input', 'output')), PROVIDER)).toEqual([
      'prices-off-scale',
    ])
  })
})

describe('growth', () => {
  it.each([
    [1, 100, false],
    [1, 101, true],
    [400, 600, false],
    [400, 601, true],
    [365, 60_365, true],
  ])('from %i to %i models: held %s', (before, after, held) => {
    expect(codesOf(guardedRows(before), guardedRows(after))).toEqual(held ? ['growth'] : [])
  })

  it.each([
    [33, 512, false],
    [600, 1_599, false],
    [600, 1_600, true],
    [1_200, 2_400, false],
    [1_200, 2_401, true],
  ])('of a provider from %i to %i rows: held %s', (before, after, held) => {
    expect(codesOf(guardedRows(before), guardedRows(after), PROVIDER)).toEqual(held ? ['growth'] : [])
  })

  it('has a reason with both numbers and some of the new models', () => {
    const [reason] = reasonsToHold(guardedRows(365), guardedRows(60_365), AA)
    expect(reason?.text).toBe('60,365 models after 365: implausible growth')
    expect(reason?.examples).toHaveLength(10)
  })

  it('is ignored in a first pull', () => {
    expect(codesOf([], guardedRows(10_000))).toEqual([])
  })
})

it('reasonsToHold() returns every reason', () => {
  const previous = guardedRows(100)
  const next = previous
    .slice(30)
    .map(without('speed'))
    .map(withFactor(0, 'input', 'output'))
  expect(codesOf(previous, next)).toEqual(['models-lost', 'prices-zero', 'speeds-lost'])
})
