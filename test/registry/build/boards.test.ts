import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { MODELS_DEV_URL } from '../../support/registry/fake-source.ts'
import { MINUTE, type OpenedRegistry, withRegistry } from '../../support/registry/opened-registry.ts'
import { sendModelsDev } from '../../support/registry/recorded/models-dev-days.ts'
import { aaRow } from '../../support/rows.ts'
import { arenaPage, eciCsv } from '../../support/sources/boards.ts'

afterEach(reset)

const EPOCH_URL = 'https://epoch.example/eci.csv'
const ARENA_URL = 'https://rows.example'
const OPEN = { AA_TIER: 'off', MODELS_DEV_URL, EPOCH_URL, ARENA_URL }
const GPT_9 = { id: 'gpt-9', release_date: '2026-01-15' }
const OPENAI = { id: 'e67e56e3-15cd-43db-b679-da4660a69f41', name: 'OpenAI' }

async function send(opened: OpenedRegistry, source: string, reply: object) {
  opened.clock.now += MINUTE
  const fetchedAt = new Date(opened.clock.now).toISOString()
  const bytes = new TextEncoder().encode(JSON.stringify({ source, fetchedAt, ...reply }))
  return opened.registry.importPull(bytes, false)
}
const sendEpoch = (opened: OpenedRegistry, eci: number, ...more: number[]) =>
  send(opened, 'epoch', {
    body: eciCsv([{ name: 'GPT-9', eci }, ...more.map((other, index) => ({ name: `Other ${index}`, eci: other }))]),
  })
const sendArena = (opened: OpenedRegistry, rating: number) =>
  send(opened, 'arena', { pages: [arenaPage([{ name: 'gpt-9', rating }])] })
const current = (opened: OpenedRegistry) => opened.manifest(opened.commits().at(-1)?.seq ?? 0)
const namesIn = (opened: OpenedRegistry) => current(opened).attribution.map(({ name }) => name)

describe('a registry of open sources', () => {
  it('names the basis of iq once a model has a score, and credits only the sources in use', () =>
    withRegistry(
      async (opened) => {
        sendModelsDev(opened, { openai: [GPT_9] })
        expect(current(opened)).not.toHaveProperty('iqBasis')
        expect(namesIn(opened)).toEqual(['models.dev'])
        await sendArena(opened, 1433)
        expect(current(opened)).not.toHaveProperty('iqBasis')
        expect(current(opened).models[0]).toMatchObject({ metrics: { arenaText: 1435 } })
        await sendEpoch(opened, 151.4)
        expect(current(opened)).toMatchObject({
          iqBasis: 'epoch',
          models: [{ iq: 4, metrics: { arenaText: 1435, epochCapabilitiesIndex: 151 } }],
          attribution: [
            { name: 'models.dev', license: { name: 'MIT' } },
            { name: expect.stringContaining('Epoch Capabilities Index'), license: { name: 'CC BY 4.0' } },
            { name: 'Arena (LMArena) leaderboard dataset', note: expect.stringContaining('2026-08-12') },
          ],
        })
      },
      { vars: OPEN },
    ))

  it('drops the scores and the credit of a board that is disabled', () =>
    withRegistry(
      async (opened) => {
        sendModelsDev(opened, { openai: [GPT_9] })
        await sendEpoch(opened, 151)
        await opened.reopen({ ...OPEN, EPOCH_URL: '' })
        await opened.pass(MINUTE)
        expect(current(opened)).not.toHaveProperty('iqBasis')
        expect(current(opened).models[0]).not.toHaveProperty('iq')
        expect(namesIn(opened)).toEqual(['models.dev'])
      },
      { vars: OPEN },
    ))

  it('uses the basis and the steps that are set', () =>
    withRegistry(
      async (opened) => {
        sendModelsDev(opened, { openai: [GPT_9] })
        await sendEpoch(opened, 151)
        opened.clock.now += MINUTE
        await opened.send([aaRow({ slug: 'gpt-9', model_creator: OPENAI })])
        expect(current(opened).iqBasis).toBe('artificial-analysis')
        await opened.reopen({ ...OPEN, AA_TIER: 'free', IQ_BASIS: 'epoch', IQ_THRESHOLDS: '1,2,3,4,152' })
        await opened.pass(MINUTE)
        expect(current(opened)).toMatchObject({ iqBasis: 'epoch', models: [{ iq: 4 }] })
      },
      { vars: { ...OPEN, AA_TIER: 'free' } },
    ))
})

describe('the scale of a commit', () => {
  const scalesOf = (opened: OpenedRegistry) =>
    opened.db.sql.exec<{ iq_scale: string | null }>('select iq_scale from versions order by seq').toArray()

  it('is named after the pull that changed more than half of the values, or after the index version', () =>
    withRegistry(
      async (opened) => {
        sendModelsDev(opened, { openai: [GPT_9] })
        await sendEpoch(opened, 151, 100, 101)
        await opened.pass(24 * 60 * MINUTE)
        await sendEpoch(opened, 155, 100, 101)
        await opened.pass(24 * 60 * MINUTE)
        await sendEpoch(opened, 153.1, 100.1, 101.1)
        opened.clock.now += MINUTE
        await opened.send([aaRow({ slug: 'gpt-9', model_creator: OPENAI })], { indexVersion: 4.1 })
        expect(scalesOf(opened).map(({ iq_scale }) => iq_scale)).toEqual([
          ...[null, 'epoch@2036-03-01', 'epoch@2036-03-01', 'epoch@2036-03-03', 'artificial-analysis@4.1'],
        ])
      },
      { vars: { ...OPEN, AA_TIER: 'free' } },
    ))
})
