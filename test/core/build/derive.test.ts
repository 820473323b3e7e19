import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aliasOf, blendOf } from '../../../src/core/build/derive.ts'

describe('aliasOf()', () => {
  it.each([
    ['Acme One', 'Acme One'],
    ['Acme One (high)', 'Acme One'],
    ['Acme One (Reasoning) (high)', 'Acme One'],
    ["Acme One (May '24)", 'Acme One'],
    ['Acme One(high)', 'Acme One'],
    ['Acme (Beta) One', 'Acme (Beta) One'],
    ['Acme (Beta) One (high)', 'Acme (Beta) One'],
    ['Acme One (high) ', 'Acme One'],
    ['Acme One ()', 'Acme One'],
    ['Acme One high)', 'Acme One high)'],
    ['Acme One (high', 'Acme One (high'],
    ['Acme One (Vertex AI (Anthropic))', 'Acme One'],
    ['Acme One (Beta (a) (b)) (high)', 'Acme One'],
    ['Acme One (high))', 'Acme One (high))'],
    ['Acme One ((high)', 'Acme One ('],
    ['((Preview))', '((Preview))'],
    ['(Preview)', '(Preview)'],
    ['Größe 株 (高)', 'Größe 株'],
  ])('derives from %j the alias %j', (name, alias) => {
    expect(aliasOf(name)).toBe(alias)
  })

  it('is not empty, is trimmed, is a prefix of the name, and is its own alias', () => {
    const words = fc
      .array(fc.constantFrom('(', ')', 'a', ' ', '(b)', '-'), { minLength: 1 })
      .map((parts) => parts.join(''))
    const names = words.filter((name) => name.trim() !== '')
    fc.assert(
      fc.property(names, (name) => {
        const alias = aliasOf(name)
        expect(alias).not.toBe('')
        expect(name.trim().startsWith(alias)).toBe(true)
        expect(alias.trim()).toBe(alias)
        expect(aliasOf(alias)).toBe(alias)
      }),
    )
  })
})

describe('blendOf()', () => {
  it.each([
    [{ input: 1, output: 5 }, 2],
    [{ input: 0, output: 0 }, 0],
    [{ input: 0.15, output: 0.6 }, 0.2625],
    [{ input: 0.1, output: 0.2 }, 0.125],
    [{ input: 0.000001, output: 0 }, 0.000001],
    [{ input: 0.0000001, output: 0 }, 0],
    [{ input: 1 }, undefined],
    [{ output: 5 }, undefined],
    [{}, undefined],
  ])('blends %j to %j', (pricing, blended) => {
    expect(blendOf(pricing)).toBe(blended)
  })

  it('is exactly (3 * input + output) / 4, rounded to 6 decimals', () => {
    const micros = fc.integer({ min: 0, max: 1_000_000_000 })
    fc.assert(
      fc.property(micros, micros, (input, output) => {
        const quarters = 3 * input + output
        fc.pre(quarters % 4 !== 2)
        const exact = Math.round(quarters / 4) / 1e6
        expect(blendOf({ input: input / 1e6, output: output / 1e6 })).toBe(exact)
      }),
    )
  })

  it('lies between the two prices, apart from rounding', () => {
    const price = fc.double({ min: 0, max: 1e9, noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(price, price, (input, output) => {
        const blended = blendOf({ input, output }) ?? Number.NaN
        expect(blended).toBeGreaterThanOrEqual(Math.min(input, output) * (1 - 1e-12) - 1e-6)
        expect(blended).toBeLessThanOrEqual(Math.max(input, output) * (1 + 1e-12) + 1e-6)
        expect(blended).toBeLessThan(Number.POSITIVE_INFINITY)
      }),
    )
  })
})
