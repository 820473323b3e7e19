import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { whichOfLabs } from '../../../src/core/search/by-id/find-model.ts'
import { whichModel } from '../../../src/core/search/by-id/which-model.ts'
import { findPricedModelIn, ModelsById } from '../../../src/core/search/priced-model.ts'
import { model } from '../../support/rows.ts'

const VALUES = [
  'gpt-5',
  'gpt-5-high',
  'GPT_5',
  'gpt-5-20250807',
  'gpt-5-2025-08-07',
  'gpt-5-latest',
  'glm.5',
  'glm-5',
] as const
const anyModel = fc
  .record({
    value: fc.constantFrom(...VALUES),
    effort: fc.constantFrom(undefined, 'high' as const),
    sdk: fc.constantFrom(undefined, { model: 'gpt-5' }, { model: 'other' }),
    firstParty: fc.constantFrom(undefined, true as const),
    lab: fc.constantFrom('openai', 'zhipuai'),
    provider: fc.constantFrom('openai', 'zai'),
  })
  .map(({ effort, sdk, firstParty, ...facts }) =>
    model({ ...facts, ...(effort && { effort }), ...(sdk && { sdk }), ...(firstParty && { firstParty }) }),
  )
const anyModels = fc.uniqueArray(anyModel, { selector: ({ provider, value }) => `${provider}/${value}`, maxLength: 8 })
const anyId = fc.constantFrom(...VALUES, 'gpt-5-2026-01-01', 'other', 'nothing')
const NONE = new ModelsById([])

describe('findPricedModelIn()', () => {
  it('finds existing models like every other route', () => {
    fc.assert(
      fc.property(anyModels, anyId, (models, id) => {
        const own = models.filter(({ provider }) => provider === 'openai')
        const ofProvider = { present: new ModelsById(own), gone: () => NONE }
        expect(findPricedModelIn({ provider: 'openai', model: id }, ofProvider)).toEqual(whichModel(own, id))
        const labs = models.filter(({ firstParty }) => firstParty)
        const ofLabs = { present: new ModelsById(labs), gone: () => NONE }
        expect(findPricedModelIn({ model: id }, ofLabs)).toEqual(whichOfLabs(labs, id))
      }),
    )
  })

  it('prefers a removed model with exactly that value to another match, and any match to none', () => {
    const there = model({ value: 'gpt-5-2025-08-07' })
    const gone = model({ value: 'gpt-5-2024-01-01' })
    const models = { present: new ModelsById([there]), gone: () => new ModelsById([gone]) }
    const find = (id: string) => findPricedModelIn({ provider: 'acme', model: id }, models)
    expect(find('gpt-5-2024-01-01')).toEqual({ outcome: 'found', model: gone, isGone: true })
    expect(find('gpt-5')).toEqual({ outcome: 'found', model: there })
    expect(findPricedModelIn({ provider: 'acme', model: 'GPT-5' }, { ...models, present: NONE })).toEqual({
      outcome: 'found',
      model: gone,
      isGone: true,
    })
  })
})
