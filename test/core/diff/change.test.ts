import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChanges, changesBetween } from '../../../src/core/diff/change.ts'
import { independentChanges, reversed } from '../../support/core/leaves.ts'
import { independentCanonical } from '../../support/core/naive/independent-canonical.ts'
import { model } from '../../support/rows.ts'

// A key is always a leaf or always an object, as in a schema; some have names that every object inherits.
const leaf = fc.oneof(
  fc.integer({ min: 0, max: 2 }),
  fc.boolean(),
  fc.constantFrom('', 'a', 'a.b'),
  fc.array(fc.oneof(fc.integer({ min: 0, max: 1 }), fc.record({ a: fc.integer({ min: 0, max: 1 }) })), {
    maxLength: 2,
  }),
)
const leaves = { a: leaf, B: leaf, 'a-b': leaf, toString: leaf, length: leaf }
const anyInner = fc.record(leaves, { requiredKeys: [] }).filter((value) => Object.keys(value).length > 0)
const anyMiddle = fc
  .record({ ...leaves, deep: anyInner }, { requiredKeys: [] })
  .filter((value) => Object.keys(value).length > 0)
const anyFacts: fc.Arbitrary<object> = fc.record(
  { ...leaves, ab: leaf, valueOf: anyInner, constructor: anyMiddle, c: anyMiddle },
  { requiredKeys: [] },
)

describe('changesBetween()', () => {
  it('lists each leaf that differs, in the order of paths', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (before, after) => {
        expect(changesBetween(before, after)).toStrictEqual(independentChanges(before, after))
      }),
    )
  })

  it('lists nothing for the same facts, in any order of keys', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const other = Object.fromEntries(Object.entries(facts).reverse())
        expect(changesBetween(facts, structuredClone(other))).toEqual([])
      }),
    )
  })

  it('is symmetric when the two sides are swapped', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (before, after) => {
        expect(changesBetween(after, before)).toStrictEqual(changesBetween(before, after).map(reversed))
      }),
    )
  })

  it('leaves out the side that is missing', () => {
    const before = model({ iq: 4, releaseDate: '2026-01-01' })
    const after = model({ iq: 5, speed: 1 })
    expect(changesBetween(before, after)).toStrictEqual([
      { path: 'iq', before: 4, after: 5 },
      { path: 'releaseDate', before: '2026-01-01' },
      { path: 'speed', after: 1 },
    ])
  })

  it('lists the leaves of a whole object that is added or removed', () => {
    const before = model({ pricing: { input: 0, output: 5 } })
    const after = model({ metrics: { contextWindow: 8 } })
    expect(changesBetween(before, after)).toStrictEqual([
      { path: 'metrics.contextWindow', after: 8 },
      { path: 'pricing.input', before: 0 },
      { path: 'pricing.output', before: 5 },
    ])
  })

  it('treats an array as one leaf', () => {
    expect(changesBetween({ list: [1, 2], same: [{ a: 1, b: 2 }] }, { list: [1], same: [{ b: 2, a: 1 }] })).toEqual([
      { path: 'list', before: [1, 2], after: [1] },
    ])
    expect(changesBetween({}, { list: [{ a: 1 }] })).toStrictEqual([{ path: 'list', after: [{ a: 1 }] }])
  })

  it('treats an object with a name that a path cannot contain as one leaf', () => {
    const fast = { 'fast-1.5': { input: 1 }, slow: { input: 2 } }
    expect(changesBetween({ a: { modes: fast } }, { a: { modes: { slow: { input: 2 } } } })).toStrictEqual([
      { path: 'a.modes', before: fast, after: { slow: { input: 2 } } },
    ])
    expect(changesBetween({ modes: fast }, { modes: structuredClone(fast) })).toEqual([])
    expect(changesBetween({}, { headers: { '': 'x' } })).toStrictEqual([{ path: 'headers', after: { '': 'x' } }])
  })

  it('treats false, 0 and the empty text as facts', () => {
    expect(changesBetween({ a: false, b: 0, c: '' }, {})).toStrictEqual([
      { path: 'a', before: false },
      { path: 'b', before: 0 },
      { path: 'c', before: '' },
    ])
  })

  it('sorts by UTF-16 code units', () => {
    const paths = changesBetween({}, { b: 1, B: 1, a: { b: 1 }, 'a-b': 1, é: 1, '\u{10000}': 1, '\uffee': 1 })
    expect(paths.map(({ path }) => path)).toEqual(['B', 'a-b', 'a.b', 'b', 'é', '\u{10000}', '\uffee'])
  })
})

describe('applyChanges()', () => {
  it('turns the first value into exactly the second', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (before, after) => {
        // Compared as text, which distinguishes absent keys from undefined ones.
        const result = applyChanges(before, changesBetween(before, after))
        expect(independentCanonical(result)).toBe(independentCanonical(after))
      }),
    )
  })

  it('does the same if an object replaces a leaf', () => {
    const pairs: [object, object][] = [
      [{ a: { b: 1 } }, { a: 1 }],
      [{ a: 1 }, { a: { b: { c: 1 } } }],
      [{ a: [1] }, { a: { b: 1 } }],
      [{ a: { b: 1 } }, { a: [1] }],
      [{ a: { b: { 'c.d': 1 } } }, { a: { b: { c: { d: 1 } } } }],
      [{ a: { 'b.c': 1, d: 1 } }, { a: { 'b.c': 2 } }],
      [{ a: { 'b.c': 1 } }, {}],
    ]
    for (const [before, after] of pairs)
      expect(applyChanges(before, changesBetween(before, after))).toStrictEqual(after)
  })

  it('does not modify its input, and shares no objects with it', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (before, after) => {
        const text = JSON.stringify(before)
        applyChanges(before, changesBetween(before, after))
        expect(JSON.stringify(before)).toBe(text)
      }),
    )
    const before = { a: { b: 1 } }
    expect(applyChanges(before, []).a).not.toBe(before.a)
  })

  it('leaves out an object that has no facts left, at every depth', () => {
    expect(applyChanges({ a: { b: { c: 1 } }, d: 1 }, [{ path: 'a.b.c', before: 1 }])).toStrictEqual({ d: 1 })
  })

  it('removes a member of an object whose other members have no path', () => {
    expect(applyChanges({ a: { 'b.c': 1, d: 1 } }, [{ path: 'a.d' }])).toStrictEqual({ a: { 'b.c': 1 } })
  })

  it('removes what does not exist without creating anything', () => {
    expect(applyChanges({ a: 1 }, [{ path: 'b.c', before: 1 }])).toStrictEqual({ a: 1 })
    expect(applyChanges({ a: 1 }, [{ path: 'a.b', before: 1 }])).toStrictEqual({ a: 1 })
  })
})

// Changes may come over the network, to be applied by a client.
describe('a path with a name that objects inherit', () => {
  it.each(['__proto__.polluted', 'constructor.prototype.polluted', 'toString.polluted', 'a.__proto__.polluted'])(
    'changes nothing outside the value: %s',
    (path) => {
      const before = { a: { b: 1 } }
      applyChanges(before, [{ path, after: true }])
      applyChanges(before, [{ path, before: true }])
      for (const innocent of [{}, before, before.a, Object, Object.prototype.toString])
        expect(Reflect.get(innocent, 'polluted')).toBeUndefined()
      expect(before).toStrictEqual({ a: { b: 1 } })
    },
  )

  it.each([
    ['__proto__.polluted', true],
    ['__proto__', ['polluted']],
  ])('does not change the prototype of the result: %s', (path, after) => {
    const result = applyChanges({ a: 1 }, [{ path, after }])
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype)
  })

  it('is a leaf like any other if a value has it', () => {
    const facts = { constructor: { b: 2 }, hasOwnProperty: 1, toString: { valueOf: 3 } }
    const result = applyChanges({}, changesBetween({}, facts))
    expect(independentCanonical(result)).toBe(independentCanonical(facts))
    expect(Object.keys(applyChanges(facts, changesBetween(facts, {})))).toEqual([])
  })
})
