import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costOf, type Effort, type Model, resolveReasoning } from '../../src/client/index.ts'
import { collapseFamilies } from '../../src/core/search/collapse.ts'
import { EFFORTS } from '../../src/core/vocabulary.ts'
import { model } from '../support/rows.ts'

const sdk = { model: 'acme-big' }
const variant = (value: string, effort: Effort | undefined, facts: Partial<Model> = {}): Model =>
  model({ value, family: 'big', sdk, ...(effort && { effort }), ...facts })
const index = (intelligenceIndex: number) => ({ metrics: { intelligenceIndex } })

const MODELS = [
  variant('big', 'xhigh', { iq: 5, pricing: { input: 2, output: 8 }, ...index(66) }),
  variant('big-low', 'low', { iq: 2, pricing: { input: 1, output: 4 }, ...index(40) }),
  variant('big-off', 'none', { iq: 1, ...index(30) }),
  model({ value: 'big', provider: 'globex', family: 'big', effort: 'medium' }),
  model({ value: 'small', iq: 1, sdk: { model: 'acme-small' } }),
]

/** Collapses models as a search does. */
function collapsed(models: Model[], value = 'big') {
  const found = collapseFamilies(models).find((one) => one.value === value)
  if (!found) throw new Error(`There is no "${value}"`)
  return found
}

/** The variant that is chosen, by its value. */
const chosen = (models: Model[], wish: Effort): string | undefined =>
  resolveReasoning(collapsed(models, models[0]?.value), wish)?.variant.value

describe('resolveReasoning()', () => {
  it('returns what to send, and which scores and prices apply', () => {
    const resolved = resolveReasoning(collapsed(MODELS), 'low')
    expect(resolved).toStrictEqual({
      model: 'acme-big',
      effort: 'low',
      exact: true,
      variant: { value: 'big-low', effort: 'low', iq: 2, pricing: { input: 1, output: 4 } },
    })
    const usage = { prompt_tokens: 1_000_000, completion_tokens: 0 }
    expect(resolved && costOf(resolved.variant, usage)).toMatchObject({ ok: true, value: { usd: 1 } })
  })

  it('finds the family of any variant among the given models', () => {
    for (const one of MODELS.slice(0, 3))
      expect(resolveReasoning(one, 'xhigh', MODELS)).toMatchObject({ exact: true, variant: { value: 'big', iq: 5 } })
    expect(resolveReasoning(collapsed(MODELS), 'medium', MODELS)).toMatchObject({ variant: { value: 'big-low' } })
  })

  it.each<[wish: Effort, variant: string]>([
    ['max', 'big'],
    ['xhigh', 'big'],
    ['high', 'big-low'],
    ['medium', 'big-low'],
    ['low', 'big-low'],
    ['minimal', 'big-low'],
    ['none', 'big-off'],
  ])('resolves %s to the nearest effort below, else above, and to none only on request: %s', (wish, value) => {
    expect(chosen(MODELS, wish)).toBe(value)
    expect(resolveReasoning(collapsed(MODELS), wish)?.exact).toBe(['xhigh', 'low', 'none'].includes(wish))
  })

  it('chooses a variant of unknown effort last, and then returns no effort to send', () => {
    const thinks = [variant('thinks', undefined, index(50)), variant('plain', 'none', index(20))]
    expect(resolveReasoning(collapsed(thinks, 'thinks'), 'high')).toStrictEqual({
      model: 'acme-big',
      effort: undefined,
      exact: false,
      variant: { value: 'thinks' },
    })
    expect(chosen(thinks, 'none')).toBe('plain')
    expect(chosen([variant('a', undefined, index(1)), variant('b', 'high')], 'low')).toBe('b')
  })

  it('resolves a request for none to the least effort available', () => {
    expect(chosen([variant('a', 'high', index(2)), variant('b', 'minimal', index(1))], 'none')).toBe('b')
    expect(chosen([variant('only', undefined)], 'none')).toBe('only')
  })

  it('resolves no effort for models that do not reason', () => {
    expect(resolveReasoning(collapsed([variant('off', 'none')], 'off'), 'low')).toBeUndefined()
    expect(resolveReasoning(variant('big', 'low'), 'low', [])).toBeUndefined()
  })

  it('chooses the best of several variants with the same effort', () => {
    const twice = [variant('a', 'none', index(35)), variant('b', 'none', index(37)), variant('c', 'max', index(48))]
    expect(resolveReasoning(collapsed(twice, 'c'), 'none')?.variant.value).toBe('b')
    expect(resolveReasoning(variant('a', 'none'), 'none', twice)?.variant.value).toBe('b')
  })

  it('returns the own id of a variant if the models state it', () => {
    const own = [
      variant('fast', 'high', { sdk: { model: 'fast-reasoning' }, ...index(40) }),
      variant('fast-off', 'none', { sdk: { model: 'fast-non-reasoning' } }),
    ]
    expect(resolveReasoning(collapsed(own, 'fast'), 'none', own)?.model).toBe('fast-non-reasoning')
    // The collapsed model does not state the variant's id, and its own id is wrong.
    expect(resolveReasoning(collapsed(own, 'fast'), 'none')).toMatchObject({ model: undefined, exact: true })
    expect(resolveReasoning(collapsed(own, 'fast'), 'max')).toMatchObject({ model: 'fast-reasoning', exact: false })
  })

  it('treats a plain model as its only variant', () => {
    const small: object = model({ value: 'small', sdk: { model: 'acme-small' } })
    const resolved = Reflect.apply(resolveReasoning, undefined, [small, 'high'])
    expect(resolved).toMatchObject({ model: 'acme-small', effort: undefined, variant: { value: 'small' } })
  })

  it('refuses values that are not efforts', () => {
    const ultra = 'ultra' as string as Effort
    expect(() => resolveReasoning(collapsed(MODELS), ultra)).toThrow(RangeError)
    expect(() => resolveReasoning(collapsed(MODELS), ultra)).toThrow('"ultra" is not one of none, minimal, low')
  })
})

describe('laws', () => {
  const anyFamily = fc
    .array(fc.record({ effort: fc.constantFrom(undefined, ...EFFORTS), at: fc.constantFrom(undefined, 0, 1, 2) }), {
      minLength: 1,
      maxLength: 6,
    })
    .map((family) =>
      family.map(({ effort, at }, place) => variant(`v${place}`, effort, at === undefined ? {} : index(at))),
    )
  const anyWish = fc.constantFrom(...EFFORTS)

  it('the models of a family give the same result as the collapsed model', () => {
    fc.assert(
      fc.property(anyFamily, anyWish, (family, wish) => {
        const [best] = collapseFamilies(family)
        if (!best) throw new Error('There is no family')
        const { model: id, ...rest } = resolveReasoning(best, wish, family) ?? {}
        const { model: idOfCollapsed, ...restOfCollapsed } = resolveReasoning(best, wish) ?? {}
        expect(restOfCollapsed).toEqual(rest)
        expect([undefined, id]).toContain(idOfCollapsed)
      }),
    )
  })

  it('no variant is nearer than the chosen one', () => {
    fc.assert(
      fc.property(anyFamily, anyWish, (family, wish) => {
        const level = EFFORTS.indexOf(wish)
        const usable = family.filter(({ effort }) => wish === 'none' || effort !== 'none')
        // Lower efforts come before higher ones, and unknown efforts last.
        const distance = ({ effort }: Pick<Model, 'effort'>): number => {
          if (effort === undefined) return 100
          const above = EFFORTS.indexOf(effort) - level
          return above > 0 ? 10 + above : -above
        }
        const [first] = family
        const resolved = first && resolveReasoning(first, wish, family)
        expect(resolved && distance(resolved.variant)).toBe(
          usable.length === 0 ? undefined : Math.min(...usable.map(distance)),
        )
      }),
    )
  })
})
