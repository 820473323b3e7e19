import { describe, expect, it } from 'vitest'
import { affectedProviders, inheritedModels, neededProviders } from '../../../src/core/overrides/affected-providers.ts'
import type { ModelOverride } from '../../../src/core/overrides/override.ts'

const inherits = (provider: string, value: string, [from, base]: [string, string]): ModelOverride => ({
  ...{ provider, value },
  inheritFrom: { provider: from, value: base },
})
const OVERRIDES = [
  inherits('azure', 'one', ['openai', 'one']),
  inherits('edge', 'one', ['azure', 'one']),
  inherits('edge', 'two', ['openai', 'two']),
  { provider: 'alone', value: 'one', set: { iq: 1 } },
  { provider: 'edge', hidden: true },
]

describe('affectedProviders()', () => {
  it.each([
    [[{ provider: 'alone', value: 'one' }], ['alone']],
    [[{ provider: 'azure', value: 'other' }], ['azure']],
    [[{ provider: 'azure', value: 'one' }], ['azure', 'edge']],
    [[{ provider: 'openai', value: 'one' }], ['azure', 'edge', 'openai']],
    [[{ provider: 'openai', value: 'two' }], ['edge', 'openai']],
    [[{ provider: 'azure' }], ['azure', 'edge']],
    [
      [{ provider: 'edge' }, { provider: 'alone' }],
      ['alone', 'edge'],
    ],
    [[], []],
  ])('of %j are %j', (changes, affected) => {
    expect([...affectedProviders(changes, OVERRIDES)].sort()).toEqual(affected)
  })

  it('terminates if models inherit in a cycle', () => {
    const circle = [inherits('a', 'x', ['b', 'x']), inherits('b', 'x', ['a', 'x'])]
    expect([...affectedProviders([{ provider: 'a', value: 'x' }], circle)].sort()).toEqual(['a', 'b'])
    expect([...neededProviders(['a'], circle)].sort()).toEqual(['a', 'b'])
    expect(inheritedModels({ provider: 'a', value: 'x' }, circle)).toEqual([
      { provider: 'a', value: 'x' },
      { provider: 'b', value: 'x' },
    ])
  })
})

describe('neededProviders()', () => {
  it.each([
    [['alone'], ['alone']],
    [['openai'], ['openai']],
    [['azure'], ['azure', 'openai']],
    [['edge'], ['azure', 'edge', 'openai']],
  ])('for %j are %j', (providers, needed) => {
    expect([...neededProviders(providers, OVERRIDES)].sort()).toEqual(needed)
  })
})

describe('inheritedModels()', () => {
  it.each([
    ['edge', 'one', ['edge/one', 'azure/one', 'openai/one']],
    ['edge', 'two', ['edge/two', 'openai/two']],
    ['alone', 'one', ['alone/one']],
    ['none', 'one', ['none/one']],
  ])('of %s/%s are itself and %j', (provider, value, inherited) => {
    const models = inheritedModels({ provider, value }, OVERRIDES)
    expect(models.map((model) => `${model.provider}/${model.value}`)).toEqual(inherited)
  })
})
