import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offersOf } from '../../../src/core/search/offers.ts'
import { model } from '../../support/rows.ts'

const offer = (provider: string, value: string, blended?: number, family = 'acme/big') =>
  model({ provider, value, family, ...(blended !== undefined && { pricing: { blended } }) })

describe('offersOf()', () => {
  it('returns the family at every provider, cheapest first, unknown prices last', () => {
    const models = [
      offer('b', 'big', 2),
      offer('a', 'unknown'),
      offer('a', 'other', 1, 'acme/other'),
      offer('b', 'big-20250101', 2),
      offer('a', 'big', 2),
      offer('c', 'free', 0),
    ]
    const { family, offers } = offersOf(models, 'acme/big')
    expect(family).toBe('acme/big')
    expect(offers.map(({ provider, value }) => `${provider}/${value}`)).toEqual([
      ...['c/free', 'a/big', 'b/big', 'b/big-20250101', 'a/unknown'],
    ])
  })

  it('loses no offer, and does not modify its input', () => {
    const anyOffer = fc.record({ blended: fc.option(fc.nat(3), { nil: undefined }), family: fc.constantFrom('f', 'g') })
    fc.assert(
      fc.property(fc.array(anyOffer), (some) => {
        const models = some.map(({ blended, family }, at) => offer('a', `m${at}`, blended, family))
        const before = structuredClone(models)
        const { offers } = offersOf(models, 'f')
        expect(new Set(offers)).toEqual(new Set(models.filter(({ family }) => family === 'f')))
        expect(models).toEqual(before)
      }),
    )
  })
})
