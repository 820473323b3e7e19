import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Model } from '../../../../src/core/schema/model.ts'
import { slugOf, undatedId, whichModel } from '../../../../src/core/search/by-id/which-model.ts'
import { EFFORTS } from '../../../../src/core/vocabulary.ts'
import { row, variant } from '../../../support/core/listed-models.ts'
import { inTwoOrders } from '../../../support/core/two-orders.ts'
import { model } from '../../../support/rows.ts'

/** The result as values: one if found, several if ambiguous, or none. */
function meaningOf(models: readonly Model[], id: string): string | string[] | undefined {
  const which = whichModel(models, id)
  switch (which.outcome) {
    case 'found':
      return which.model.value
    case 'ambiguous':
      return which.candidates.map(({ value }) => value)
    case 'none':
      return undefined
  }
}

describe('whichModel()', () => {
  it('matches the value before anything else', () => {
    const models = [row('one-20250101'), row('one'), row('One'), row('two', { sdk: { model: 'one' } })]
    for (const { value } of models) expect(meaningOf(models, value)).toBe(value)
  })

  it('matches the slug of Artificial Analysis, which has the effort only in its name', () => {
    const models = [variant('big-high', { effort: 'high' }), variant('small-non-reasoning', { effort: 'none' })]
    expect(meaningOf(models, 'big')).toBe('big-high')
    expect(meaningOf(models, 'small')).toBe('small-non-reasoning')
    expect(meaningOf(models, 'BIG')).toBeUndefined()
  })

  it('returns the best of the variants that the slug may mean', () => {
    const rated = (value: string, effort: Model['effort'], intelligenceIndex: number) =>
      variant(value, { effort, metrics: { intelligenceIndex } })
    const models = [rated('big-low', 'low', 40), rated('big-high', 'high', 60), rated('big-xhigh', 'xhigh', 59)]
    expect(meaningOf(models, 'big')).toBe('big-high')
  })

  it('prefers a slug to a spelling', () => {
    expect(meaningOf([row('gpt-5.1'), variant('gpt-5-1-high', { effort: 'high' })], 'gpt-5-1')).toBe('gpt-5-1-high')
  })

  it.each([
    ['GPT-5.1', 'gpt-5.1'],
    ['gpt-5_1', 'gpt-5.1'],
    ['gpt-5.1-latest', 'gpt-5.1'],
    ['gpt-5.1-2025-11-13', 'gpt-5.1'],
    ['gpt-5.1@20251113', 'gpt-5.1'],
    ['claude-haiku-4-5', 'claude-haiku-4-5-20251001'],
    ['claude-haiku-4.5', 'claude-haiku-4-5-20251001'],
    ['claude-haiku-4-5-latest', 'claude-haiku-4-5-20251001'],
    ['claude-haiku-4-5@20251001', 'claude-haiku-4-5-20251001'],
    ['claude-haiku-4-5-2025-10-01', 'claude-haiku-4-5-20251001'],
    ['claude-haiku-4-5-20240101', 'claude-haiku-4-5-20251001'],
    ['mistral-small', 'mistral-small-latest'],
    ['gpt-5.1-mini', undefined],
    ['gpt-51', undefined],
    ['mistral-small-2506', undefined],
  ])('resolves "%s" to %s, without full dates and "-latest" on both sides', (id, value) => {
    const models = [row('gpt-5.1'), row('claude-haiku-4-5-20251001'), row('mistral-small-latest')]
    expect(meaningOf(models, id)).toBe(value)
  })

  it('prefers an undated value to dated ones, and one without "-latest" to one with it', () => {
    const models = [row('one-latest'), row('one-20250101'), row('one-20250202'), row('one')]
    expect(meaningOf(models, 'ONE')).toBe('one')
    expect(meaningOf(models.slice(0, 3), 'one')).toBe('one-latest')
  })

  it('prefers a row of models.dev to a variant', () => {
    expect(meaningOf([variant('one-2'), row('one.2')], 'ONE-2')).toBe('one.2')
    expect(meaningOf([variant('one-2')], 'ONE-2')).toBe('one-2')
  })

  it('reports several dated values as ambiguous, unless one of them has the date in the id', () => {
    const models = [row('one-20250101'), row('one-2025-02-02'), row('other')]
    expect(meaningOf(models, 'one')).toEqual(['one-20250101', 'one-2025-02-02'])
    expect(meaningOf(models, 'one-20250303')).toEqual(['one-20250101', 'one-2025-02-02'])
    expect(meaningOf(models, 'one@20250202')).toBe('one-2025-02-02')
  })

  it('matches the row that has the date in the id, not the undated one', () => {
    expect(meaningOf([row('one'), row('one-20250101')], 'One-2025-01-01')).toBe('one-20250101')
  })

  it('matches exactly the id that an API takes, of a model that is not a variant', () => {
    const lent = variant('big-high', { effort: 'high', sdk: { model: 'deployment-7' } })
    const models = [lent, row('big', { sdk: { model: 'deployment-7' } })]
    expect(meaningOf(models, 'deployment-7')).toBe('big')
    expect(meaningOf(models, 'Deployment-7')).toBeUndefined()
    expect(meaningOf([lent], 'deployment-7')).toBeUndefined()
    expect(meaningOf([...models, row('small', { sdk: { model: 'deployment-7' } })], 'deployment-7')).toEqual([
      'big',
      'small',
    ])
  })

  it('finds nothing by similarity, by a part of an id, or among no models', () => {
    for (const id of ['', 'on', 'one-', 'org', 'two', 'one:free', '20250101'])
      expect(meaningOf([row('one'), row('org/two'), row('one-20250101')], id)).toBeUndefined()
    expect(meaningOf([], 'one')).toBeUndefined()
  })
})

describe('laws', () => {
  const anyId = fc
    .tuple(
      fc.constantFrom('a', 'A', 'a.1', 'a-1', 'a_1', 'b/a', 'b'),
      fc.constantFrom('', '', '-20250101', '-2025-01-01', '@20250202', '-latest', '-20250101-latest'),
      fc.constantFrom('', '', '-high', '-non-reasoning', ':free'),
    )
    .map((parts) => parts.join(''))
  const anyListed = fc
    .record({
      value: anyId,
      id: fc.constantFrom('models.dev:acme/x', 'uuid'),
      effort: fc.constantFrom(undefined, undefined, ...EFFORTS),
      sdk: fc.option(
        anyId.map((id) => ({ model: id })),
        { nil: undefined },
      ),
      metrics: fc.constantFrom(undefined, { intelligenceIndex: 1 }, { intelligenceIndex: 2 }),
    })
    .map((facts) => model(facts))
  const anyModels = fc.uniqueArray(anyListed, { selector: ({ value }) => value, maxLength: 8 })

  it('a value means its own model, among any others', () => {
    fc.assert(
      fc.property(anyModels, (models) => {
        for (const one of models) expect(whichModel(models, one.value)).toEqual({ outcome: 'found', model: one })
      }),
    )
  })

  it('the order of models never matters', () => {
    fc.assert(
      fc.property(inTwoOrders(anyModels), anyId, ([models, others], id) => {
        const sorted = (meaning: string | string[] | undefined) => (Array.isArray(meaning) ? meaning.sort() : meaning)
        expect(sorted(meaningOf(models, id))).toEqual(sorted(meaningOf(others, id)))
      }),
    )
  })

  it('an id is a spelling of every model that it means', () => {
    fc.assert(
      fc.property(anyModels, anyId, (models, id) => {
        const which = whichModel(models, id)
        const meant = which.outcome === 'found' ? [which.model] : which.outcome === 'ambiguous' ? which.candidates : []
        if (which.outcome === 'ambiguous') expect(meant.length).toBeGreaterThan(1)
        for (const one of meant)
          expect([undatedId(one.value) === undatedId(id), slugOf(one) === id, one.sdk?.model === id]).toContain(true)
      }),
    )
  })

  it('case, dots, underscores and "-latest" change nothing in an id that means nothing else', () => {
    fc.assert(
      fc.property(anyModels, anyId, (models, id) => {
        const isPlain = !models.some((one) => one.value === id || slugOf(one) === id || one.sdk?.model === id)
        fc.pre(isPlain && !models.some(({ value }) => value === id.toUpperCase()))
        expect(meaningOf(models, `${id.toUpperCase()}`)).toEqual(meaningOf(models, id))
      }),
    )
  })
})
