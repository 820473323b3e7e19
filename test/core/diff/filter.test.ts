import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffCatalogues } from '../../../src/core/diff/diff.ts'
import { CHANGE_GROUPS, type ChangeGroup, filterDiff } from '../../../src/core/diff/filter.ts'
import { keyOf } from '../../../src/core/model-order.ts'
import type { CatalogueDiff, Change } from '../../../src/core/schema/history.ts'
import type { Catalogue, Model } from '../../../src/core/schema/model.ts'
import { anyCatalogue } from '../../support/core/any-history.ts'
import { model, provider, uuidOf } from '../../support/rows.ts'

const PATHS: Record<ChangeGroup, RegExp> = {
  pricing: /^(pricing\.|billing$)/,
  iq: /^iq$/,
  speed: /^speed$/,
  metrics: /^metrics\./,
  capabilities: /^(capabilities|reasoning|modalities)\./,
  identity:
    /^(id|name|alias|lab|family|firstParty|series|effort|type|sdk\..*|api\..*|website|keyPlaceholder|openWeights|.*Date|lastUpdated|knowledgeCutoff)$/,
  status: /^(status|retiresOn)$/,
}
const anyOnly = fc.subarray([...CHANGE_GROUPS], { minLength: 1 })
const isOf = (groups: ChangeGroup[], path: string) => groups.some((group) => PATHS[group].test(path))
const REFITTED = ['iq', 'metrics.epochCapabilitiesIndex']
const RESCALED = ['iq', 'metrics.intelligenceIndex', 'metrics.intelligenceIndexVersion']

const between = (before: Model[], after: Model[], providers = [provider()]) =>
  diffCatalogues({ providers, models: before }, { providers, models: after })
const pathsOf = ({ models }: CatalogueDiff) => models.changed.flatMap(({ changes }) => changes.map(({ path }) => path))

const EVERYTHING: Partial<Model> = {
  id: uuidOf('other'),
  name: 'Two (high)',
  alias: 'Two',
  capabilities: { text: true, vision: false },
  iq: 3,
  speed: 2,
  pricing: { input: 1, output: 2, blended: 1.25, cacheRead: 0.5, cacheWrite: 3 },
  metrics: { codingIndex: 1, outputTokensPerSecond: 60, contextWindow: 8, maxOutput: 4 },
  lab: 'acme',
  firstParty: true,
  series: 'two',
  type: 'embedding',
  sdk: { model: 'two' },
  reasoning: { efforts: ['low'], budget: { max: 5 } },
  modalities: { input: ['text'], output: ['text'] },
  billing: 'plan',
  releaseDate: '2026-01-01',
  lastUpdated: '2026-02',
  knowledgeCutoff: '2025',
  openWeights: true,
  retiresOn: '2027-01-01',
  status: 'deprecated',
}
const FEATURES = ['modalities.input', 'modalities.output', 'reasoning.budget.max', 'reasoning.efforts']
const IDENTITY = ['alias', 'firstParty', 'id', 'knowledgeCutoff', 'lab', 'lastUpdated', 'name', 'openWeights'].concat(
  ...['releaseDate', 'sdk.model', 'series', 'type'],
)

describe('only', () => {
  const diff = between([model()], [model(EVERYTHING)])

  it.each<[ChangeGroup, string[]]>([
    [
      'pricing',
      ['billing', 'pricing.blended', 'pricing.cacheRead', 'pricing.cacheWrite', 'pricing.input', 'pricing.output'],
    ],
    ['iq', ['iq']],
    ['speed', ['speed']],
    ['metrics', ['codingIndex', 'contextWindow', 'maxOutput', 'outputTokensPerSecond'].map((key) => `metrics.${key}`)],
    ['capabilities', ['capabilities.text', 'capabilities.vision', ...FEATURES]],
    ['identity', IDENTITY],
    ['status', ['retiresOn', 'status']],
  ])('%s keeps %j', (group, paths) => {
    expect(pathsOf(filterDiff(diff, { only: [group] }))).toEqual(paths)
  })

  it('of all groups keeps every change', () => {
    expect(filterDiff(diff, { only: [...CHANGE_GROUPS] })).toEqual(diff)
  })

  it('of several groups keeps the changes of any, in their order', () => {
    expect(pathsOf(filterDiff(diff, { only: ['status', 'iq', 'capabilities'] }))).toEqual([
      'capabilities.text',
      'capabilities.vision',
      'iq',
      ...FEATURES,
      'retiresOn',
      'status',
    ])
  })

  it.each(['models', 'providers'] as const)('keeps the changes of its groups and no others, of %s', (kind) => {
    fc.assert(
      fc.property(anyCatalogue, anyCatalogue, anyOnly, (before, after, only) => {
        const whole = diffCatalogues(before, after)
        const expected = whole[kind].changed
          .map((entry) => ({ ...entry, changes: entry.changes.filter(({ path }) => isOf(only, path)) }))
          .filter(({ changes }) => changes.length > 0)
        expect(filterDiff(whole, { only })[kind].changed).toEqual(expected)
      }),
    )
  })

  it('leaves out models with only other changes, and counts what is shown', () => {
    const before = [model({ value: 'a', iq: 1 }), model({ value: 'b', speed: 1 })]
    const after = [model({ value: 'a', iq: 2 }), model({ value: 'b', speed: 2 })]
    const { summary, models } = filterDiff(between(before, after), { only: ['iq'] })
    expect(summary).toEqual({ added: 0, removed: 0, changed: 1 })
    expect(models.changed.map(({ value }) => value)).toEqual(['a'])
  })

  it('does not filter what was added or removed', () => {
    const diff = between([model({ value: 'a' })], [model({ value: 'b' })])
    expect(filterDiff(diff, { only: ['pricing'] })).toEqual(diff)
  })
})

describe('provider', () => {
  const acme = model({ provider: 'acme', value: 'one' })
  const globex = model({ provider: 'globex', value: 'one' })
  const initech = model({ provider: 'initech', value: 'one' })
  const providers = (...names: string[]) => names.map((value) => provider({ value, name: names.join() }))
  const old: Catalogue = { providers: providers('acme', 'globex'), models: [acme, globex] }
  const next: Catalogue = {
    providers: providers('globex', 'initech'),
    models: [{ ...globex, iq: 1 }, initech],
  }
  const whole = diffCatalogues(old, next)

  it.each([
    ['acme', { added: 0, removed: 1, changed: 0 }],
    ['globex', { added: 0, removed: 0, changed: 1 }],
    ['initech', { added: 1, removed: 0, changed: 0 }],
    ['nowhere', { added: 0, removed: 0, changed: 0 }],
    ['ACME', { added: 0, removed: 0, changed: 0 }],
  ])('keeps the provider %s and its models', (name, counts) => {
    const { summary, models, providers } = filterDiff(whole, { provider: [name] })
    expect(summary).toEqual(counts)
    for (const { provider: owner } of [...models.added, ...models.removed, ...models.changed]) expect(owner).toBe(name)
    expect(providers.added.map(({ value }) => value)).toEqual(name === 'initech' ? ['initech'] : [])
    expect(providers.removed.map(({ value }) => value)).toEqual(name === 'acme' ? ['acme'] : [])
    expect(providers.changed.map(({ provider }) => provider)).toEqual(name === 'globex' ? ['globex'] : [])
  })

  it('keeps those of several providers', () => {
    expect(filterDiff(whole, { provider: ['acme', 'globex', 'initech'] })).toEqual(whole)
    expect(filterDiff(whole, { provider: ['acme', 'globex'] }).summary).toEqual({ added: 0, removed: 1, changed: 1 })
  })
})

describe('firstParty', () => {
  const own = (value: string, facts: Partial<Model> = {}) => model({ value, firstParty: true, ...facts })
  const before = [own('gone'), own('changed'), model({ value: 'host' }), own('left')]
  const after = [own('changed', { iq: 1 }), model({ value: 'host', iq: 1 }), model({ value: 'left' }), own('new')]
  const diff = between(before, after)
  const keys = new Set(['changed', 'left'].map((value) => keyOf({ provider: 'acme', value })))
  const valuesOf = ({ models: { added, removed, changed } }: CatalogueDiff) =>
    [...added, ...removed, ...changed].map(({ value }) => value)

  it('keeps models that are or were first-party, or only the others', () => {
    expect(valuesOf(filterDiff(diff, { firstParty: true }, keys))).toEqual(['new', 'gone', 'changed', 'left'])
    expect(filterDiff(diff, { firstParty: false }, keys).summary).toEqual({ added: 0, removed: 0, changed: 1 })
    expect(valuesOf(filterDiff(diff, { firstParty: false }, keys))).toEqual(['host'])
  })
})

describe('rescale=omit', () => {
  const scored = (value: string, index: number, version: number, facts: Partial<Model> = {}) =>
    model({ value, metrics: { intelligenceIndex: index, intelligenceIndexVersion: version }, ...facts })

  it('leaves out index, index version and iq of models on another scale', () => {
    const before = [scored('a', 70, 3, { iq: 5, speed: 1 })]
    const after = [scored('a', 50, 4.1, { iq: 3, speed: 2 })]
    expect(pathsOf(filterDiff(between(before, after), { rescale: 'omit' }))).toEqual(['speed'])
  })

  it('leaves out models without any other change, and counts what is shown', () => {
    const diff = filterDiff(between([scored('a', 70, 3)], [scored('a', 50, 4.1)]), { rescale: 'omit' })
    expect(diff.models.changed).toEqual([])
    expect(diff.summary).toEqual({ added: 0, removed: 0, changed: 0 })
    expect(diff.rescaled).toEqual({ from: 'artificial-analysis@3', to: 'artificial-analysis@4.1' })
  })

  it('keeps scores that changed on the same scale', () => {
    const diff = between([scored('a', 70, 3, { iq: 5 })], [scored('a', 50, 3, { iq: 3 })])
    expect(filterDiff(diff, { rescale: 'omit' })).toEqual(diff)
  })

  it('keeps the other indices and figures of models on another scale', () => {
    const metrics = (version: number, codingIndex: number) => ({
      metrics: {
        intelligenceIndex: version,
        intelligenceIndexVersion: version,
        codingIndex,
        agenticIndex: codingIndex,
      },
    })
    const diff = between([model(metrics(3, 1))], [model(metrics(4, 2))])
    expect(pathsOf(filterDiff(diff, { rescale: 'omit' }))).toEqual(['metrics.agenticIndex', 'metrics.codingIndex'])
  })

  it('is decided for each model separately', () => {
    fc.assert(
      fc.property(anyCatalogue, anyCatalogue, (before, after) => {
        const whole = diffCatalogues(before, after)
        const { models } = filterDiff(whole, { rescale: 'omit' })
        const expected = whole.models.changed.flatMap((entry) => {
          const moved = entry.changes.some(({ path }) => path === 'metrics.intelligenceIndexVersion')
          const isRefit = ({ path, before, after }: Change): boolean =>
            whole.rescaled !== undefined && REFITTED.includes(path) && before !== undefined && after !== undefined
          const changes = entry.changes.filter(
            (change) => !(moved && RESCALED.includes(change.path)) && !isRefit(change),
          )
          return changes.length > 0 ? [{ ...entry, changes }] : []
        })
        expect(models.changed).toEqual(expected)
      }),
    )
  })
})

describe('filters together', () => {
  it('each apply, in any order', () => {
    fc.assert(
      fc.property(anyCatalogue, anyCatalogue, anyOnly, (before, after, only) => {
        const whole = diffCatalogues(before, after)
        const all = filterDiff(whole, { only, provider: ['acme'], rescale: 'omit' })
        const oneByOne = filterDiff(filterDiff(filterDiff(whole, { rescale: 'omit' }), { provider: ['acme'] }), {
          only,
        })
        expect(all).toEqual(oneByOne)
      }),
    )
  })

  it('without values keep everything', () => {
    fc.assert(
      fc.property(anyCatalogue, anyCatalogue, (before, after) => {
        const whole = diffCatalogues(before, after)
        expect(filterDiff(whole, {})).toEqual(whole)
      }),
    )
  })
})

describe('rescale: omit, if a commit names its scale', () => {
  const scored = (value: string, epochCapabilitiesIndex?: number, iq?: number) =>
    model({ value, ...(epochCapabilitiesIndex !== undefined && { metrics: { epochCapabilitiesIndex } }), iq })
  const scales = { from: 'epoch@2026-08-11', to: 'epoch@2026-08-20' }

  it('leaves out scores on both sides, and keeps the first score of a model', () => {
    const before = { providers: [], models: [scored('a', 150, 4), scored('b', undefined, 4), scored('c')] }
    const after = { providers: [], models: [scored('a', 149, 3), scored('b', undefined, 3), scored('c', 150, 4)] }
    const diff = diffCatalogues(before, after, scales)
    expect(diff.rescaled).toEqual(scales)
    expect(filterDiff(diff, { rescale: 'omit' }).models.changed.map(({ value }) => value)).toEqual(['c'])
    const sameScale = diffCatalogues(before, after, { ...scales, to: scales.from })
    expect(sameScale.rescaled).toBeUndefined()
    expect(filterDiff(sameScale, { rescale: 'omit' }).models.changed).toHaveLength(3)
  })
})
