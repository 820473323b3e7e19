import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findRepeatedKey } from '../../../src/core/json/repeated-key.ts'

describe('findRepeatedKey()', () => {
  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":{"b":1,"c":[{"d":1,"d":2}]}}', 'd'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['[{"a":1},{"a":1,"b":{"a":1},"a":{}}]', 'a'],
    ['{"":1 , "" : 2}', ''],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ])('finds the repeated key in %s', (json, key) => {
    expect(findRepeatedKey(json)).toBe(key)
  })

  it.each(['{"a":{"a":1},"b":{"a":1}}', '[{"a":1},{"a":1}]', '{"a":"\\"a\\":1,","b":"{"}', '["a","a"]', '"a"', '1'])(
    'finds none in %s',
    (json) => {
      expect(findRepeatedKey(json)).toBeUndefined()
    },
  )

  it('finds none in what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1), (value, indent) => {
        expect(findRepeatedKey(JSON.stringify(value, null, indent))).toBeUndefined()
      }),
    )
  })
})
