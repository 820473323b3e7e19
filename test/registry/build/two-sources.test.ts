import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import type { Model } from '../../../src/core/schema/model.ts'
import type { Disagreement } from '../../../src/core/schema/operations.ts'
import { MODELS_DEV_URL } from '../../support/registry/fake-source.ts'
import {
  HOUR,
  MINUTE,
  type OpenedRegistry,
  START,
  unwrap,
  withRegistry,
} from '../../support/registry/opened-registry.ts'
import { causesOf, current, currentModel, put } from '../../support/registry/overriding.ts'
import { sendModelsDev } from '../../support/registry/recorded/models-dev-days.ts'
import { DAY } from '../../support/registry/stored/stored-history.ts'
import { aaRow, type Facts } from '../../support/rows.ts'

afterEach(reset)

const ON = { vars: { MODELS_DEV_URL } }
const ALONE = { vars: { MODELS_DEV_URL, AA_API_KEY: '', AA_TIER: 'off' } }
const DEEPSEEK = { id: '58b835bf-4c87-4f87-a846-df4b692c6e7d', name: 'DeepSeek' }

const measured = (input: number, output: number, facts: Facts = {}) => [
  aaRow({
    ...{ slug: 'deepseek-reasoner', model_creator: DEEPSEEK, release_date: '2026-01-15', ...facts },
    pricing: { price_1m_input_tokens: input, price_1m_output_tokens: output },
  }),
]
const ROW = {
  ...{ id: 'deepseek-reasoner', name: 'DeepSeek Reasoner', release_date: '2026-01-15', knowledge: '2025-10' },
  cost: { input: 0.14, output: 0.28 },
}
const LISTED = { deepseek: [ROW] }

const disagreementsIn = ({ registry }: OpenedRegistry): Disagreement[] =>
  JSON.parse(new TextDecoder().decode(unwrap(registry.disagreements())))
const joined = (opened: OpenedRegistry): Model | undefined => currentModel(opened, 'deepseek-reasoner', 'deepseek')

describe('a model that both sources have under one id', () => {
  it('is one model, with the id, scores and speed of one source and the name, prices and limits of the other', () =>
    withRegistry(async (opened) => {
      const [row] = measured(0.14, 0.28)
      opened.send([row ?? {}], { at: START - 1 })
      sendModelsDev(opened, LISTED)
      expect(current(opened).models).toHaveLength(1)
      expect(joined(opened)).toMatchObject({
        ...{ id: row?.id, name: 'DeepSeek Reasoner', lab: 'deepseek', family: 'deepseek/deepseek-reasoner' },
        ...{ firstParty: true, type: 'chat', iq: 1, speed: 2, knowledgeCutoff: '2025-10' },
        ...{ pricing: { input: 0.14, output: 0.28 }, sdk: { model: 'deepseek-reasoner' } },
        metrics: { contextWindow: 200_000, maxOutput: 64_000, intelligenceIndex: 30.5 },
      })
    }, ON))

  it('loses no fact if one source states another price, and the difference is listed', () =>
    withRegistry(async (opened) => {
      opened.send(measured(0.14, 0.28), { at: START - 2 })
      sendModelsDev(opened, LISTED, { at: START - 1 })
      const before = joined(opened)
      expect(disagreementsIn(opened).filter(({ path }) => path.startsWith('pricing'))).toEqual([])
      expect(opened.send(measured(0.66, 1.98))).toMatchObject({ ok: true, value: { outcome: 'unchanged' } })
      expect(joined(opened)).toEqual(before)
      const dropped = disagreementsIn(opened).filter(({ path }) => path.startsWith('pricing'))
      expect(dropped).toMatchObject([
        {
          ...{ provider: 'deepseek', value: 'deepseek-reasoner', path: 'pricing.input' },
          kept: { source: 'models.dev', fact: 0.14 },
          dropped: { source: 'artificial-analysis', fact: 0.66 },
        },
        { path: 'pricing.output', kept: { fact: 0.28 }, dropped: { fact: 1.98 } },
      ])
    }, ON))

  it('gives only its score to a host of the model', () =>
    withRegistry(async (opened) => {
      opened.send(measured(0.14, 0.28), { at: START - 1 })
      const hosted = { id: 'deepseek/deepseek-reasoner', canonical_model_id: 'deepseek/deepseek-reasoner' }
      sendModelsDev(opened, { ...LISTED, host: [hosted] })
      const model = currentModel(opened, 'deepseek/deepseek-reasoner', 'host')
      expect(model).toMatchObject({ family: 'deepseek/deepseek-reasoner', iq: 1 })
      expect(model?.metrics).not.toHaveProperty('intelligenceIndex')
      expect(model).not.toHaveProperty('speed')
    }, ON))

  it('returns to one source when the other no longer has it', () =>
    withRegistry(async (opened) => {
      opened.send([...measured(0.14, 0.28), aaRow()], { at: START - 2 })
      sendModelsDev(opened, LISTED, { at: START - 1 })
      opened.send([aaRow()], { forced: true })
      expect(joined(opened)).toMatchObject({ id: 'models.dev:deepseek/deepseek-reasoner', name: 'DeepSeek Reasoner' })
      expect(joined(opened)).not.toHaveProperty('iq')
    }, ON))
})

describe('a registry of models.dev alone', () => {
  it('is built from its rows, with its attribution and no basis of scores', () =>
    withRegistry(async (opened) => {
      opened.source.serveModelsDev({
        openai: [{ id: 'gpt-x', name: 'GPT-X (latest)' }],
        host: [{ id: 'openai/gpt-x' }],
      })
      expect(await opened.registry.refresh({})).toMatchObject({ value: { outcome: 'committed', seq: 1 } })
      const { models, providers, attribution, ...manifest } = current(opened)
      expect(models).toMatchObject([
        { provider: 'host', value: 'openai/gpt-x', family: 'openai/gpt-x' },
        { id: 'models.dev:openai/gpt-x', provider: 'openai', value: 'gpt-x', alias: 'GPT-X', firstParty: true },
      ])
      for (const model of models) expect([model.iq, model.speed]).toEqual([undefined, undefined])
      expect(providers.map(({ value }) => value)).toEqual(['host', 'openai'])
      expect(attribution).toMatchObject([{ name: 'models.dev', url: 'https://models.dev/' }])
      expect(manifest).not.toHaveProperty('iqBasis')
      expect(causesOf(opened)).toEqual(['pull'])
    }, ALONE))

  it('accepts no pull of Artificial Analysis', () =>
    withRegistry(async (opened) => {
      expect(opened.send()).toMatchObject({ failure: { code: 'configuration' } })
      expect(opened.pulls()).toEqual([])
    }, ALONE))

  it('accepts overrides', () =>
    withRegistry(async (opened) => {
      sendModelsDev(opened, LISTED)
      put(opened, { provider: 'deepseek', value: 'deepseek-reasoner', set: { iq: 4 } })
      expect(joined(opened)?.iq).toBe(4)
    }, ALONE))
})

describe('a disabled source', () => {
  it('is left out immediately, and returns with its accepted data when it is enabled', () =>
    withRegistry(async (opened) => {
      opened.send([aaRow()], { at: START - 1 })
      sendModelsDev(opened, LISTED)
      await opened.reopen(ALONE.vars)
      await opened.pass(MINUTE)
      expect(current(opened).models.map(({ value }) => value)).toEqual(['deepseek-reasoner'])
      expect(current(opened).attribution.map(({ name }) => name)).toEqual(['models.dev'])
      await opened.reopen()
      await opened.pass(MINUTE)
      expect(current(opened).models.map(({ value }) => value)).toEqual(['acme-one'])
      await opened.reopen(ON.vars)
      await opened.pass(MINUTE)
      expect(current(opened).models.map(({ value }) => value)).toEqual(['acme-one', 'deepseek-reasoner'])
      expect(causesOf(opened)).toEqual(['import', 'import', 'rebuild', 'rebuild', 'rebuild'])
    }, ON))

  it('is not pulled', () =>
    withRegistry(async (opened) => {
      opened.source.serve()
      await opened.registry.refresh({})
      expect(opened.source.modelsDevTags).toEqual([])
      expect(opened.registry.status().sources).not.toHaveProperty('models.dev')
    }))
})

describe('PROVIDERS', () => {
  const DAYS = { alpha: [{ id: 'a' }], beta: [{ id: 'b' }], gamma: [{ id: 'c' }] }
  const valuesIn = (opened: OpenedRegistry) => current(opened).providers.map(({ value }) => value)

  it.each([
    ['alpha,gamma', ['alpha', 'gamma']],
    ['-beta', ['alpha', 'gamma']],
    ['all,-alpha', ['beta', 'gamma']],
  ])('%s narrows the catalogue', (setting, kept) =>
    withRegistry(
      async (opened) => {
        sendModelsDev(opened, DAYS)
        expect(valuesIn(opened)).toEqual(kept)
      },
      { vars: { ...ON.vars, PROVIDERS: setting } },
    ),
  )

  it('is applied by a rebuild when it changes, without a pull', () =>
    withRegistry(async (opened) => {
      sendModelsDev(opened, DAYS)
      const [first] = opened.commits()
      await opened.reopen({ ...ON.vars, PROVIDERS: 'alpha' })
      await opened.pass(MINUTE)
      expect(valuesIn(opened)).toEqual(['alpha'])
      expect(opened.commits()[1]).toMatchObject({ cause: 'rebuild', changes: { added: 0, removed: 2, changed: 0 } })
      await opened.reopen(ON.vars)
      await opened.pass(MINUTE)
      expect(opened.commits()[2]).toMatchObject({ root: first?.root, version: first?.version })
    }, ON))

  it('warns only about a name that no source has, as soon as it is set', () =>
    withRegistry(
      async (opened) => {
        expect(opened.registry.status().warnings).toEqual([])
        sendModelsDev(opened, DAYS)
        await opened.reopen({ ...ON.vars, PROVIDERS: 'all, betta, -gamma, -delta' })
        expect(opened.registry.status().warnings).toEqual([
          {
            ...{ code: 'unknown-provider' },
            detail: 'PROVIDERS names "betta", which no source has; did you mean "beta"?',
          },
          { code: 'unknown-provider', detail: expect.stringMatching(/"delta", which no source has/) },
        ])
      },
      { vars: { ...ON.vars, PROVIDERS: 'alpha' } },
    ))

  it('is not a loss for the guard', () =>
    withRegistry(
      async (opened) => {
        sendModelsDev(opened, DAYS, { at: START - DAY })
        expect(sendModelsDev(opened, DAYS)).toMatchObject({ value: { outcome: 'unchanged' } })
      },
      { vars: { ...ON.vars, PROVIDERS: 'alpha' } },
    ))

  it('still uses the facts of a left-out provider for families', () =>
    withRegistry(
      async (opened) => {
        opened.send(measured(0.14, 0.28), { at: START - 1 })
        const hosted = { id: 'deepseek/deepseek-reasoner', canonical_model_id: 'deepseek/deepseek-reasoner' }
        sendModelsDev(opened, { ...LISTED, host: [hosted] })
        expect(current(opened).models).toMatchObject([{ provider: 'host', iq: 1 }])
      },
      { vars: { ...ON.vars, PROVIDERS: 'host' } },
    ))
})

describe('a value that cannot be read', () => {
  it('is absent, counted by field and shown with an example', () =>
    withRegistry(async (opened) => {
      const rows = [
        { id: 'a', cost: { input: -1, output: 5 } },
        { id: 'b', cost: { input: '0.15', output: 5 } },
        { id: 'c', release_date: '2025-02-31' },
      ]
      sendModelsDev(opened, { alpha: rows })
      expect(current(opened).models).toHaveLength(3)
      expect(currentModel(opened, 'a', 'alpha')?.pricing).not.toHaveProperty('input')
      const { unread = [] } = opened.registry.status().sources['models.dev'] ?? {}
      expect(unread).toContainEqual({
        ...{ field: expect.stringContaining('release_date'), count: 1 },
        example: expect.stringContaining('2025-02-31'),
      })
      expect(unread).toContainEqual({
        field: expect.stringContaining('cost'),
        ...{ count: expect.any(Number), example: expect.stringContaining('alpha/a') },
      })
    }, ON))

  it('does not stop an update: one odd date of Artificial Analysis among many rows', () =>
    withRegistry(async (opened) => {
      const odd = aaRow({ slug: 'odd', release_date: '2023-07-99' })
      expect(opened.send([aaRow(), odd])).toMatchObject({ value: { outcome: 'committed', changes: { added: 2 } } })
      expect(opened.registry.status().sources['artificial-analysis']?.unread).toEqual([
        { field: 'release_date', count: 1, example: expect.stringContaining('2023-07-99') },
      ])
    }))

  it('is no longer shown once it can be read', () =>
    withRegistry(async (opened) => {
      opened.send([aaRow({ release_date: 'soon' })], { at: START - HOUR })
      opened.send([aaRow()])
      expect(opened.registry.status().sources['artificial-analysis']).not.toHaveProperty('unread')
    }))
})

describe('a rollback with several parts', () => {
  it('does not keep a provider, once it is lifted, that was removed meanwhile', () =>
    withRegistry(async (opened) => {
      sendModelsDev(opened, { alpha: [{ id: 'a' }], beta: [{ id: 'b' }] }, { at: START - 2 })
      opened.registry.rollBack({ by: 'at', time: START - 2 }, 'why')
      sendModelsDev(opened, { alpha: [{ id: 'a' }] }, { at: START - 1 })
      opened.registry.liftPin()
      expect(current(opened).providers.map(({ value }) => value)).toEqual(['alpha'])
    }, ON))

  const day = (name: string) => ({ alpha: [{ id: 'a', name }], beta: [{ id: 'b' }] })

  it('restores the parts that differ, and the current ones when it is lifted', () =>
    withRegistry(async (opened) => {
      sendModelsDev(opened, day('one'), { at: START - 3 })
      sendModelsDev(opened, { ...day('two'), gamma: [{ id: 'c' }] }, { at: START - 2, forced: true })
      const [first, second] = opened.commits()
      expect(opened.registry.rollBack({ by: 'at', time: START - 3 }, 'why')).toMatchObject({
        value: { outcome: 'committed', changes: { added: 0, removed: 1, changed: 1 } },
      })
      expect(opened.commits()[2]?.root).toBe(first?.root)
      expect(opened.manifest(3)).toEqual(opened.manifest(1))
      await opened.pass(MINUTE)
      sendModelsDev(opened, { ...day('three'), gamma: [{ id: 'c' }] })
      expect(opened.commits()).toHaveLength(3)
      await opened.pass(MINUTE)
      sendModelsDev(opened, { ...day('two'), gamma: [{ id: 'c' }] })
      opened.registry.liftPin()
      expect(opened.commits()[3]).toMatchObject({ root: second?.root, cause: 'rebuild' })
    }, ON))
})
