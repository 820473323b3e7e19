import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Model } from '../../../../src/core/schema/model.ts'
import { type ModelFilter, searchModels } from '../../../../src/core/search/search.ts'
import { naiveSearch } from '../../../support/http/naive-search.ts'
import { model } from '../../../support/rows.ts'

const full = model({
  id: 'models.dev:acme/acme-3.5',
  value: 'acme-3.5',
  name: 'Acme Big (High)',
  alias: 'Acme Big',
  status: 'preview',
  iq: 3,
  speed: 2,
  capabilities: { text: true, vision: true, reasoning: false },
  pricing: { input: 1.5, output: 6, blended: 2.625 },
  metrics: { contextWindow: 128_000, intelligenceIndex: 47.5 },
  sdk: { model: 'lab/AB-35' },
  lab: 'acme-labs',
  family: 'acme-labs/big',
  firstParty: true,
  openWeights: true,
  releaseDate: '2025-06-15',
})
const bare = model({ value: 'bare' })

const valuesOf = (models: Model[], filter: ModelFilter): string[] =>
  searchModels(models, filter).models.map(({ value }) => value)

describe('filters', () => {
  it.each<[ModelFilter, matches: boolean]>([
    [{}, true],
    [{ name: 'acme big' }, true],
    [{ name: 'BIG (h' }, true],
    [{ name: '3.5' }, true],
    [{ name: 'ACME-3' }, true],
    [{ name: 'acme  big' }, false],
    [{ name: '.*' }, false],
    [{ name: 'lab/ab' }, true],
    [{ q: 'acme' }, true],
    [{ q: 'BIG  high' }, true],
    [{ q: 'high big 3.5 lab/ab acme-labs' }, true],
    [{ q: 'big low' }, false],
    [{ q: 'big high (' }, true],
    [{ q: 'acme big' }, true],
    [{ q: 'bigacme' }, false],
    [{ model: 'acme-3.5' }, true],
    [{ model: 'Acme-3-5-latest' }, true],
    [{ model: 'lab/AB-35' }, true],
    [{ model: 'acme' }, false],
    [{ lab: ['globex', 'acme-labs'] }, true],
    [{ lab: ['acme'] }, false],
    [{ family: ['acme-labs/big'] }, true],
    [{ family: ['acme-labs'] }, false],
    [{ type: ['image', 'chat'] }, true],
    [{ type: ['image'] }, false],
    [{ firstParty: true }, true],
    [{ firstParty: false }, false],
    [{ openWeights: true }, true],
    [{ openWeights: false }, false],
    [{ provider: ['acme'] }, true],
    [{ provider: ['globex', 'acme'] }, true],
    [{ provider: ['globex'] }, false],
    [{ provider: ['Acme'] }, false],
    [{ provider: ['acm'] }, false],
    [{ status: ['preview'] }, true],
    [{ status: ['active', 'preview'] }, true],
    [{ status: ['active', 'deprecated'] }, false],
    [{ capability: ['vision'] }, true],
    [{ capability: ['text', 'vision'] }, true],
    [{ capability: ['vision', 'reasoning'] }, false],
    [{ capability: ['reasoning'] }, false],
    [{ capability: ['audio'] }, false],
    [{ minIq: 3 }, true],
    [{ minIq: 4 }, false],
    [{ minSpeed: 2 }, true],
    [{ minSpeed: 3 }, false],
    [{ minContextWindow: 128_000 }, true],
    [{ minContextWindow: 128_001 }, false],
    [{ maxInputPrice: 1.5 }, true],
    [{ maxInputPrice: 1.49 }, false],
    [{ maxOutputPrice: 6 }, true],
    [{ maxOutputPrice: 5.99 }, false],
    [{ releaseDateFrom: '2025-06-15' }, true],
    [{ releaseDateFrom: '2025-06-16' }, false],
    [{ releaseDateTo: '2025-06-15' }, true],
    [{ releaseDateTo: '2025-06-14' }, false],
    [{ releaseDateFrom: '2025-06-15', releaseDateTo: '2025-06-15' }, true],
    [{ minIq: 3, maxInputPrice: 1 }, false],
  ])('%o matches a model with every fact: %s', (filter, matches) => {
    expect(searchModels([full], filter)).toEqual({ models: matches ? [full] : [], total: Number(matches) })
  })

  it.each<ModelFilter>([
    { capability: ['text'] },
    { openWeights: true },
    { openWeights: false },
    { minIq: 0 },
    { minSpeed: 0 },
    { minContextWindow: 0 },
    { maxInputPrice: 1_000_000 },
    { maxOutputPrice: 1_000_000 },
    { releaseDateFrom: '0001-01-01' },
    { releaseDateTo: '9999-12-31' },
  ])('%o never matches a model that lacks the fact', (filter) => {
    expect(searchModels([bare], filter)).toEqual({ models: [], total: 0 })
  })

  it('match facts that are 0', () => {
    const free = model({ iq: 0, speed: 0, pricing: { input: 0, output: 0 } })
    expect(valuesOf([free], { minIq: 0, minSpeed: 0, maxInputPrice: 0, maxOutputPrice: 0 })).toEqual(['acme-one'])
  })

  it('ignore case, even beyond ASCII', () => {
    expect(valuesOf([model({ name: 'Modèle Évasé' })], { name: 'MODÈLE é' })).toEqual(['acme-one'])
  })
})

describe('sorting', () => {
  const fast = model({ value: 'fast', speed: 5, metrics: { outputTokensPerSecond: 300 } })
  const faster = model({ value: 'faster', speed: 5, metrics: { outputTokensPerSecond: 900 } })
  const slow = model({ value: 'slow', speed: 1, metrics: { outputTokensPerSecond: 30 } })
  const medium = model({ value: 'medium', speed: 3 })

  it.each<[ModelFilter['sort'], string[]]>([
    ['speed', ['slow', 'medium', 'fast', 'faster', 'bare']],
    ['-speed', ['fast', 'faster', 'medium', 'slow', 'bare']],
  ])('by %s uses the score, ties by value, unknown last', (sort, values) => {
    expect(valuesOf([bare, faster, medium, slow, fast], { sort })).toEqual(values)
  })

  const indexed = (value: string, intelligenceIndex: number | undefined, iq?: number) =>
    model({ value, iq, ...(intelligenceIndex !== undefined && { metrics: { intelligenceIndex } }) })

  it.each<[ModelFilter['sort'], string[]]>([
    ['iq', ['low', 'a-same', 'b-same', 'top', 'only-iq-1', 'only-iq-5', 'bare']],
    ['-iq', ['top', 'a-same', 'b-same', 'low', 'only-iq-5', 'only-iq-1', 'bare']],
  ])('by %s uses the index, then the score', (sort, values) => {
    const models = [
      bare,
      indexed('only-iq-5', undefined, 5),
      indexed('top', 70.25, 5),
      indexed('b-same', 50, 3),
      indexed('low', 9.5, 0),
      indexed('only-iq-1', undefined, 1),
      indexed('a-same', 50, 3),
    ]
    expect(valuesOf(models, { sort })).toEqual(values)
  })

  it.each<[ModelFilter['sort'], string[]]>([
    ['price', ['free', 'cheap', 'dear', 'bare', 'unblended']],
    ['-price', ['dear', 'cheap', 'free', 'bare', 'unblended']],
  ])('by %s uses the blended price', (sort, values) => {
    const models = [
      model({ value: 'unblended', pricing: { input: 1 } }),
      model({ value: 'dear', pricing: { input: 1, output: 37, blended: 10 } }),
      model({ value: 'cheap', pricing: { input: 3, blended: 3 } }),
      model({ value: 'free', pricing: { blended: 0 } }),
      bare,
    ]
    expect(valuesOf(models, { sort })).toEqual(values)
  })

  it.each<[ModelFilter['sort'], string[]]>([
    ['releaseDate', ['old', 'new', 'bare']],
    ['-releaseDate', ['new', 'old', 'bare']],
  ])('by %s uses the day', (sort, values) => {
    const models = [
      model({ value: 'new', releaseDate: '2025-10-01' }),
      bare,
      model({ value: 'old', releaseDate: '2025-09-30' }),
    ]
    expect(valuesOf(models, { sort })).toEqual(values)
  })

  it.each<[ModelFilter['sort'], string[]]>([
    ['name', ['1', '2', '3', '4']],
    ['-name', ['4', '2', '3', '1']],
  ])('by %s uses the name and ignores case', (sort, values) => {
    const models = [
      model({ value: '3', name: 'Beta' }),
      model({ value: '4', name: 'gamma' }),
      model({ value: '2', name: 'beta' }),
      model({ value: '1', name: 'ALPHA' }),
    ]
    expect(valuesOf(models, { sort })).toEqual(values)
  })

  it.each<ModelFilter['sort']>([
    'iq',
    '-iq',
    'speed',
    '-speed',
    'price',
    '-price',
    'releaseDate',
    '-releaseDate',
    'name',
    '-name',
  ])('by %s breaks ties by provider, then value, ascending', (sort) => {
    const same = { name: 'Same', iq: 3, speed: 3, pricing: { blended: 1 }, releaseDate: '2025-01-01' }
    const models = ['b/a', 'a/b', 'B/z', 'a/B', 'a/a'].map((key) => {
      const [provider, value] = key.split('/')
      return model({ ...same, provider, value })
    })
    const keys = searchModels(models, { sort }).models.map(({ provider, value }) => `${provider}/${value}`)
    expect(keys).toEqual(['B/z', 'a/B', 'a/a', 'a/b', 'b/a'])
  })

  it('keeps the order of the manifest by default', () => {
    expect(valuesOf([fast, faster, slow], {})).toEqual(['fast', 'faster', 'slow'])
  })
})

describe('laws', () => {
  const one = <T>(...values: T[]): fc.Arbitrary<T | undefined> => fc.constantFrom(undefined, ...values)
  const anyModel = fc
    .record({
      provider: fc.constantFrom('a', 'b', 'B'),
      value: fc.constantFrom('x', 'X', 'y-1', '\u{10000}', '\uffee', 'é'),
      family: fc.constantFrom('f', 'g'),
      effort: one('none' as const, 'low' as const, 'max' as const),
      sdk: one({ model: 'X-1' }, { model: 'É' }),
      lab: one('x', 'f'),
      type: fc.constantFrom('chat' as const, 'image' as const),
      firstParty: one(true as const),
      openWeights: one(true, false),
      name: fc.constantFrom('x', 'X y', 'Y (high)', 'É', 'é'),
      status: fc.constantFrom('active' as const, 'preview' as const, 'deprecated' as const),
      iq: one(0, 1, 3, 5),
      speed: one(0, 1, 3, 5),
      capabilities: one({ text: true }, { text: false, vision: true }, { text: true, vision: true }),
      pricing: one({ input: 0 }, { input: 1, output: 2, blended: 1.25 }, { output: 2 }, { blended: 0 }),
      metrics: one({ intelligenceIndex: 0 }, { intelligenceIndex: 20, contextWindow: 8 }, { contextWindow: 9 }),
      releaseDate: one('2024-02-29', '2025-01-01'),
    })
    .map((facts) => model(facts))
  const anyModels = fc.uniqueArray(anyModel, { selector: ({ provider, value }) => `${provider}/${value}` })
  const anyFilter: fc.Arbitrary<ModelFilter> = fc.record(
    {
      q: fc.constantFrom('x', 'Y x', 'É', ' (high ', 'f', 'none', 'x-1'),
      name: fc.constantFrom('x', 'Y', 'É', '(', 'none'),
      lab: fc.subarray(['x', 'y'], { minLength: 1 }),
      family: fc.subarray(['f', 'h'], { minLength: 1 }),
      type: fc.subarray(['chat', 'image'] as const, { minLength: 1 }),
      firstParty: fc.boolean(),
      provider: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
      status: fc.subarray(['active', 'preview'] as const, { minLength: 1 }),
      capability: fc.subarray(['text', 'vision', 'json'] as const, { minLength: 1 }),
      minIq: fc.nat(5),
      minSpeed: fc.nat(5),
      minContextWindow: fc.constantFrom(0, 8, 9),
      maxInputPrice: fc.constantFrom(0, 0.5, 1),
      maxOutputPrice: fc.constantFrom(0, 2),
      releaseDateFrom: fc.constantFrom('2024-02-29', '2024-03-01'),
      releaseDateTo: fc.constantFrom('2024-02-29', '2025-01-01'),
      openWeights: fc.boolean(),
      collapse: fc.constant('family'),
      sort: fc.constantFrom('iq', '-iq', 'speed', '-speed', 'price', '-price', 'contextWindow', '-name', 'name'),
      limit: fc.integer({ min: 1, max: 4 }),
      offset: fc.nat(4),
    },
    { requiredKeys: [] },
  )

  it('finds the same as a naive search, in the same order', () => {
    fc.assert(
      fc.property(anyModels, anyFilter, (models, filter) => {
        expect(searchModels(models, filter)).toEqual(naiveSearch(models, filter))
      }),
      { numRuns: 500 },
    )
  })

  it('finds the same for any order of the models, if it sorts', () => {
    fc.assert(
      fc.property(anyModels, anyFilter, fc.constantFrom('iq', '-price', 'name'), (models, filter, sort) => {
        const sorted = { ...filter, sort } as const
        expect(searchModels(models.toReversed(), sorted)).toEqual(searchModels(models, sorted))
      }),
    )
  })

  it('divides into pages that add up to the whole', () => {
    fc.assert(
      fc.property(anyModels, anyFilter, fc.integer({ min: 1, max: 4 }), (models, { offset: _, ...filter }, limit) => {
        const whole = searchModels(models, { ...filter, limit: undefined })
        const offsets = Array.from({ length: Math.ceil(whole.total / limit) }, (_, page) => page * limit)
        const pages = offsets.map((offset) => searchModels(models, { ...filter, offset, limit }))
        expect(pages.flatMap((page) => page.models)).toEqual(whole.models)
        for (const page of pages) expect(page.total).toBe(whole.total)
      }),
    )
  })

  it('does not modify its input', () => {
    fc.assert(
      fc.property(anyModels, anyFilter, (models, filter) => {
        const before = structuredClone(models)
        searchModels(models, filter)
        expect(models).toEqual(before)
      }),
    )
  })
})
