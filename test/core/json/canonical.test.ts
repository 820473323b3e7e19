import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalize, compareText } from '../../../src/core/json/canonical.ts'
import { independentCanonical } from '../../support/core/naive/independent-canonical.ts'

describe('canonicalize()', () => {
  it('writes the example of RFC 8785, section 3.2.2', () => {
    const value: unknown = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`)
    expect(canonicalize(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  it('sorts keys as the example of RFC 8785, section 3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect(Object.values(JSON.parse(canonicalize(value)))).toHaveLength(7)
    expect([...canonicalize(value).matchAll(/:"([^"]+)"/g)].map(([, name]) => name)).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  // RFC 8785, appendix B.
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the double %s as %s', (bits, text) => {
    expect(canonicalize(new Float64Array(BigUint64Array.of(BigInt(`0x${bits}`)).buffer)[0])).toBe(text)
  })

  it.each([
    [-0, '0'],
    [0.1, '0.1'],
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [1e20, '100000000000000000000'],
  ])('writes the number %s as %s', (number, text) => {
    expect(canonicalize(number)).toBe(text)
  })

  it.each([
    ['\b\t\n\f\r', String.raw`"\b\t\n\f\r"`],
    ['\u0000\u001f', String.raw`"\u0000\u001f"`],
    ['"\\/', String.raw`"\"\\/"`],
    ['\u007f\u2028\u00e9\ud83d\ude00', '"\u007f\u2028\u00e9\ud83d\ude00"'],
  ])('escapes in %j only what JSON requires', (text, written) => {
    expect(canonicalize(text)).toBe(written)
  })

  it('sorts an astral key before one at the end of the basic plane', () => {
    expect(canonicalize({ '\uffee': 1, '\u{10000}': 2 })).toBe('{"\u{10000}":2,"\uffee":1}')
  })

  it('sorts keys that look like numbers as text', () => {
    expect(canonicalize({ 10: 1, 9: 2, 1: 3 })).toBe('{"1":3,"10":1,"9":2}')
  })

  it('keeps the order of lists, empty keys, lists and objects', () => {
    expect(canonicalize({ list: [3, 1, [], {}], '': null })).toBe('{"":null,"list":[3,1,[],{}]}')
  })

  it('leaves out a key that is undefined', () => {
    expect(canonicalize({ a: 1, b: undefined })).toBe('{"a":1}')
  })

  it('agrees with a second implementation on any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        expect(canonicalize(value)).toBe(independentCanonical(value))
      }),
    )
  })

  it('returns the same text for any order of keys, which parses to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalize(reverseKeys(value))).toBe(canonicalize(value))
        expect(canonicalize(JSON.parse(canonicalize(value)))).toBe(canonicalize(value))
      }),
    )
  })
})

describe('compareText()', () => {
  it.each([
    ['a', 'a', 0],
    ['a', 'b', -1],
    ['b', 'a', 1],
    ['', 'a', -1],
    ['a', 'a-', -1],
    ['Z', 'a', -1],
    ['glm-4.5', 'glm-4-5', 1],
    ['\u{1f600}', '\ufb33', -1],
    ['\u00e9', 'z', 1],
  ])('compares %j with %j by UTF-16 code units', (a, b, order) => {
    expect(compareText(a, b)).toBe(order)
  })

  it('orders like JavaScript without a locale', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        expect(texts.toSorted(compareText)).toEqual(texts.toSorted())
      }),
    )
  })
})

function reverseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reverseKeys(member)]),
  )
}
