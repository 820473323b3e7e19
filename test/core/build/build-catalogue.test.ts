import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BuildInput, buildCatalogue } from '../../../src/core/build/build-catalogue.ts'
import type { Statement } from '../../../src/core/build/statement.ts'
import { Catalogue } from '../../../src/core/schema/model.ts'
import { DEFAULT_IQ_THRESHOLDS } from '../../../src/core/score.ts'
import { anyStatements } from '../../support/core/arbitraries.ts'
import { ACME, model, provider, sourcePull, statement, uuidOf } from '../../support/rows.ts'

const NEWCOMER = { id: '5e6f7a8b-0000-4000-8000-000000000002', name: 'ACME' }

describe('buildCatalogue()', () => {
  it('makes a model and its provider of the least row', () => {
    expect(catalogueOf([statement()])).toStrictEqual({ providers: [provider()], models: [model()] })
  })

  it('carries every fact and derives alias, family, effort, scores and blended price', () => {
    const row = statement({
      value: 'acme-one-high',
      name: 'Acme One (high)',
      releaseDate: '2026-01-15',
      capabilities: { text: true, vision: false, reasoning: true },
      pricing: { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 },
      metrics: {
        intelligenceIndex: 45,
        codingIndex: 40.5,
        agenticIndex: 12,
        outputTokensPerSecond: 100,
        timeToFirstToken: 0.5,
        timeToFirstAnswer: 1.5,
        endToEnd: 7.5,
        contextWindow: 128_000,
        maxOutput: 8_192,
      },
    })
    const { models } = catalogueOf([row])
    expect(models).toStrictEqual([
      {
        id: uuidOf('acme-one-high'),
        value: 'acme-one-high',
        provider: 'acme',
        name: 'Acme One (high)',
        alias: 'Acme One',
        family: 'acme-one',
        effort: 'high',
        capabilities: row.facts.capabilities,
        iq: 3,
        speed: 3,
        pricing: { ...row.facts.pricing, blended: 2 },
        metrics: { ...row.facts.metrics, intelligenceIndexVersion: 3 },
        releaseDate: '2026-01-15',
        status: 'active',
      },
    ])
  })

  it('leaves out what is unknown, and objects of nothing but unknowns', () => {
    const silent = statement({
      capabilities: { text: undefined, reasoning: undefined },
      pricing: { input: undefined, output: undefined },
      metrics: { intelligenceIndex: undefined, outputTokensPerSecond: undefined },
      releaseDate: undefined,
    })
    expect(catalogueOf([silent]).models).toStrictEqual([model()])
    expect(catalogueOf([statement({ capabilities: {}, pricing: {}, metrics: {} })]).models).toStrictEqual([model()])
  })

  it('keeps what is zero or false', () => {
    const row = statement({
      capabilities: { text: false },
      pricing: { input: 0, output: 0, cacheRead: 0 },
      metrics: { intelligenceIndex: 0, outputTokensPerSecond: 0, contextWindow: 0 },
    })
    expect(catalogueOf([row]).models[0]).toMatchObject({
      capabilities: { text: false },
      iq: 0,
      speed: 0,
      pricing: { input: 0, output: 0, blended: 0, cacheRead: 0 },
      metrics: { intelligenceIndex: 0, outputTokensPerSecond: 0, contextWindow: 0 },
    })
  })

  it('names the index version only beside an index', () => {
    expect(catalogueOf([statement({ metrics: { codingIndex: 4 } })]).models[0]?.metrics).toStrictEqual({
      codingIndex: 4,
    })
  })

  it('scores by the index version of the pull when the steps are linked', () => {
    const rows = [statement({ metrics: { intelligenceIndex: 24.4 } })]
    const iqOn = (indexVersion: number) =>
      catalogueOf(rows, { pull: sourcePull(rows, { indexVersion }), iqThresholds: 'linked' }).models[0]?.iq
    expect([3, 4, 4.1, 4.3].map(iqOn)).toEqual([0, 3, 4, 5])
  })

  it('sorts models by provider, then value, in UTF-16 code units', () => {
    const slugs = ['é', 'b', '\uffee', 'a-b', 'B', '\u{10000}', 'a', 'a.b']
    const rows = [...slugs.map((slug) => statement({ value: slug })), of('Zeta', 'a'), of('Ab', 'z')]
    const keys = catalogueOf(rows).models.map(({ provider: value, value: slug }) => `${value} ${slug}`)
    const ofAcme = ['B', 'a', 'a-b', 'a.b', 'b', 'é', '\u{10000}', '\uffee'].map((slug) => `acme ${slug}`)
    expect(keys).toEqual(['ab z', ...ofAcme, 'zeta a'])
  })

  it('sorts providers by value', () => {
    const { providers } = catalogueOf([of('Zeta', '1'), of('a b', '2'), of('AB', '3'), of('A1', '4')])
    expect(providers.map(({ value }) => value)).toEqual(['a-b', 'a1', 'ab', 'zeta'])
  })

  it.each(['glm-4.5', 'QwQ-32B-Preview', 'org/model:free', 'a b', 'größe', '..'])(
    'keeps the slug %j as it is',
    (slug) => {
      expect(catalogueOf([statement({ value: slug })]).models[0]?.value).toBe(slug)
    },
  )

  it('refuses a slug that one provider has twice', () => {
    const twice = [
      statement({ id: '1', value: 'a/b' }),
      statement({ value: 'c' }),
      statement({ id: '2', value: 'a/b' }),
    ]
    expect(buildCatalogue(inputOf(twice))).toEqual({
      ok: false,
      failure: {
        code: 'source-failed',
        reason: 'inconsistent',
        detail: 'Cannot build the catalogue: the source lists "acme/a/b" twice',
      },
    })
  })

  it('takes one slug of two providers, and slugs that differ in capitals', () => {
    const rows = [statement({ value: 'one' }), statement({ value: 'ONE' }), { ...of('Globex', 'one'), id: 'other' }]
    expect(catalogueOf(rows).models).toHaveLength(3)
  })

  it('keeps the key of a slug that moved to a new id', () => {
    const [before, after] = ['1', '2'].map((id) => catalogueOf([statement({ id })]).models[0])
    expect(after).toStrictEqual({ ...before, id: '2' })
  })

  it('does not change what it is given', () => {
    const rows = deepFreeze([
      statement({ pricing: { input: 1, output: 2 }, metrics: { intelligenceIndex: 30 } }),
      of('B', 'b'),
    ])
    expect(() => buildCatalogue({ ...inputOf(rows), names: Object.freeze({ [ACME.id]: 'acme' }) })).not.toThrow()
  })

  it('makes of any rows a model each, and a catalogue that is valid, sorted and closed', () => {
    fc.assert(
      fc.property(anyStatements, (rows) => {
        const catalogue = catalogueOf(rows)
        expect(Catalogue.parse(catalogue)).toStrictEqual(catalogue)
        expect(new Set(catalogue.models.map(({ id }) => id))).toEqual(new Set(rows.map(({ id }) => id)))
        const keys = catalogue.models.map((built) => `${built.provider}\0${built.value}`)
        expect(keys).toEqual(keys.toSorted())
        const used = new Set(catalogue.models.map((built) => built.provider))
        expect(catalogue.providers.map(({ value }) => value)).toEqual([...used].toSorted())
      }),
    )
  })
})

describe('providers of buildCatalogue()', () => {
  const providersOf = (rows: Statement[], input: Partial<BuildInput> = {}) => catalogueOf(rows, input).providers

  it('takes the facts of a well-known provider over the name of its creator', () => {
    const creator = { id: ACME.id, name: 'OpenAI, Inc.' }
    expect(providersOf([statement({ creator, provider: 'openai' })])).toStrictEqual([
      {
        value: 'openai',
        name: 'OpenAI',
        keyPlaceholder: 'sk-...',
        website: 'https://platform.openai.com/api-keys',
        status: 'active',
      },
    ])
  })

  it('puts models without a creator under "unknown"', () => {
    const { providers, models } = catalogueOf([statement({ creator: undefined })])
    expect(providers).toStrictEqual([provider({ value: 'unknown', name: 'Unknown' })])
    expect(models).toStrictEqual([model({ provider: 'unknown' })])
  })

  it('keeps apart a creator that is called Unknown', () => {
    const rows = [
      statement({ value: 'a', creator: undefined }),
      statement({ value: 'b', creator: { ...NEWCOMER, name: 'Unknown' } }),
    ]
    expect(providersOf(rows).map(({ value }) => value)).toEqual(['unknown', 'unknown-5e6f7a8b'])
  })

  it('keeps the provider of a renamed creator and shows its new name', () => {
    const first = build([statement()])
    const renamed = build([statement({ creator: { id: ACME.id, name: 'Globex' } })], { names: first.names })
    expect(renamed.catalogue.providers).toStrictEqual([provider({ value: 'acme', name: 'Globex' })])
    expect(renamed.names).toEqual(first.names)
  })

  it('remembers a creator through a pull that does not list it', () => {
    const first = build([statement()])
    const second = build([of('Globex', 'g')], { names: first.names })
    const third = build([statement({ creator: { id: ACME.id, name: 'Initech' } })], { names: second.names })
    expect(third.catalogue.models[0]?.provider).toBe('acme')
  })

  it('tells apart creators whose names slugify alike, over two pulls', () => {
    const first = build([statement()])
    const rows = [statement(), statement({ value: 'b', creator: NEWCOMER })]
    const { providers } = build(rows, { names: first.names }).catalogue
    expect(providers).toStrictEqual([provider(), provider({ value: 'acme-5e6f7a8b', name: 'ACME' })])
  })

  it('gives no newcomer a reserved value', () => {
    expect(providersOf([statement({ creator: NEWCOMER })], { reserved: ['acme'] })[0]?.value).toBe('acme-5e6f7a8b')
  })

  it('names a provider the same whatever the order of rows when its creator has two names', () => {
    const rows = ['Acme Corp', 'Acme'].map((name) => statement({ value: name, creator: { ...ACME, name } }))
    expect(providersOf(rows)).toEqual(providersOf(rows.toReversed()))
  })

  it('keeps a name that is not ASCII', () => {
    const creator = { ...NEWCOMER, name: '株式会社アクメ' }
    expect(providersOf([statement({ creator })])).toStrictEqual([
      provider({ value: '5e6f7a8b', name: '株式会社アクメ' }),
    ])
  })
})

function inputOf(rows: Statement[]): BuildInput {
  return { pull: sourcePull(rows), iqThresholds: DEFAULT_IQ_THRESHOLDS, names: {}, reserved: [] }
}

function build(rows: Statement[], input: Partial<BuildInput> = {}) {
  const result = buildCatalogue({ ...inputOf(rows), ...input })
  if (!result.ok) throw new Error(result.failure.detail)
  return result.value
}

function catalogueOf(rows: Statement[], input: Partial<BuildInput> = {}): Catalogue {
  return build(rows, input).catalogue
}

function of(creatorName: string, value: string): Statement {
  return statement({ value, creator: { id: uuidOf(creatorName), name: creatorName } })
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFreeze)
  return Object.freeze(value)
}
