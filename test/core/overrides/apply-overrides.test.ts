import { describe, expect, it } from 'vitest'
import type { ModelOverride } from '../../../src/core/overrides/override.ts'
import { Catalogue } from '../../../src/core/schema/model.ts'
import {
  corrected,
  modelIn,
  NOTHING,
  namesOf,
  overridden,
  providerIn,
  sourcesOf,
} from '../../support/core/overridden.ts'
import { model, provider } from '../../support/rows.ts'

const NONE = { orphaned: [], contradictions: [], lapses: [] }

describe('applyOverrides() without overrides', () => {
  it('returns what the sources state', () => {
    const sources = sourcesOf(
      model({ value: 'one', pricing: { input: 1 } }),
      model({ value: 'two', provider: 'globex' }),
    )
    expect(overridden(sources, [])).toEqual({ catalogue: sources, ...NONE, remembered: NOTHING })
    expect(overridden(NOTHING, []).catalogue).toEqual(NOTHING)
  })

  it('builds nothing from remembered facts', () => {
    const remembered = sourcesOf(model({ value: 'gone' }))
    expect(overridden(NOTHING, [], { remembered })).toEqual({ catalogue: NOTHING, ...NONE, remembered: NOTHING })
  })
})

describe('set', () => {
  it('replaces facts, adds facts, and keeps the rest', () => {
    const facts = { iq: 2, speed: 1, releaseDate: '2025-01-01', pricing: { input: 1, cacheRead: 0.1 } }
    expect(
      corrected(facts, { set: { releaseDate: '2026-01-01', metrics: { contextWindow: 8 }, status: 'preview' } }),
    ).toEqual(
      model({
        ...facts,
        ...{ value: 'one', releaseDate: '2026-01-01', metrics: { contextWindow: 8 }, status: 'preview' },
      }),
    )
  })

  it('merges objects member by member', () => {
    const facts = { capabilities: { text: true, vision: true }, pricing: { cacheRead: 1 }, metrics: { maxOutput: 9 } }
    const set = { capabilities: { vision: false, json: true }, pricing: { cacheWrite: 2 }, metrics: { codingIndex: 3 } }
    expect(corrected(facts, { set })).toMatchObject({
      capabilities: { text: true, vision: false, json: true },
      pricing: { cacheRead: 1, cacheWrite: 2 },
      metrics: { maxOutput: 9, codingIndex: 3 },
    })
  })

  it('distinguishes zero and false from unknown', () => {
    const put = corrected({}, { set: { iq: 0, pricing: { cacheRead: 0 }, capabilities: { text: false } } })
    expect(put).toMatchObject({ iq: 0, pricing: { cacheRead: 0 }, capabilities: { text: false } })
  })

  it('of objects without facts leaves no empty object', () => {
    const put = corrected({}, { set: { pricing: {}, metrics: {}, capabilities: {} } })
    expect(put).toEqual(model({ value: 'one' }))
  })

  it('of a name derives the alias, unless the alias is also set', () => {
    expect(corrected({ name: 'Old', alias: 'Old' }, { set: { name: 'New (high) (v2)' } })).toMatchObject({
      alias: 'New',
    })
    expect(corrected({}, { set: { name: 'New (high)', alias: 'Mine' } })).toMatchObject({
      name: 'New (high)',
      alias: 'Mine',
    })
    expect(corrected({ name: 'Old (x)', alias: 'Old' }, { set: { alias: 'Mine' } })).toMatchObject({
      ...{ name: 'Old (x)', alias: 'Mine' },
    })
  })

  it('of a name does not change family, effort or type, unless they are also set', () => {
    const old = { name: 'Old (low)', family: 'acme/old', effort: 'low' as const, type: 'image' as const }
    const { name: _, ...kept } = old
    expect(corrected(old, { set: { name: 'New (high)' } })).toMatchObject({ ...kept, name: 'New (high)', alias: 'New' })
    const set = { name: 'New', family: 'acme/mine', effort: 'max' as const, type: 'speech' as const }
    expect(corrected(old, { set })).toMatchObject(set)
  })

  it('merges objects inside objects, and replaces lists', () => {
    const pricing = { input: 1, tiers: [{ above: 5, input: 2 }], modes: { fast: { input: 3 }, slow: { input: 0.5 } } }
    const facts = { pricing, reasoning: { efforts: ['low' as const], budget: { min: 1 } } }
    const set = {
      pricing: { tiers: [{ above: 9, input: 4 }], modes: { fast: { output: 7 } } },
      reasoning: { toggle: true as const, budget: { max: 8 } },
      sdk: { model: 'x', interleaved: { field: 'thoughts' } },
    }
    expect(corrected(facts, { set })).toMatchObject({
      pricing: {
        input: 1,
        tiers: [{ above: 9, input: 4 }],
        modes: { fast: { input: 3, output: 7 }, slow: { input: 0.5 } },
      },
      reasoning: { efforts: ['low'], toggle: true, budget: { min: 1, max: 8 } },
      sdk: set.sdk,
    })
    expect(corrected(facts, { unset: ['pricing.modes.fast', 'reasoning.budget.min'] })).toMatchObject({
      pricing: { modes: { slow: { input: 0.5 } } },
      reasoning: { efforts: ['low'] },
    })
  })

  it('of a part of sdk or modalities has an effect only when the result is complete', () => {
    const sdk = { model: 'acme-1', npm: '@ai-sdk/acme' }
    expect(corrected({ sdk }, { set: { sdk: { npm: 'acme-sdk' } } })?.sdk).toEqual({ model: 'acme-1', npm: 'acme-sdk' })
    expect(corrected({}, { set: { sdk: { npm: 'acme-sdk' } } })).not.toHaveProperty('sdk')
    expect(corrected({ sdk }, { unset: ['sdk.npm'] })?.sdk).toEqual({ model: 'acme-1' })
    const modalities = { input: ['text' as const], output: ['text' as const] }
    const input = ['text' as const, 'pdf' as const]
    expect(corrected({ modalities }, { set: { modalities: { input } } })?.modalities).toEqual({ ...modalities, input })
    expect(corrected({}, { set: { modalities: { input } } })).not.toHaveProperty('modalities')
  })

  it('keeps the identity of the source', () => {
    const put = corrected({ id: 'source-id' }, { set: { name: 'New' } })
    expect(put).toMatchObject({ id: 'source-id', provider: 'acme', value: 'one' })
  })

  it('of a provider merges its API', () => {
    const sources = { models: [], providers: [provider({ api: { baseUrl: 'https://a.example/', env: ['KEY'] } })] }
    const set = { api: { npm: '@ai-sdk/acme', env: ['OTHER'] } }
    const put = overridden(sources, [{ provider: 'acme', set, unset: ['api.baseUrl'] }])
    expect(put.catalogue.providers).toEqual([provider(set)])
  })

  it('of a provider replaces its facts and keeps the rest', () => {
    const sources = { models: [], providers: [provider({ keyPlaceholder: 'ac-...' })] }
    const put = overridden(sources, [{ provider: 'acme', set: { name: 'ACME', website: 'https://acme.example/' } }])
    expect(put.catalogue.providers).toEqual([
      { value: 'acme', name: 'ACME', keyPlaceholder: 'ac-...', website: 'https://acme.example/', status: 'active' },
    ])
  })
})

describe('unset', () => {
  it.each([
    'iq',
    'speed',
    'releaseDate',
    'pricing',
    'capabilities',
    'pricing.cacheRead',
    'metrics.codingIndex',
  ] as const)('makes %s absent, and nothing else', (path) => {
    const facts = {
      ...{ iq: 2, speed: 3, releaseDate: '2026-01-01', capabilities: { text: true } },
      ...{ pricing: { cacheRead: 1 }, metrics: { codingIndex: 4 } },
    }
    const [fact = ''] = path.split('.')
    const { [fact as keyof typeof facts]: _, ...rest } = facts
    expect(corrected(facts, { unset: [path] })).toEqual(model({ value: 'one', ...rest }))
  })

  it('of an unknown fact changes nothing', () => {
    const facts = { pricing: { input: 1 }, iq: 3 }
    expect(
      corrected(facts, { unset: ['pricing.cacheRead', 'metrics.codingIndex', 'capabilities', 'capabilities.audio'] }),
    ).toEqual(model({ value: 'one', ...facts }))
  })

  it('takes precedence over what is inherited', () => {
    const sources = sourcesOf(
      model({ value: 'base', pricing: { cacheRead: 1, cacheWrite: 2 }, releaseDate: '2026-01-01' }),
    )
    const inheritFrom = { provider: 'acme', value: 'base' }
    const unset = ['pricing.cacheRead', 'releaseDate']
    const made = modelIn(overridden(sources, [{ provider: 'acme', value: 'made', inheritFrom, unset }]), 'made')
    expect(made?.pricing).toEqual({ cacheWrite: 2 })
    expect(made).not.toHaveProperty('releaseDate')
  })

  it('of facts of a provider makes them absent', () => {
    const sources = {
      models: [],
      providers: [provider({ keyPlaceholder: 'ac-...', website: 'https://acme.example/' })],
    }
    const put = overridden(sources, [{ provider: 'acme', unset: ['website', 'keyPlaceholder'] }])
    expect(put.catalogue.providers).toEqual([provider()])
  })
})

describe('hidden', () => {
  const sources = sourcesOf(
    model({ value: 'one' }),
    model({ value: 'two' }),
    model({ value: 'one', provider: 'globex' }),
  )

  it('removes a model, and leaves its provider', () => {
    const put = overridden(sources, [{ provider: 'acme', value: 'one', hidden: true }])
    expect(namesOf(put)).toEqual(['acme/two', 'globex/one'])
    expect(providerIn(put, 'acme')).toBeDefined()
  })

  it('removes a provider with its models, including those that overrides created', () => {
    const put = overridden(sources, [
      { provider: 'acme', value: 'made', set: { name: 'Made' } },
      { provider: 'acme', hidden: true },
    ])
    expect(namesOf(put)).toEqual(['globex/one'])
    expect(put.catalogue.providers.map(({ value }) => value)).toEqual(['globex'])
  })

  it('of false removes nothing', () => {
    const put = overridden(sources, [
      { provider: 'acme', value: 'one', hidden: false },
      { provider: 'globex', hidden: false },
    ])
    expect(put.catalogue).toEqual(sources)
  })

  it('may hide everything', () => {
    const put = overridden(sources, [
      { provider: 'acme', hidden: true },
      { provider: 'globex', hidden: true },
    ])
    expect(put.catalogue).toEqual(NOTHING)
  })
})

describe('a target that the sources do not have', () => {
  const sources = sourcesOf(model({ value: 'one' }))

  it('is created by a name, with a custom id', () => {
    const put = overridden(sources, [{ provider: 'acme', value: 'Org/new:free', set: { name: 'New (beta)', iq: 3 } }])
    expect(modelIn(put, 'Org/new:free')).toEqual({
      ...{ id: 'custom:acme:Org%2Fnew%3Afree', provider: 'acme', value: 'Org/new:free' },
      ...{ name: 'New (beta)', alias: 'New', family: 'acme/new:free', type: 'chat', iq: 3, status: 'active' },
    })
  })

  it.each([
    ['acme/one', 'Org/one-2026-01-02', {}],
    ['acme/one', 'one-latest', {}],
    ['globex/one', 'one@20260102', { lab: 'globex' }],
    ['globex/two', 'one', { family: 'globex/two' }],
  ])('gets the family %s from the value %s and %j', (family, value, set) => {
    const put = overridden(sources, [{ provider: 'acme', value, set: { name: 'New', ...set } }])
    expect(modelIn(put, value)).toMatchObject({ family })
  })

  it('gets the type that its names and modalities show, unless the type is set', () => {
    const make = (set: ModelOverride['set']) =>
      modelIn(
        overridden(sources, [{ provider: 'acme', value: 'new-embed', set: { name: 'New', ...set } }]),
        'new-embed',
      )
    expect(make({})).toMatchObject({ type: 'embedding' })
    expect(make({ type: 'rerank' })).toMatchObject({ type: 'rerank' })
  })

  it('is not created by other facts, nor by hiding it', () => {
    const puts = [{ set: { iq: 3 } }, { unset: ['iq'] }, { hidden: true }, {}]
    for (const put of puts)
      expect(overridden(sources, [{ provider: 'acme', value: 'new', ...put }]).catalogue).toEqual(sources)
  })

  it('may be a provider, with models', () => {
    const put = overridden(sources, [
      { provider: 'azure', set: { name: 'Azure', website: 'https://portal.azure.com/' } },
      { provider: 'azure', value: 'one', inheritFrom: { provider: 'acme', value: 'one' } },
    ])
    expect(put.catalogue.providers.map(({ value }) => value)).toEqual(['acme', 'azure'])
    expect(providerIn(put, 'azure')).toEqual({
      ...{ value: 'azure', name: 'Azure', website: 'https://portal.azure.com/', status: 'active' },
    })
    expect(modelIn(put, 'one', 'azure')).toMatchObject({ id: 'custom:azure:one', name: 'one' })
  })

  it('takes the id of the source once the source has it', () => {
    const put = { provider: 'acme', value: 'new', set: { name: 'Mine' } }
    const after = overridden(sourcesOf(model({ value: 'new', id: 'source-id', name: 'Theirs', iq: 2 })), [put])
    expect(modelIn(after, 'new')).toMatchObject({ id: 'source-id', name: 'Mine', iq: 2 })
  })

  it('may have a key that is a property of every object', () => {
    for (const value of ['__proto__', 'constructor', 'toString']) {
      const put = overridden(sources, [
        { provider: value, set: { name: 'P' } },
        { provider: value, value, set: { name: 'M', pricing: { input: 1, output: 1 } } },
      ])
      expect(modelIn(put, value, value)).toMatchObject({ name: 'M', pricing: { blended: 1 } })
      expect(providerIn(put, value)).toMatchObject({ name: 'P' })
    }
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

it('is sorted and complete', () => {
  const sources = sourcesOf(model({ value: 'b' }), model({ value: 'd' }))
  const { catalogue } = overridden(sources, [
    { provider: 'acme', value: 'c', set: { name: 'C' } },
    { provider: 'Zeta', set: { name: 'Zeta' } },
    { provider: 'Zeta', value: 'a', set: { name: 'A' } },
    { provider: 'acme', value: 'B', set: { name: 'B' } },
  ])
  expect(catalogue.models.map(({ provider, value }) => `${provider}/${value}`)).toEqual([
    ...['Zeta/a', 'acme/B', 'acme/b', 'acme/c', 'acme/d'],
  ])
  expect(catalogue.providers.map(({ value }) => value)).toEqual(['Zeta', 'acme'])
  expect(Catalogue.parse(catalogue)).toEqual(catalogue)
})
