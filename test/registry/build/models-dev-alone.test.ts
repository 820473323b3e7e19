import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { SECOND_URL } from '../../support/registry/fake-source.ts'
import { HOUR, MINUTE, SECOND, withRegistry } from '../../support/registry/opened-registry.ts'
import { causesOf, current } from '../../support/registry/overriding.ts'
import { aaRow } from '../../support/rows.ts'

afterEach(reset)

const OFF = { vars: { MODELS_DEV_URL: SECOND_URL, AA_TIER: 'off', AA_API_KEY: '' } }
const GPT_X = { id: 'gpt-x', name: 'GPT-X (latest)', cost: { input: 1, output: 5, cache_read: 0.1 } }
const CLAUDE = { id: 'claude-y', status: 'beta' }

describe('a registry with AA_TIER=off', () => {
  it('is made of models.dev alone: its models, no scores, its own attribution', () =>
    withRegistry(async (opened) => {
      opened.source.serveSecond({ openai: [GPT_X], anthropic: [CLAUDE], unheard: [{ id: 'x' }] })
      expect(await opened.registry.refresh(false)).toMatchObject({ value: { outcome: 'committed', seq: 1 } })
      expect(opened.source.requests).toBe(0)
      const { models, providers, attribution } = current(opened)
      expect(models).toMatchObject([
        { id: 'models.dev:anthropic/claude-y', provider: 'anthropic', value: 'claude-y', status: 'preview' },
        {
          ...{ id: 'models.dev:openai/gpt-x', provider: 'openai', value: 'gpt-x', alias: 'GPT-X' },
          ...{ sdk: { model: 'gpt-x', npm: '@ai-sdk/openai' }, releaseDate: '2026-01-15' },
          pricing: { input: 1, output: 5, cacheRead: 0.1, blended: 2 },
        },
      ])
      for (const model of models) expect([model.iq, model.speed]).toEqual([undefined, undefined])
      expect(providers.map(({ value }) => value)).toEqual(['anthropic', 'openai'])
      expect(attribution).toEqual([{ name: 'models.dev', url: 'https://models.dev/' }])
      expect(causesOf(opened)).toEqual(['enrichment'])
    }, OFF))

  it('lists what a provider serves by itself, not what other hosts say of it', () =>
    withRegistry(async (opened) => {
      opened.source.serveSecond({ openai: [GPT_X], openrouter: [{ id: 'openai/gpt-x' }, { id: 'openai/gpt-z' }] })
      await opened.registry.refresh(false)
      expect(current(opened).models.map(({ value }) => value)).toEqual(['gpt-x'])
    }, OFF))

  it('runs by the cron, and records what each run came to', () =>
    withRegistry(async (opened) => {
      opened.source.serveSecond({ openai: [GPT_X] }, '"one"')
      await opened.registry.runScheduled()
      await opened.pass(HOUR)
      expect(await opened.registry.runScheduled()).toMatchObject({ value: { outcome: 'unchanged' } })
      expect(opened.outcomes()).toEqual(['committed', 'unchanged'])
      expect(opened.registry.status()).toMatchObject({
        ...{ counts: { providers: 1, models: 1 }, lastPull: { id: 2, outcome: 'unchanged' }, warnings: [] },
        enrichment: { ageSeconds: 0 },
      })
    }, OFF))

  it('fills itself at the first read', () =>
    withRegistry(async (opened) => {
      opened.source.serveSecond({ openai: [GPT_X] })
      expect(opened.registry.fill()).toBe('empty')
      await opened.registry.refresh(false)
      expect(opened.rows()).toHaveLength(1)
    }, OFF))

  it('says that it failed, keeps what it has and tries again', () =>
    withRegistry(async (opened) => {
      opened.source.serveSecond({ openai: [GPT_X] })
      await opened.registry.refresh(false)
      opened.source.answerSecond = () => new Response('', { status: 503 })
      expect(await opened.registry.refresh(false)).toMatchObject({
        failure: { code: 'source-failed', detail: expect.stringContaining('models.dev') },
      })
      expect(opened.outcomes()).toEqual(['committed', 'unavailable'])
      opened.source.serveSecond({ openai: [{ ...GPT_X, name: 'GPT-X' }] })
      await opened.pass(5 * MINUTE)
      expect(opened.outcomes()).toEqual(['committed', 'unavailable', 'committed'])
    }, OFF))

  it('takes overrides', () =>
    withRegistry(async (opened) => {
      opened.source.serveSecond({ openai: [GPT_X] })
      await opened.registry.refresh(false)
      const target = { provider: 'openai', value: 'gpt-x' }
      const override = { ...target, set: { iq: 4 }, note: 'n' }
      expect(
        opened.registry.changeOverrides({ changes: [{ ...target, override }], by: 'root', dryRun: false }).ok,
      ).toBe(true)
      expect(current(opened).models[0]?.iq).toBe(4)
    }, OFF))

  it('takes no pull of Artificial Analysis, nor one that was held before', () =>
    withRegistry(async (opened) => {
      expect(opened.send()).toMatchObject({
        failure: { code: 'configuration', detail: expect.stringContaining('AA_TIER') },
      })
      await opened.reopen({ ...OFF.vars, AA_TIER: 'free' })
      opened.send(Array.from({ length: 9 }, (_, index) => aaRow({ slug: `m${index}` })))
      await opened.pass(MINUTE)
      expect(opened.send([aaRow()])).toMatchObject({ value: { outcome: 'held' } })
      await opened.reopen(OFF.vars)
      expect(opened.registry.accept(2)).toMatchObject({ failure: { code: 'conflict' } })
    }, OFF))

  it('is rebuilt of what is known as soon as the tier is changed, and back', () =>
    withRegistry(async (opened) => {
      opened.source.serve([aaRow()])
      opened.source.serveSecond({ openai: [GPT_X] })
      await opened.reopen({ MODELS_DEV_URL: SECOND_URL })
      await opened.registry.refresh(false)
      await opened.reopen(OFF.vars)
      await opened.pass(MINUTE)
      expect(current(opened).models.map(({ id }) => id)).toEqual(['models.dev:openai/gpt-x'])
      await opened.reopen({ MODELS_DEV_URL: SECOND_URL })
      await opened.pass(MINUTE)
      expect(current(opened).models.map(({ value }) => value)).toEqual(['acme-one'])
      expect(causesOf(opened)).toEqual(['pull', 'rebuild', 'rebuild'])
    }, OFF))

  it('is asked at once for what takes the place of Artificial Analysis, where nothing is known of it', () =>
    withRegistry(async (opened) => {
      opened.source.serve([aaRow()])
      await opened.reopen({ MODELS_DEV_URL: '' })
      await opened.registry.refresh(false)
      opened.source.serveSecond({ openai: [GPT_X] })
      await opened.reopen(OFF.vars)
      await opened.pass(MINUTE)
      expect(current(opened).models.map(({ id }) => id)).toEqual(['models.dev:openai/gpt-x'])
    }, OFF))

  it('is not asked at every start when that fails', () =>
    withRegistry(async (opened) => {
      opened.source.serve([aaRow()])
      await opened.reopen({ MODELS_DEV_URL: '' })
      await opened.registry.refresh(false)
      opened.source.answerSecond = () => new Response('', { status: 404 })
      for (let starts = 0; starts < 3; starts++) {
        await opened.reopen(OFF.vars)
        await opened.pass(SECOND)
      }
      expect(opened.source.secondAsked).toHaveLength(1)
    }, OFF))

  it('without models.dev lives on the pulls that it is sent', () =>
    withRegistry(
      async (opened) => {
        expect(opened.send()).toMatchObject({ value: { outcome: 'committed' } })
        expect(current(opened).models.map(({ value }) => value)).toEqual(['acme-one'])
      },
      { vars: { ...OFF.vars, MODELS_DEV_URL: '' } },
    ))

  it('needs models.dev for a run', () =>
    withRegistry(
      async (opened) => {
        expect(await opened.registry.refresh(false)).toMatchObject({ failure: { code: 'configuration' } })
        expect(opened.registry.status().warnings).toMatchObject([
          { code: 'no-pulls', detail: expect.stringContaining('MODELS_DEV_URL') },
        ])
      },
      { vars: { ...OFF.vars, MODELS_DEV_URL: '' } },
    ))
})
