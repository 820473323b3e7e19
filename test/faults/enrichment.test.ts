/** Faults of the second source: what it filled in goes on being served, and no pull waits for it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rowsOf, type Service, startService } from '../support/faults/service.ts'
import { configureObject } from '../support/http/registry-app.ts'
import { SECOND_URL } from '../support/registry/fake-source.ts'
import { HOUR, MINUTE } from '../support/registry/opened-registry.ts'
import { aaRow } from '../support/rows.ts'

const OPENAI = { id: 'e67e56e3-15cd-43db-b679-da4660a69f41', name: 'OpenAI' }
const catalogue = (context: number) => ({ openai: [{ id: 'gpt-x', limit: { context } }, { id: 'gpt-y' }] })

let service: Service
beforeEach(async () => {
  service = await startService()
  const { source } = service
  service.serve = (day) => source.serve([...rowsOf(day), aaRow({ slug: 'gpt-x', model_creator: OPENAI })])
  source.serveSecond(catalogue(1000))
  await configureObject({ MODELS_DEV_URL: SECOND_URL })
  service.serve('A')
  await service.nextCron()
  await service.pass(MINUTE)
  await expectContextWindow(1000)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await configureObject({ MODELS_DEV_URL: '' })
})

async function expectContextWindow(tokens: number): Promise<void> {
  const { models } = await service.manifest()
  expect(models.find(({ value }) => value === 'gpt-x')?.metrics?.contextWindow).toBe(tokens)
}

describe('models.dev', () => {
  it.each<[string, RegExp, () => Response | Promise<Response>]>([
    ['refuses connections', /refused/, () => Promise.reject(new Error('connection refused'))],
    ['answers 503', /503/, () => new Response('', { status: 503 })],
    ['answers 429 all day', /429/, () => new Response('', { status: 429, headers: { 'retry-after': '86400' } })],
    ['is cut in the middle', /not JSON/, () => new Response('{"openai":{"name":"Open')],
    [
      'is nested without end',
      /nested more than/,
      () => new Response(`{"openai":{"name":"O","models":{},"extra":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`),
    ],
    ['answers HTML with 200', /HTML/, () => new Response('<!doctype html>')],
    [
      'has lost half of its models',
      /1 of 2 models are gone/,
      () => Response.json({ openai: { name: 'O', models: { 'gpt-y': { id: 'gpt-y', name: 'Y' } } } }),
    ],
  ])('%s: the pull commits, with what was known', async (_, told, answer) => {
    service.source.answerSecond = answer
    service.serve('B')
    await service.nextCron()
    await service.pass(MINUTE)
    await service.expectServed('B')
    await expectContextWindow(1000)
    const { warnings, enrichment } = await service.status()
    expect(warnings).toEqual([{ code: 'enrichment-failed', detail: expect.stringMatching(told) }])
    expect(enrichment?.ageSeconds).toBeGreaterThan(20 * 3600)
    service.source.serveSecond(catalogue(2000))
    await service.expectRecovery('C')
    await expectContextWindow(2000)
  })

  it('comes back within the hour, without a pull', async () => {
    service.source.answerSecond = () => new Response('', { status: 503 })
    await service.nextCron()
    service.source.serveSecond(catalogue(2000))
    await service.pass(HOUR + MINUTE)
    await expectContextWindow(2000)
    expect((await service.status()).warnings).toEqual([])
  })

  it('is heard, and the object ended before the pull that it came with: its facts are built in when it wakes up', async () => {
    const released = Promise.withResolvers<void>()
    service.source.serveSecond(catalogue(2000))
    const asked = vi.spyOn(service.source, 'fetch')
    service.source.answer = () => released.promise.then(() => new Response('', { status: 500 }))
    const ended = service.nextCron().catch(() => undefined) // it dies with the object
    await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(2), { interval: 5, timeout: 10_000 })
    await vi.waitFor(async () => expect((await service.status()).enrichment?.ageSeconds).toBeLessThan(60), 10_000)
    await service.crash()
    released.resolve()
    await ended
    await service.pass(MINUTE)
    await service.expectServed('A')
    await expectContextWindow(2000)
    await service.expectRecovery()
  })
})
