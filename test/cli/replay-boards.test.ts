/** Recorded replies of the open sources, replayed into a real registry. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replay } from '../../src/cli/commands/replay.ts'
import { RegistryClient } from '../../src/cli/shared/registry-client.ts'
import { run } from '../support/cli/run.ts'
import { type RealRegistry, startRegistry, TOKEN } from '../support/client/real-registry.ts'
import { readRecorded, recordedData, recordedFile, whySkipped } from '../support/recorded-data.ts'

/** The sources are enabled, so that their pulls are accepted, but no server listens at their address. */
const URLS = { MODELS_DEV_URL: 'http://127.0.0.1:1', EPOCH_URL: 'http://127.0.0.1:1', ARENA_URL: 'http://127.0.0.1:1' }

describe.skipIf(!recordedData)(`replay of models.dev, Epoch and Arena${whySkipped}`, () => {
  let registry: RealRegistry
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'replay-'))
    registry = await startRegistry(URLS)
    const text = (...path: string[]) => readFileSync(recordedFile(...path), 'utf8')
    write({
      source: 'models.dev',
      fetchedAt: '2026-07-02T02:00:00Z',
      pages: [readRecorded('models-dev', 'api-2026-07-01.json.gz')],
    })
    write({
      source: 'epoch',
      fetchedAt: '2026-08-11T02:00:00Z',
      body: text('scores', 'epoch', 'eci_scores.2026-08-11.csv'),
    })
    const rows: unknown = JSON.parse(text('scores', 'arena', 'rows-text-overall-2026-08-12.json'))
    write({ source: 'arena', fetchedAt: '2026-08-12T02:00:00Z', pages: [rows] })
  }, 60_000)
  afterAll(async () => {
    await registry?.close()
    if (folder) rmSync(folder, { recursive: true })
  })

  const write = (pull: { source: string; fetchedAt: string; pages?: unknown[]; body?: string }) =>
    writeFileSync(join(folder, `${pull.source}.json`), JSON.stringify(pull))
  const send = () => run(replay, [folder, '--url', registry.url], { ADMIN_TOKEN: TOKEN })

  it('commits each of them, and gives the scores to the models of their families', async () => {
    const { code, output } = await send()
    expect(output).toMatch(/versions made +3\n/)
    expect(code).toBe(0)
    const client = new RegistryClient({ url: registry.url, token: TOKEN }).registry
    expect((await client.at('2026-07-31').getModel('openai', 'gpt-5')).data?.iq).toBeUndefined()
    expect((await client.getModel('openai', 'gpt-5')).data).toMatchObject({
      iq: 4,
      metrics: { epochCapabilitiesIndex: 150, arenaText: expect.any(Number) },
    })
    const { data } = await client.getManifest()
    expect(data?.attribution.map(({ license }) => license?.name).sort()).toEqual(['CC BY 4.0', 'CC BY 4.0', 'MIT'])
  })

  it('resumes where it stopped', async () => {
    expect((await send()).output).toMatch(/already there +3\n/)
  })
})
