import { describe, expect, it } from 'vitest'
import { findCycle } from '../../../src/core/overrides/apply-overrides.ts'
import type { ModelOverride } from '../../../src/core/overrides/override.ts'
import { modelIn, NOTHING, namesOf, overridden, providerIn, sourcesOf } from '../../support/core/overridden.ts'
import { model, provider } from '../../support/rows.ts'

/** `acme/<value>` with the facts of `acme/<base>`. */
const inherits = (value: string, base: string, put: Partial<ModelOverride> = {}): ModelOverride => ({
  ...{ provider: 'acme', value, inheritFrom: { provider: 'acme', value: base } },
  ...put,
})
const FACTS = {
  ...{ name: 'Base (high)', alias: 'Base', family: 'acme/base', effort: 'high' as const, type: 'chat' as const },
  ...{ iq: 3, pricing: { cacheRead: 1 }, status: 'preview' as const },
}
const SOURCES = sourcesOf(model({ value: 'base', ...FACTS }))

describe('inheritFrom', () => {
  it('starts from the facts of the base, with its own key and id', () => {
    const put = overridden(SOURCES, [{ ...inherits('made', 'base'), provider: 'acme' }])
    expect(modelIn(put, 'made')).toEqual({ ...FACTS, id: 'custom:acme:made', provider: 'acme', value: 'made' })
    expect(modelIn(put, 'base')).toEqual(SOURCES.models[0])
    expect(put.orphaned).toEqual([])
  })

  it('applies what is set over what is inherited', () => {
    const put = overridden(SOURCES, [inherits('made', 'base', { set: { name: 'Made', pricing: { cacheWrite: 2 } } })])
    expect(modelIn(put, 'made')).toMatchObject({
      ...{ name: 'Made', alias: 'Made' },
      pricing: { cacheRead: 1, cacheWrite: 2 },
    })
  })

  it('starts from the base after its own overrides', () => {
    const put = overridden(SOURCES, [
      inherits('made', 'base'),
      { provider: 'acme', value: 'base', set: { iq: 5, name: 'Other' }, unset: ['pricing'] },
    ])
    expect(modelIn(put, 'made')).toEqual({
      ...{ id: 'custom:acme:made', provider: 'acme', value: 'made', name: 'Other', alias: 'Other' },
      ...{ family: 'acme/base', effort: 'high', type: 'chat', iq: 5, status: 'preview' },
    })
  })

  it('starts from a hidden base without being hidden itself', () => {
    const put = overridden(SOURCES, [
      inherits('made', 'base'),
      { provider: 'acme', value: 'base', hidden: true, set: { iq: 1 } },
    ])
    expect(namesOf(put)).toEqual(['acme/made'])
    expect(modelIn(put, 'made')).toMatchObject({ iq: 1 })
  })

  it('starts from a base whose provider is hidden', () => {
    const put = overridden(SOURCES, [
      { provider: 'azure', set: { name: 'Azure' } },
      { ...inherits('made', 'base'), provider: 'azure' },
      { provider: 'acme', hidden: true },
    ])
    expect(namesOf(put)).toEqual(['azure/made'])
    expect(put.orphaned).toEqual([])
  })

  it('replaces what the source states of the target, but not its id', () => {
    const sources = sourcesOf(model({ value: 'base', ...FACTS }), model({ value: 'made', id: 'source-id', speed: 2 }))
    const made = modelIn(overridden(sources, [inherits('made', 'base')]), 'made')
    expect(made).toEqual({ ...FACTS, id: 'source-id', provider: 'acme', value: 'made' })
  })

  it('follows a chain of others, each with its own overrides, in any order', () => {
    const chain = [
      inherits('a', 'base', { set: { iq: 1, speed: 1 } }),
      inherits('b', 'a', { set: { speed: 2 }, hidden: true }),
      inherits('c', 'b', { unset: ['pricing'] }),
      inherits('d', 'c', { set: { releaseDate: '2026-01-01' } }),
    ]
    const made = { name: 'Base (high)', iq: 1, speed: 2, releaseDate: '2026-01-01', id: 'custom:acme:d' }
    for (const overrides of [chain, chain.toReversed()]) {
      const put = overridden(SOURCES, overrides)
      expect(modelIn(put, 'd')).toMatchObject(made)
      expect(modelIn(put, 'd')).not.toHaveProperty('pricing')
      expect(namesOf(put)).toEqual(['acme/a', 'acme/base', 'acme/c', 'acme/d'])
    }
  })

  it('accepts a long chain', () => {
    const links = Array.from({ length: 1000 }, (_, index) =>
      inherits(`m${index}`, index === 0 ? 'base' : `m${index - 1}`),
    )
    expect(modelIn(overridden(SOURCES, links.toReversed()), 'm999')).toMatchObject({ iq: 3 })
  })

  it('starts from a model that an override created', () => {
    const put = overridden(SOURCES, [
      inherits('made', 'first'),
      { provider: 'acme', value: 'first', set: { name: 'First' } },
    ])
    expect(modelIn(put, 'made')).toMatchObject({ name: 'First' })
    expect(put.orphaned).toEqual([])
  })
})

describe('a base that the sources lose', () => {
  const remembered = overridden(SOURCES, [inherits('made', 'base')]).remembered

  it('is remembered as the sources had it, before overrides', () => {
    const put = overridden(SOURCES, [inherits('made', 'base'), { provider: 'acme', value: 'base', set: { iq: 0 } }])
    expect(put.remembered).toEqual({ models: SOURCES.models, providers: SOURCES.providers })
  })

  it('keeps its last facts for the models that inherit from it, which are orphaned', () => {
    const put = overridden(NOTHING, [inherits('made', 'base')], { remembered })
    expect(put.catalogue).toEqual({
      models: [{ ...FACTS, id: 'custom:acme:made', provider: 'acme', value: 'made' }],
      providers: [provider({ name: 'acme' })],
    })
    expect(put.orphaned).toEqual([{ provider: 'acme', value: 'made' }])
    expect(put.remembered).toEqual(remembered)
  })

  it('applies its own overrides to its last facts', () => {
    const correction = { provider: 'acme', value: 'base', set: { iq: 0 } }
    const put = overridden(NOTHING, [inherits('made', 'base'), correction], { remembered })
    expect(namesOf(put)).toEqual(['acme/made'])
    expect(modelIn(put, 'made')).toMatchObject({ iq: 0, pricing: { cacheRead: 1 } })
  })

  it('orphans the whole chain', () => {
    const put = overridden(NOTHING, [inherits('made', 'base'), inherits('z', 'made'), inherits('c', 'z')], {
      remembered,
    })
    expect(put.orphaned.map(({ value }) => value)).toEqual(['c', 'made', 'z'])
  })

  it('is used again with its current facts when it returns', () => {
    const back = sourcesOf(model({ value: 'base', ...FACTS, iq: 5 }))
    const put = overridden(back, [inherits('made', 'base')], { remembered })
    expect(put.orphaned).toEqual([])
    expect(modelIn(put, 'made')).toMatchObject({ iq: 5 })
    expect(put.remembered.models).toEqual(back.models)
  })

  it('does not orphan hidden models', () => {
    expect(overridden(NOTHING, [inherits('made', 'base', { hidden: true })], { remembered }).orphaned).toEqual([])
  })

  it('leaves nothing if it is not remembered', () => {
    expect(overridden(SOURCES, [inherits('made', 'never')]).catalogue).toEqual(SOURCES)
  })
})

it('keeps a provider that the sources lose while an override creates models of it', () => {
  const put = { provider: 'acme', value: 'made', set: { name: 'Made' } }
  const facts = { models: [], providers: [provider({ keyPlaceholder: 'ac-...' })] }
  const { remembered } = overridden(facts, [put])
  const after = overridden(NOTHING, [put], { remembered })
  expect(providerIn(after, 'acme')).toEqual(provider({ keyPlaceholder: 'ac-...' }))
  expect(after.orphaned).toEqual([])
  expect(overridden(NOTHING, [], { remembered }).catalogue).toEqual(NOTHING)
})

describe('findCycle()', () => {
  const cycleOf = (...overrides: ModelOverride[]) => findCycle(overrides)?.map(({ value }) => value)

  it('finds none in trees and chains', () => {
    expect(cycleOf()).toBeUndefined()
    expect(
      cycleOf(inherits('a', 'base'), inherits('b', 'a'), inherits('c', 'a'), inherits('d', 'gone')),
    ).toBeUndefined()
  })

  it('returns the path from a model back to itself', () => {
    expect(cycleOf(inherits('a', 'a'))).toEqual(['a', 'a'])
    expect(cycleOf(inherits('a', 'b'), inherits('b', 'a'))).toEqual(['a', 'b', 'a'])
  })

  it('leaves out models that only lead to the cycle', () => {
    expect(cycleOf(inherits('x', 'y'), inherits('y', 'a'), inherits('a', 'b'), inherits('b', 'a'))).toEqual([
      'a',
      'b',
      'a',
    ])
  })

  it('distinguishes models with the same value by their providers', () => {
    const put = { ...inherits('a', 'a'), provider: 'globex' }
    expect(cycleOf(put)).toBeUndefined()
  })

  it('builds no model of the cycle', () => {
    const put = overridden(SOURCES, [inherits('a', 'b'), inherits('b', 'a'), inherits('c', 'a'), inherits('d', 'base')])
    expect(namesOf(put)).toEqual(['acme/base', 'acme/d'])
  })
})
