import { describe, expect, it } from 'vitest'
import type { Statement } from '../../src/core/build/statement.ts'
import { CONFIRM_AFTER_MS, lossesOf } from '../../src/core/guard.ts'
import { type Given, statement, uuidOf } from '../support/rows.ts'

/** `count` models with a price, an index and a speed. */
const many = (count: number, facts: Given = {}): Statement[] =>
  Array.from({ length: count }, (_, index) =>
    statement({
      value: `m${index}`,
      pricing: { input: 1, output: 2 },
      metrics: { intelligenceIndex: 50, outputTokensPerSecond: 80 },
      ...facts,
    }),
  )

/** The first `count` models changed, the rest as they are. */
const withFirst = (models: Statement[], count: number, change: (known: Statement) => Statement): Statement[] =>
  models.map((known, index) => (index < count ? change(known) : known))

const without =
  (...keys: ('pricing' | 'metrics')[]) =>
  (known: Statement): Statement => {
    const facts = { ...known.facts }
    for (const key of keys) delete facts[key]
    return { ...known, facts }
  }

const withMetrics = (known: Statement, metrics: Given['metrics']): Statement => ({
  ...known,
  facts: { ...known.facts, metrics },
})

const isHeld = (previous: Statement[], next: Statement[]) => lossesOf(previous, next).length > 0

describe('models that are missing', () => {
  it.each([
    // 3 % of 200 is 6: more than that is too much.
    [200, 6, false],
    [200, 7, true],
    [500, 15, false],
    [500, 16, true],
    [333, 9, false],
    [333, 10, true],
    // In a small registry it takes five.
    [10, 4, false],
    [10, 5, true],
    [166, 4, false],
    [166, 5, true],
    [5, 5, true],
    [1000, 0, false],
  ])('of %i models, %i missing: held %s', (count, missing, held) => {
    const previous = many(count)
    expect(isHeld(previous, previous.slice(missing))).toBe(held)
    expect(isHeld(previous, previous.slice(0, count - missing))).toBe(held)
  })

  it('are not weighed against those that came', () => {
    const [old, next] = [many(100), many(200).slice(100)]
    expect(isHeld(old, next)).toBe(true)
    expect(isHeld(many(100), many(200))).toBe(false)
  })

  it('are none where the id lives on under another slug or provider', () => {
    const previous = many(100)
    const renamed = previous.map((known) => ({ ...known, value: `${known.value}-new` }))
    const moved = previous.map((known) => ({ ...known, provider: 'globex' }))
    expect(lossesOf(previous, renamed)).toEqual([])
    expect(lossesOf(previous, moved)).toEqual([])
  })

  it('are none where the slug lives on under another id', () => {
    const previous = many(100)
    const replaced = previous.map((known) => ({ ...known, id: uuidOf(`new ${known.value}`) }))
    expect(lossesOf(previous, replaced)).toEqual([])
  })

  it('are lost where neither lives on, even if the slug does at another provider', () => {
    const previous = many(100)
    const others = previous.map((known) => ({ ...known, id: uuidOf(`new ${known.value}`), provider: 'globex' }))
    expect(lossesOf(previous, others)).toHaveLength(1)
  })

  it('are counted in the reason', () => {
    const [reason] = lossesOf(many(512), many(364))
    expect(reason).toContain('148')
    expect(reason).toContain('512')
  })

  it('are all of them where nothing is left', () => {
    expect(isHeld(many(5), [])).toBe(true)
  })
})

describe.each<[string, (known: Statement) => Statement]>([
  ['price', without('pricing')],
  ['index', (known) => withMetrics(known, { outputTokensPerSecond: 80 })],
  ['speed', (known) => withMetrics(known, { intelligenceIndex: 50 })],
])('the share of models with a %s', (name, lose) => {
  // The models that have it, of a hundred, before and after.
  const having = (count: number) => withFirst(many(100), 100 - count, lose)

  it.each([
    [100, 86, false],
    [100, 84, true],
    [54, 28, true],
    [54, 40, false],
    [54, 38, true],
    [20, 6, false],
    [20, 4, true],
    [14, 0, false],
    [16, 0, true],
    [0, 0, false],
    [30, 100, false],
  ])('goes from %i to %i of a hundred: held %s', (before, after, held) => {
    expect(isHeld(having(before), having(after))).toBe(held)
  })

  it('may fall by exactly 15 points from anywhere', () => {
    const held = Array.from({ length: 86 }, (_, index) => index + 15).filter((share) =>
      isHeld(having(share), having(share - 15)),
    )
    expect(held).toEqual([])
  })

  it('is a reason of its own that says what is missing', () => {
    const reasons = lossesOf(having(90), having(10))
    expect(reasons).toHaveLength(1)
    expect(reasons[0]).toContain(name)
    expect(reasons[0]).toContain('90')
    expect(reasons[0]).toContain('10')
  })

  it('is a share: it does not fall when models with and without it go alike', () => {
    const half = having(50)
    const quarter = half.filter((_, index) => index % 2 === 0)
    expect(lossesOf(half, quarter).filter((reason) => reason.includes(name))).toEqual([])
  })
})

describe('what is no loss', () => {
  it('a price of one side or of nothing', () => {
    const priced = many(100)
    const priceOf = (pricing: Given['pricing']) => many(100, { pricing })
    expect(lossesOf(priced, priceOf({ input: 1 }))).toEqual([])
    expect(lossesOf(priced, priceOf({ output: 1 }))).toEqual([])
    expect(lossesOf(priced, priceOf({ input: 0, output: 0 }))).toEqual([])
  })

  it('a figure of zero', () => {
    expect(lossesOf(many(100), many(100, { metrics: { intelligenceIndex: 0, outputTokensPerSecond: 0 } }))).toEqual([])
  })

  it('scores on another scale', () => {
    const scaled = many(100, {
      metrics: { intelligenceIndex: 5, intelligenceIndexVersion: 4.1, outputTokensPerSecond: 80 },
    })
    expect(lossesOf(many(100), scaled)).toEqual([])
  })

  it('latency, release dates and capabilities that are gone', () => {
    const rich = many(100, { releaseDate: '2026-01-01', capabilities: { text: true } })
    expect(lossesOf(rich, many(100))).toEqual([])
  })

  it('a first pull, against nothing', () => {
    expect(lossesOf([], many(1))).toEqual([])
  })
})

describe('several losses', () => {
  it('are each a reason', () => {
    const previous = many(100)
    expect(lossesOf(previous, previous.slice(30).map(without('pricing', 'metrics')))).toHaveLength(4)
  })
})

it('takes a loss for real after half a day', () => {
  expect(CONFIRM_AFTER_MS).toBe(12 * 60 * 60 * 1000)
})
