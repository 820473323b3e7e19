import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withQuery } from '../../../../src/views/pages/format/paths.ts'

const anyText = fc.oneof(fc.constantFrom('', 'gpt-4o', 'a.b_c*', 'x y', 'ü', '~', '%20', 'a=b&c', 'a\n'), fc.string())

describe('withQuery()', () => {
  it('encodes a query as forms do', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyText, anyText), { minLength: 1, maxLength: 3 }), (query) => {
        expect(withQuery('/', query)).toBe(`/?${new URLSearchParams(query)}`)
      }),
    )
  })

  it('leaves out what has no value', () => {
    expect(withQuery('/models', [['sort', undefined]])).toBe('/models')
    const query = [
      ['q', undefined],
      ['sort', '-iq'],
    ] as const
    expect(withQuery('/', query)).toBe('/?sort=-iq')
  })
})
