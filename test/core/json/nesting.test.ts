import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNestedDeeper, isTextNestedDeeper } from '../../../src/core/json/nesting.ts'

describe('isNestedDeeper()', () => {
  it.each([
    ['1', 0, false],
    ['[]', 0, true],
    ['[]', 1, false],
    ['{"a":[1]}', 1, true],
    ['{"a":[1]}', 2, false],
    ['[[],[[]]]', 2, true],
  ])('of %s and %d levels is %s', (text, levels, expected) => {
    expect(isNestedDeeper(JSON.parse(text), levels)).toBe(expected)
    expect(isTextNestedDeeper(text, levels)).toBe(expected)
  })
})

describe('isTextNestedDeeper()', () => {
  it('equals that of the value, whatever its strings and white space contain', () => {
    const string = fc.oneof(fc.string(), fc.constantFrom('[[[', '{"', '\\"[', '\\\\', ']}'))
    fc.assert(
      fc.property(
        fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }),
        string,
        fc.nat(6),
        fc.nat(2),
        (json, text, levels, indent) => {
          const value = [text, json, { [text]: json }]
          expect(isTextNestedDeeper(JSON.stringify(value, undefined, indent), levels)).toBe(
            isNestedDeeper(value, levels),
          )
        },
      ),
    )
  })

  it('of a million levels, or of an unterminated string, does not overflow the stack', () => {
    expect(isTextNestedDeeper('['.repeat(1_000_000), 1_000_000)).toBe(false)
    expect(isTextNestedDeeper('['.repeat(1_000_000), 32)).toBe(true)
    expect(isTextNestedDeeper(`"${'['.repeat(100)}`, 32)).toBe(false)
    expect(isTextNestedDeeper('"\\', 32)).toBe(false)
  })
})
