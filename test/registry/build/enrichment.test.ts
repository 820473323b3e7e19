import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { SECOND_URL } from '../../support/registry/fake-source.ts'
import { HOUR, MINUTE, type OpenedRegistry, START, withRegistry } from '../../support/registry/opened-registry.ts'
import { causesOf, currentModel, put } from '../../support/registry/overriding.ts'
import { aaRow, type Facts } from '../../support/rows.ts'

afterEach(reset)

const OPENAI = { id: 'e67e56e3-15cd-43db-b679-da4660a69f41', name: 'OpenAI' }
const row = (facts: Facts = {}) => aaRow({ slug: 'gpt-x', model_creator: OPENAI, ...facts })
const ON = { vars: { MODELS_DEV_URL: SECOND_URL } }
const GPT_X = {
  id: 'gpt-x',
  knowledge: '2025-10',
  open_weights: true,
  reasoning: true,
  structured_output: true,
  limit: { context: 400_000, output: 64_000 },
  modalities: { input: ['text', 'image', 'pdf'], output: ['text'] },
  cost: { input: 1, output: 5, cache_read: 0.1, cache_write: 1.25 },
}
const gptX = (opened: OpenedRegistry) => currentModel(opened, 'gpt-x', 'openai')

/** It says something else of one model, while the first source has not answered yet. */
async function hearBeforePull(opened: OpenedRegistry): Promise<void> {
  opened.source.serve([row(), row({ slug: 'gpt-y', name: 'GPT-Y' })])
  opened.source.serveSecond({ openai: [GPT_X] })
  await opened.registry.refresh(false)
  await opened.pass(MINUTE)
  opened.source.serveSecond({ openai: [{ ...GPT_X, limit: { context: 2000 } }] })
  opened.source.answer = () => new Promise(() => undefined)
  void opened.registry.refresh(false)
  await vi.waitFor(() => expect(opened.registry.status().enrichment?.ageSeconds).toBe(0), { interval: 5 })
}

describe('the second source', () => {
  it('fills what the first one lacks, in the same version', () =>
    withRegistry(async (opened) => {
      opened.source.serve([row({ name: 'GPT-X (xhigh)' })])
      opened.source.serveSecond({ openai: [GPT_X], unheard: [{ id: 'gpt-x' }] })
      await opened.registry.refresh(false)
      expect(causesOf(opened)).toEqual(['pull'])
      expect(gptX(opened)).toMatchObject({
        ...{ family: 'gpt-x', effort: 'xhigh', status: 'active' },
        sdk: { model: 'gpt-x', npm: '@ai-sdk/openai' },
        knowledgeCutoff: '2025-10',
        openWeights: true,
        modalities: { input: ['text', 'image', 'pdf'], output: ['text'] },
        capabilities: { text: true, vision: true, audio: false, toolUse: true, json: true, reasoning: true },
        pricing: { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25, blended: 2 },
        metrics: { contextWindow: 400_000, maxOutput: 64_000 },
      })
      expect(opened.manifest(1).attribution.map(({ name }) => name)).toEqual(['Artificial Analysis', 'models.dev'])
    }, ON))

  it('is not credited where it says nothing of any model', () =>
    withRegistry(async (opened) => {
      opened.source.serve([aaRow()])
      opened.source.serveSecond({ openai: [GPT_X] })
      await opened.registry.refresh(false)
      expect(opened.manifest(1).attribution.map(({ name }) => name)).toEqual(['Artificial Analysis'])
    }, ON))

  it('takes nothing from what the first one says', () =>
    withRegistry(async (opened) => {
      const pricing = { price_1m_cache_hit_tokens: 0.2 }
      opened.source.serve([row({ name: 'GPT-X (Non-reasoning)', pricing, release_date: '2026-01-20' })])
      opened.source.serveSecond({ openai: [{ ...GPT_X, status: 'deprecated' }] })
      await opened.registry.refresh(false)
      expect(gptX(opened)).toMatchObject({
        ...{ releaseDate: '2026-01-20', status: 'deprecated' },
        capabilities: { reasoning: false },
        pricing: { input: 1, cacheRead: 0.2, cacheWrite: 1.25 },
      })
    }, ON))

  it('gives way to overrides, also in what they make absent', () =>
    withRegistry(async (opened) => {
      opened.source.serve([row()])
      opened.source.serveSecond({ openai: [GPT_X] })
      await opened.registry.refresh(false)
      const target = { provider: 'openai', value: 'gpt-x' }
      const override = { ...target, set: { metrics: { maxOutput: 1 } }, unset: ['sdk', 'pricing.cacheRead'], note: 'n' }
      opened.registry.changeOverrides({ changes: [{ ...target, override }], by: 'root', dryRun: false })
      const model = gptX(opened)
      expect(model).toMatchObject({ metrics: { maxOutput: 1, contextWindow: 400_000 } })
      expect([model?.sdk, model?.pricing?.cacheRead]).toEqual([undefined, undefined])
    }, ON))

  it('is asked with its ETag, and told in the status when it was last heard', () =>
    withRegistry(async (opened) => {
      opened.source.serve([row()])
      opened.source.serveSecond({ openai: [GPT_X] }, '"one"')
      await opened.registry.refresh(false)
      await opened.pass(HOUR)
      expect(opened.registry.status().enrichment).toEqual({ at: new Date(START).toISOString(), ageSeconds: 3600 })
      await opened.registry.refresh(false)
      expect(opened.source.secondAsked).toEqual([null, '"one"'])
      expect(opened.registry.status()).toMatchObject({ enrichment: { ageSeconds: 0 }, warnings: [] })
      expect(gptX(opened)?.metrics?.contextWindow).toBe(400_000)
    }, ON))

  it('makes a version by itself when the first one cannot be heard', () =>
    withRegistry(async (opened) => {
      opened.source.serve([row()])
      opened.source.serveSecond({ openai: [GPT_X] })
      await opened.registry.refresh(false)
      await opened.pass(MINUTE)
      opened.source.refuse(500)
      opened.source.serveSecond({ openai: [{ ...GPT_X, limit: { context: 1_000_000 } }] })
      expect(await opened.registry.refresh(false)).toMatchObject({ ok: false })
      expect(causesOf(opened)).toEqual(['pull', 'enrichment'])
      expect(gptX(opened)?.metrics?.contextWindow).toBe(1_000_000)
      await opened.registry.refresh(false)
      expect(opened.rows()).toHaveLength(2)
    }, ON))

  it('makes no version of what nobody is shown', () =>
    withRegistry(async (opened) => {
      opened.source.serve([row()])
      opened.source.serveSecond({ openai: [GPT_X] })
      await opened.registry.refresh(false)
      opened.source.refuse(500)
      opened.source.serveSecond({ openai: [{ ...GPT_X, last_updated: '2026-02-01' }, { id: 'other' }] })
      await opened.registry.refresh(false)
      expect(causesOf(opened)).toEqual(['pull'])
    }, ON))

  it('makes a version by itself when the pull that came with it is held', () =>
    withRegistry(async (opened) => {
      const others = Array.from({ length: 9 }, (_, index) => aaRow({ slug: `m${index}` }))
      opened.source.serve([row(), ...others])
      opened.source.serveSecond({ openai: [GPT_X] })
      await opened.registry.refresh(false)
      await opened.pass(MINUTE)
      opened.source.serve([row()])
      opened.source.serveSecond({ openai: [{ ...GPT_X, knowledge: '2026' }] })
      expect(await opened.registry.refresh(false)).toMatchObject({ value: { outcome: 'held' } })
      expect(causesOf(opened)).toEqual(['pull', 'enrichment'])
      expect(opened.manifest(2).models).toHaveLength(10)
      expect(gptX(opened)?.knowledgeCutoff).toBe('2026')
    }, ON))

  it('makes no version while a rollback is in force, and its facts when that is lifted', () =>
    withRegistry(async (opened) => {
      opened.source.serve([row()])
      opened.source.serveSecond({ openai: [GPT_X] })
      await opened.registry.refresh(false)
      const { version = '' } = opened.registry.current() ?? {}
      opened.registry.rollBack({ by: 'version', hex: version.slice(3) }, 'why')
      opened.source.serveSecond({ openai: [{ ...GPT_X, knowledge: '2026' }] })
      await opened.registry.refresh(false)
      expect(gptX(opened)?.knowledgeCutoff).toBe('2025-10')
      opened.registry.liftPin()
      expect(gptX(opened)?.knowledgeCutoff).toBe('2026')
    }, ON))

  it('is kept in a backup, and known after the object starts anew', () =>
    withRegistry(async (opened) => {
      opened.source.serve([row()])
      opened.source.serveSecond({ openai: [GPT_X] })
      await opened.registry.refresh(false)
      const backup = opened.registry.export(false)
      const text = backup.ok ? await new Response(backup.value).text() : ''
      await opened.reopen(ON.vars)
      opened.source.refuse(500)
      opened.source.answerSecond = () => new Response('no', { status: 500 })
      await opened.registry.refresh(false)
      expect(gptX(opened)?.metrics?.contextWindow).toBe(400_000)
      for (const table of ['diffs', 'revisions', 'entities', 'versions', 'pulls', 'settings', 'enrichments'])
        opened.db.sql.exec(`delete from ${table}`)
      expect(opened.registry.restore(1, text)).toMatchObject({ ok: true })
      await opened.pass(MINUTE)
      const target = { provider: 'openai', value: 'gpt-x' }
      const override = { ...target, set: { status: 'preview' as const }, note: 'n' }
      opened.registry.changeOverrides({ changes: [{ ...target, override }], by: 'root', dryRun: false })
      expect(gptX(opened)).toMatchObject({ status: 'preview', metrics: { contextWindow: 400_000 } })
    }, ON))

  it('that was heard while the pull is still under way is a version of its own, before any override', () =>
    withRegistry(async (opened) => {
      await hearBeforePull(opened)
      const target = { provider: 'openai', value: 'gpt-y' }
      const made = put(opened, { ...target, set: { openWeights: true } })
      expect(made).toMatchObject({ outcome: 'committed', changes: { added: 0, removed: 0, changed: 1 } })
      expect(causesOf(opened)).toEqual(['pull', 'enrichment', 'override'])
    }, ON))

  it('that was heard before the object ended is told from settings that changed', () =>
    withRegistry(async (opened) => {
      await hearBeforePull(opened)
      await opened.reopen(ON.vars)
      await opened.pass(MINUTE)
      expect(gptX(opened)?.metrics?.contextWindow).toBe(2000)
      expect(causesOf(opened)).toEqual(['pull', 'enrichment'])
    }, ON))

  it('is left out, without being asked, once it is turned off', () =>
    withRegistry(async (opened) => {
      opened.source.serve([row()])
      opened.source.serveSecond({ openai: [GPT_X] })
      await opened.registry.refresh(false)
      await opened.reopen()
      await opened.pass(MINUTE)
      expect(causesOf(opened)).toEqual(['pull', 'rebuild'])
      expect(gptX(opened)).not.toHaveProperty('sdk')
      expect(opened.registry.status()).not.toHaveProperty('enrichment')
      await opened.registry.refresh(false)
      expect(opened.source.secondAsked).toHaveLength(1)
    }, ON))
})

describe('a second source that fails', () => {
  const FAILURES: [what: string, answer: () => Response | Promise<Response>, told: RegExp][] = [
    ['is down', () => Promise.reject(new Error('connection refused')), /connection refused/],
    ['answers 503', () => new Response('', { status: 503 }), /503/],
    ['answers 429', () => new Response('', { status: 429 }), /429/],
    ['answers 404', () => new Response('', { status: 404 }), /404.*MODELS_DEV_URL/],
    ['answers a page', () => new Response('<html>'), /HTML/],
    ['is nested without end', () => new Response(`{"openai":${'['.repeat(50_000)}${']'.repeat(50_000)}}`), /nested/],
    ['answers something else', () => Response.json({ a: 1 }), /models\.dev/],
    ['has lost most of its models', () => Response.json({ openai: { name: 'o', models: {} } }), /models/],
  ]

  it.each(FAILURES)('because it %s fails no pull, and its last good catalogue is used', (_, answer, told) =>
    withRegistry(async (opened) => {
      opened.source.serve([row()])
      opened.source.serveSecond({ openai: [GPT_X] })
      await opened.registry.refresh(false)
      await opened.pass(HOUR)
      opened.source.answerSecond = answer
      opened.source.serve([row({ name: 'GPT-X (high)' })])
      expect(await opened.registry.refresh(false)).toMatchObject({ value: { outcome: 'committed' } })
      expect(gptX(opened)).toMatchObject({ effort: 'high', metrics: { contextWindow: 400_000 } })
      expect(opened.registry.status()).toMatchObject({
        enrichment: { ageSeconds: 3600 },
        warnings: [{ code: 'enrichment-failed', detail: expect.stringMatching(told) }],
      })
    }, ON),
  )

  it('is asked again an hour later, and fills in what it then says', () =>
    withRegistry(async (opened) => {
      opened.source.serve([row()])
      opened.source.answerSecond = () => new Response('', { status: 503 })
      await opened.registry.refresh(false)
      expect(gptX(opened)).not.toHaveProperty('sdk')
      expect(opened.registry.status()).not.toHaveProperty('enrichment')
      opened.source.serveSecond({ openai: [GPT_X] })
      await opened.pass(HOUR)
      expect(causesOf(opened)).toEqual(['pull', 'enrichment'])
      expect(opened.source.requests).toBe(1)
      expect(opened.registry.status()).toMatchObject({ enrichment: { ageSeconds: 0 }, warnings: [] })
    }, ON))

  it('is said to be stale after two days', () =>
    withRegistry(async (opened) => {
      opened.source.serve([row()])
      opened.source.serveSecond({ openai: [GPT_X] })
      await opened.registry.refresh(false)
      opened.source.answerSecond = () => new Response('', { status: 503 })
      await opened.pass(49 * HOUR)
      expect(opened.registry.status().warnings.map(({ code }) => code)).toContain('enrichment-stale')
    }, ON))

  it('that has lost much is taken only by force', () =>
    withRegistry(async (opened) => {
      const many = Array.from({ length: 20 }, (_, index) => ({ id: `other-${index}` }))
      opened.source.serve([row()])
      opened.source.serveSecond({ openai: [GPT_X, ...many] })
      await opened.registry.refresh(false)
      opened.source.serveSecond({ openai: many.slice(0, 10) })
      await opened.registry.refresh(false)
      expect(gptX(opened)).toHaveProperty('sdk')
      expect(opened.registry.status().warnings[0]?.detail).toMatch(/11 of 21 models are gone.*force=true/)
      await opened.registry.refresh(true)
      expect(gptX(opened)).not.toHaveProperty('sdk')
      expect(opened.registry.status().warnings).toEqual([])
    }, ON))
})
