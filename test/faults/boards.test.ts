/** Faults of Epoch and Arena: the last good scores are served, other sources continue, and the status shows why. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Diff, VersionInfo } from '../../src/core/schema/history.ts'
import type { SourceName } from '../../src/core/vocabulary.ts'
import { type Boards, OFF, startBoards } from '../support/faults/boards.ts'
import type { Service } from '../support/faults/service.ts'
import { BEARER, configureObject } from '../support/http/registry-app.ts'
import { MINUTE } from '../support/registry/opened-registry.ts'
import { eciCsv } from '../support/sources/boards.ts'

let service: Service
let boards: Boards
beforeEach(async () => {
  const started = await startBoards()
  service = started.service
  boards = started.boards
  await day()
  expect(await scores()).toEqual({ eci: 150, iq: 4, arena: 1450, ofHost: 4 })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await configureObject(OFF)
})

/**
 * Lets a day pass. In any state of the sources, a write succeeds and can be read, and nothing served before is lost.
 */
async function day(): Promise<void> {
  await service.nextCron()
  const website = `https://example.com/${service.now}`
  const body = JSON.stringify({ set: { website }, note: 'why' })
  const written = await service.isolate().send('PUT', '/v1/admin/overrides/providers/openai', { headers: BEARER, body })
  expect(written.status).toBe(200)
  await service.pass(MINUTE)
  const { providers } = await service.manifest()
  expect(providers.find(({ value }) => value === 'openai')?.website).toBe(website)
  const versions: VersionInfo[] = await (await service.isolate().get('/v1/versions')).json()
  for (const { version } of versions)
    expect((await service.manifest(service.isolate(), `?version=${version}`)).version).toBe(version)
}

/** The facts of gpt-9 that a new isolate reads. */
async function scores() {
  const { models } = await service.manifest()
  const of = (provider: string) =>
    models.find((model) => model.provider === provider && model.family === 'openai/gpt-9')
  const { metrics, iq } = of('openai') ?? {}
  return { eci: metrics?.epochCapabilitiesIndex, iq, arena: metrics?.arenaText, ofHost: of('host')?.iq }
}

async function statusOf(source: SourceName) {
  const { sources, warnings, held } = await service.status()
  return { ...sources[source], warnings: warnings.map(({ code }) => code), held }
}

async function diff(query: string): Promise<Diff> {
  return (await service.isolate().get(`/v1/diff?${query}`)).json()
}

describe('the licence of Arena vanishes', () => {
  it('keeps the last ratings, warns, and continues with Epoch', async () => {
    boards.card = { cardData: {} }
    boards.csv = eciCsv(boards.eci(161))
    await day()
    expect(await scores()).toEqual({ eci: 161, iq: 5, arena: 1450, ofHost: 5 })
    expect(await statusOf('arena')).toMatchObject({
      lastPull: { outcome: 'failed', code: 'licence', detail: expect.stringMatching(/states none as licence/) },
      warnings: ['licence'],
    })
    boards.card = { cardData: { license: 'cc-by-4.0' } }
    boards.arena[0] = { name: 'gpt-9-high', rating: 1477 }
    await day()
    expect((await scores()).arena).toBe(1475)
    expect((await statusOf('arena')).warnings).toEqual([])
  })
})

describe('the file of Epoch', () => {
  it('is read with its columns in another order', async () => {
    boards.csv = eciCsv(boards.eci(161), ['date', 'new', 'eci', 'Organization', 'Model'])
    await day()
    expect((await scores()).eci).toBe(161)
  })

  it.each<[string, (csv: string) => string, RegExp]>([
    ['lacks a column', (csv) => csv.replace('eci', 'index'), /the column "eci" is missing/],
    ['is half of one', (csv) => csv.slice(0, csv.length / 2), /cut off|the header has/],
  ])('%s: fails, and the last one is served', async (_, broken, detail) => {
    boards.csv = broken(eciCsv(boards.eci(161)))
    await day()
    expect(await scores()).toEqual({ eci: 150, iq: 4, arena: 1450, ofHost: 4 })
    expect(await statusOf('epoch')).toMatchObject({
      lastPull: { outcome: 'failed', code: 'invalid', detail: expect.stringMatching(detail) },
    })
    expect((await statusOf('arena')).lastPull?.outcome).toBe('unchanged')
    boards.csv = eciCsv(boards.eci(161))
    await day()
    expect((await scores()).eci).toBe(161)
  })

  it('is held for the operator if it ends after half of its lines', async () => {
    boards.csv = eciCsv(boards.eci(161).slice(0, 20))
    await day()
    expect((await scores()).eci).toBe(150)
    expect(await statusOf('epoch')).toMatchObject({
      lastPull: { outcome: 'held' },
      held: [{ source: 'epoch', reasons: [expect.stringMatching(/^22 of 42 models are missing/)] }],
    })
  })
})

describe('Arena answers 504 on page 3', () => {
  it('accepts no part of the board, and all of it at the next attempt', async () => {
    boards.arena[0] = { name: 'gpt-9-high', rating: 1477 }
    boards.answerPage = (number) => (number === 3 ? new Response('', { status: 504 }) : undefined)
    await day()
    expect((await scores()).arena).toBe(1450)
    expect(await statusOf('arena')).toMatchObject({
      lastPull: { outcome: 'failed', code: 'unavailable', detail: expect.stringMatching(/page 3: .*504/) },
    })
    boards.answerPage = () => undefined
    await service.pass(10 * MINUTE)
    expect((await scores()).arena).toBe(1475)
  })
})

describe('Epoch refits its index', () => {
  it('is reported as a re-scale in diffs, unlike models that are measured later', async () => {
    const before = await service.status()
    boards.csv = eciCsv(boards.eci(149.4, 0.02))
    await day()
    const refit = await service.status()
    const ends = `from=${before.version}&to=${refit.version}`
    const { rescaled, models } = await diff(ends)
    expect(rescaled).toEqual({
      from: expect.stringMatching(/^epoch@2036-03-\d\d$/),
      to: `epoch@${refit.now.slice(0, 10)}`,
    })
    expect(models.changed.flatMap(({ changes }) => changes.map(({ path }) => path))).toEqual([
      'iq',
      'iq',
      'metrics.epochCapabilitiesIndex',
    ])
    expect((await diff(`${ends}&rescale=omit`)).models.changed).toEqual([])
    boards.csv = eciCsv(boards.eci(162, 0.02))
    await day()
    const later = await diff(`from=${refit.version}`)
    expect(later.rescaled).toBeUndefined()
    expect(later.models.changed).toHaveLength(2)
  })
})

describe('Epoch renames a model', () => {
  it('drops its score and counts the name as unread, without guessing', async () => {
    boards.csv = eciCsv(boards.eci().map((row) => (row.name === 'GPT-9' ? { ...row, name: 'GPT-9 (blue)' } : row)))
    await day()
    expect(await scores()).toEqual({ eci: undefined, iq: undefined, arena: 1450, ofHost: undefined })
    expect((await statusOf('epoch')).unread).toEqual([{ field: 'name', count: 41, example: 'GPT-9 (blue)' }])
  })
})

describe('Epoch is down for a week', () => {
  it('serves its last scores, continues with the others, warns, and recovers', async () => {
    boards.answerEpoch = () => new Response('', { status: 503 })
    for (let days = 1; days <= 7; days++) {
      boards.arena[0] = { name: 'gpt-9-high', rating: 1450 + 5 * days }
      await day()
      expect(await scores()).toEqual({ eci: 150, iq: 4, arena: 1450 + 5 * days, ofHost: 4 })
    }
    expect(await statusOf('epoch')).toMatchObject({
      lastPull: { outcome: 'failed', code: 'unavailable' },
      warnings: ['stale'],
    })
    boards.answerEpoch = () => new Response(eciCsv(boards.eci(161)))
    await day()
    expect((await scores()).eci).toBe(161)
    expect((await statusOf('epoch')).warnings).toEqual([])
  })
})
