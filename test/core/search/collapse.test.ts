import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Model } from '../../../src/core/schema/model.ts'
import { collapseFamilies, isVariant, type Variant } from '../../../src/core/search/collapse.ts'
import { EFFORTS } from '../../../src/core/vocabulary.ts'
import { inTwoOrders } from '../../support/core/two-orders.ts'
import { model } from '../../support/rows.ts'

const variant = (value: string, facts: Partial<Model> = {}): Model => model({ value, family: 'acme/big', ...facts })
const indexed = (value: string, intelligenceIndex: number, facts: Partial<Model> = {}): Model =>
  variant(value, { metrics: { intelligenceIndex }, ...facts })

/** Of one family. */
const orderOf = (...models: Model[]): (string[] | undefined)[] =>
  collapseFamilies(models).map(({ variants }) => variants.map(({ value }) => value))

describe('collapseFamilies()', () => {
  it('returns the whole head of a family, and for each model found the facts that differ', () => {
    const head = variant('big', { id: 'models.dev:acme/big', iq: 3, releaseDate: '2026-01-01' })
    const dated = variant('big-20260101', { id: 'models.dev:acme/big-20260101', iq: 3, pricing: { input: 2 } })
    const high = indexed('big-high', 50, { effort: 'high', iq: 3, pricing: { input: 2 } })
    const low = indexed('big-low', 40, { effort: 'low', iq: 2, speed: 4, status: 'preview' })
    expect(collapseFamilies([low, dated, high, head])).toStrictEqual([
      {
        ...head,
        variants: [
          { value: 'big', iq: 3 },
          { value: 'big-high', effort: 'high', iq: 3, pricing: { input: 2 } },
          { value: 'big-low', effort: 'low', iq: 2, speed: 4 },
          { value: 'big-20260101', iq: 3, pricing: { input: 2 } },
        ],
      },
    ])
  })

  it('returns the best variant first if there are only variants', () => {
    const [high, low] = [indexed('big-high', 50, { effort: 'high' }), indexed('big', 40, { effort: 'low' })]
    expect(collapseFamilies([low, high])).toMatchObject([{ value: 'big-high', variants: [{ effort: 'high' }, {}] }])
  })

  it('returns a model without others of its family as its only variant', () => {
    const alone = model({ value: 'alone' })
    expect(collapseFamilies([alone])).toStrictEqual([{ ...alone, variants: [{ value: 'alone' }] }])
  })

  it('ranks by the index before anything else', () => {
    expect(orderOf(indexed('a', 40, { effort: 'max' }), indexed('b', 41, { effort: 'none', iq: 0 }))).toEqual([
      ['b', 'a'],
    ])
  })

  it('ranks a model without an index after those with one, however low', () => {
    expect(orderOf(variant('a', { iq: 5 }), indexed('b', -1))).toEqual([['b', 'a']])
  })

  it('ranks by the score if there is no index, after the head', () => {
    const [a, b, c] = [variant('a'), variant('b', { iq: 0 }), variant('c', { iq: 5 })]
    expect(orderOf(indexed('h', 1), a, b, c)).toEqual([['h', 'c', 'b', 'a']])
  })

  it('ranks models that do not reason last among equals, then by value in code units', () => {
    const equals = [variant('a', { effort: 'none' }), variant('c', { effort: 'low' }), variant('b'), variant('B')]
    expect(orderOf(indexed('h', 1), ...equals)).toEqual([['h', 'B', 'b', 'c', 'a']])
  })

  it('keeps the same family at different providers apart', () => {
    expect(orderOf(variant('a'), variant('a', { provider: 'globex' }))).toEqual([['a'], ['a']])
  })
})

describe('isVariant()', () => {
  it.each<[boolean, string, Partial<Model>]>([
    [true, 'with an effort', { effort: 'low', sdk: { model: 'one' } }],
    [true, 'that is measured alone', {}],
    [true, 'that is called by the id of another row', { sdk: { model: 'other' } }],
    [false, 'that only models.dev lists', { id: 'models.dev:acme/one' }],
    [false, 'that is listed and measured', { sdk: { model: 'one' } }],
    [false, 'that an override creates', { id: 'custom:acme:one' }],
  ])('is %s of a model %s', (expected, _, facts) => {
    expect(isVariant(model({ value: 'one', ...facts }))).toBe(expected)
  })
})

describe('laws', () => {
  const one = <T>(...values: T[]): fc.Arbitrary<T | undefined> => fc.constantFrom(undefined, ...values)
  const anyModels = fc.uniqueArray(
    fc
      .record({
        provider: fc.constantFrom('a', 'b'),
        family: fc.constantFrom('f', 'g', 'f\u{10000}'),
        value: fc.constantFrom('x', 'X', 'y', 'y-1', '\u{10000}', '\uffee'),
        effort: one(...EFFORTS),
        iq: one(0, 3, 5),
        speed: one(0, 5),
        pricing: one({ input: 0 }, { input: 1, output: 2 }),
        metrics: one({ intelligenceIndex: 0 }, { intelligenceIndex: 20 }, { intelligenceIndex: -3 }, { maxOutput: 9 }),
      })
      .map((facts) => model(facts)),
    { selector: ({ provider, value }) => `${provider}/${value}` },
  )
  const familyOf = ({ provider, family }: Model): string => `${provider}/${family}`

  it('no model is lost and none is added', () => {
    fc.assert(
      fc.property(anyModels, (models) => {
        const given = models.map(({ provider, family, value, effort, iq, speed, pricing }) => {
          return { key: `${provider}/${family}`, value, effort, iq, speed, pricing }
        })
        const facts = collapseFamilies(models).flatMap((collapsed) =>
          collapsed.variants.map((variant: Variant) => ({ key: familyOf(collapsed), ...variant })),
        )
        expect(facts).toHaveLength(given.length)
        expect(facts).toEqual(expect.arrayContaining(given))
      }),
    )
  })

  it('each family occurs once, in the order of a manifest', () => {
    fc.assert(
      fc.property(anyModels, (models) => {
        const collapsed = collapseFamilies(models)
        const families = collapsed.map(familyOf)
        expect(new Set(families).size).toBe(families.length)
        expect(new Set(families)).toEqual(new Set(models.map(familyOf)))
        const keys = collapsed.map(({ provider, value }) => `${provider}\n${value}`)
        expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : 1)))
      }),
    )
  })

  it('the head of a family is one of the input, and among variants none has a higher index', () => {
    fc.assert(
      fc.property(anyModels, (models) => {
        for (const { variants, ...head } of collapseFamilies(models)) {
          expect(models).toContainEqual(head)
          expect(variants[0]?.value).toBe(head.value)
          const family = models.filter((other) => familyOf(other) === familyOf(head))
          expect(indexOf(head)).toBe(Math.max(...family.map(indexOf)))
        }
      }),
    )
  })

  it('the order of the input never matters, and it is not modified', () => {
    fc.assert(
      fc.property(inTwoOrders(anyModels), ([models, others]) => {
        const before = structuredClone(models)
        expect(collapseFamilies(models)).toEqual(collapseFamilies(others))
        expect(models).toEqual(before)
      }),
    )
  })
})

function indexOf({ metrics }: Model): number {
  return metrics?.intelligenceIndex ?? Number.NEGATIVE_INFINITY
}
