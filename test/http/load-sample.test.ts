/** Loads the sample into a real registry, like `npm start`, with the published client and the admin API. */
import { reset } from 'cloudflare:test'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { loadSample } from '../../scripts/sample/load-sample.ts'
import { readSampleDays, SAMPLE_DAYS } from '../../scripts/sample/sample-days.ts'
import { readSample } from '../../scripts/sample/sample-pulls.ts'
import { findTourStops, tourLines } from '../../scripts/start/tour.ts'
import { fetchStatus, RegistryClient } from '../../src/cli/shared/registry-client.ts'
import { configureObject, ORIGIN, TOKEN, testApp } from '../support/http/registry-app.ts'

/** As text, since workerd has no files. */
const files = import.meta.glob('../../scripts/sample/facts.ndjson', { query: '?raw', import: 'default' })
const facts = String(await Object.values(files)[0]?.())
const sample = readSample(readSampleDays(facts))
const SOURCES = {
  AA_TIER: 'off',
  MODELS_DEV_URL: 'https://models.example/api.json',
  EPOCH_URL: 'https://epoch.example/eci.csv',
}
const OFF = { AA_TIER: undefined, MODELS_DEV_URL: '', EPOCH_URL: '' }
const client = new RegistryClient({ url: ORIGIN, token: TOKEN })

beforeAll(async () => {
  await configureObject(SOURCES)
  const app = testApp(SOURCES)
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const { method, url, headers } = new Request(input, init)
    const { body } = init ?? {}
    return app.send(method, url.slice(ORIGIN.length), { headers: Object.fromEntries(headers), ...(body && { body }) })
  })
})
afterAll(async () => {
  vi.restoreAllMocks()
  await configureObject(OFF)
  await reset()
})

describe('loadSample()', () => {
  it('replays the past and sends the pulls with their own times', async () => {
    expect(await loadSample(client, sample)).toEqual({ commits: 7 })
    const versions = await client.read('Cannot read', (registry) => registry.getVersions())
    expect(versions.map(({ cause, committedAt }) => [cause, committedAt.slice(0, 10)]).reverse()).toEqual([
      ['backfill', SAMPLE_DAYS.first],
      ['backfill', '2025-09-30'],
      ['backfill', '2025-12-31'],
      ['backfill', '2026-03-31'],
      ['backfill', '2026-07-01'],
      ['import', SAMPLE_DAYS.scored],
      ['import', SAMPLE_DAYS.last],
    ])
  })

  it('has scores from the day of Epoch on, and not before', async () => {
    const eci = async (at: string) => {
      const { data } = await client.registry.at(at).getModel('openai', 'gpt-5')
      return data?.metrics?.epochCapabilitiesIndex
    }
    expect(await eci('2026-07-01')).toBeUndefined()
    expect(await eci(SAMPLE_DAYS.scored)).toBe(150)
  })

  it('credits models.dev and Epoch, and warns of no licence', async () => {
    const { attribution } = await client.read('Cannot read', (registry) => registry.getManifest())
    expect(attribution.map(({ license }) => license?.name).sort()).toEqual(['CC BY 4.0', 'MIT'])
    const { warnings, held, counts } = await fetchStatus(client)
    expect(new Set(warnings.map(({ code }) => code))).toEqual(new Set(['stale']))
    expect([held, counts]).toEqual([[], { providers: 27, models: 381 }])
  })

  it('does nothing if the sample is already loaded', async () => {
    expect(await loadSample(client, sample)).toBeUndefined()
  })
})

describe('findTourStops()', () => {
  it('finds requests that succeed, and a model whose price has changed', async () => {
    const stops = await findTourStops(client)
    if (!stops) throw new Error('no stops')
    const answers = await Promise.all(
      tourLines({ url: ORIGIN, needsToken: false }, stops).map(async (line) => {
        const response = await fetch(line.split("'")[1] ?? '', { headers: { authorization: `Bearer ${TOKEN}` } })
        expect(response.status, line).toBe(200)
        return response.json()
      }),
    )
    const [found, now, then] = answers
    expect(found).toHaveLength(3)
    expect(Object(now).pricing).not.toEqual(Object(then).pricing)
  })
})
