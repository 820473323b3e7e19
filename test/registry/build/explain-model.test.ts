import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import type { Override } from '../../../src/core/overrides/override.ts'
import { backupOf, restoreParts } from '../../support/registry/backup-lines.ts'
import { MODELS_DEV_URL } from '../../support/registry/fake-source.ts'
import {
  bytesOf,
  HOUR,
  MINUTE,
  type OpenedRegistry,
  unwrap,
  withRegistry,
} from '../../support/registry/opened-registry.ts'
import { put } from '../../support/registry/overriding.ts'
import { rowsOf, sendModelsDev } from '../../support/registry/recorded/models-dev-days.ts'
import { readRecordedBody, recordedBodies } from '../../support/registry/recorded/recorded-bodies.ts'
import { readRecordedDay, recordedDays } from '../../support/registry/recorded/recorded-days.ts'
import { rollBackTo } from '../../support/registry/rolled-back.ts'
import { expectSameExplanations } from '../../support/registry/same-explanations.ts'
import { aaRow } from '../../support/rows.ts'
import { arenaPage, eciCsv } from '../../support/sources/boards.ts'

afterEach(reset)

const BOARDS = { EPOCH_URL: 'https://epoch.example/eci.csv', ARENA_URL: 'https://rows.example' }
const ON = { vars: { MODELS_DEV_URL, ...BOARDS } }
const OPENAI = { id: 'e67e56e3-15cd-43db-b679-da4660a69f41', name: 'OpenAI' }
const LIST = {
  openai: [
    { id: 'gpt-4o', cost: { input: 2, output: 5 } },
    { id: 'gpt-9', cost: { input: 2, output: 5 } },
  ],
  host: [{ id: 'openai/gpt-4o', cost: { input: 3, output: 6 } }, ...rowsOf('h', 100)],
}
const GPT_4O = { provider: 'openai', value: 'gpt-4o' }
const NONE = { provider: 'none', value: 'none' }

/** A minute after what was sent before. */
function importOf({ registry, clock }: OpenedRegistry, source: string, reply: object) {
  clock.now += MINUTE
  const pull = { source, fetchedAt: new Date(clock.now).toISOString(), ...reply }
  expect(registry.importPull(bytesOf(pull), true)).toMatchObject({ ok: true })
}

function sendBoards(opened: OpenedRegistry): void {
  importOf(opened, 'epoch', { body: eciCsv([{ name: 'GPT-4o', eci: 129 }]) })
  importOf(opened, 'arena', { pages: [arenaPage([{ name: 'gpt-4o', rating: 1433 }])] })
}

/** A model that both kinds of sources state, its variant, a host of it, and scores of two boards. */
async function fill(opened: OpenedRegistry): Promise<void> {
  const measured = ['gpt-4o', 'gpt-4o-low'].map((slug) =>
    aaRow({ slug, name: slug === 'gpt-4o' ? 'GPT-4o' : 'GPT-4o (low)', model_creator: OPENAI }),
  )
  opened.send(measured)
  await opened.pass(MINUTE)
  unwrap(sendModelsDev(opened, LIST))
  sendBoards(opened)
}

const COPY = { provider: 'made', value: 'copy' }
const OVERRIDES: Override[] = [
  { provider: 'made', set: { name: 'Made' } },
  { ...GPT_4O, set: { pricing: { input: 4 } }, unset: ['releaseDate'] },
  { ...COPY, inheritFrom: GPT_4O, set: { name: 'Copy', pricing: { input: 9 } } },
]
const OTHERS = [NONE, { provider: 'openai', value: 'none' }, COPY]
const MADE_UP_OVERRIDES: Override[] = [
  ...OVERRIDES,
  { provider: 'host', value: 'h1', inheritFrom: COPY, replaces: { name: 'h1' } },
  { provider: 'host', value: 'h2', set: { iq: 5 }, replaces: { name: 'another' } },
  { provider: 'openai', value: 'gpt-9', hidden: true },
]

function override(opened: OpenedRegistry, overrides: readonly Override[]): void {
  for (const one of overrides) expect(put(opened, one)).not.toHaveProperty('code')
}

describe('explainModel()', () => {
  it('explains each model as a plan of everything does, with overrides that inherit, lapse and hide', () =>
    withRegistry(async (opened) => {
      await fill(opened)
      expect(expectSameExplanations(opened, OTHERS)).toBe(0)
      override(opened, MADE_UP_OVERRIDES)
      expect(expectSameExplanations(opened, [...OTHERS, { provider: 'openai', value: 'gpt-9' }])).toBe(0)
      await opened.pass(MINUTE)
      unwrap(sendModelsDev(opened, { ...LIST, openai: LIST.openai.slice(1) }, { forced: true }))
      expect(expectSameExplanations(opened, OTHERS)).toBe(0)
    }, ON))

  it('explains the accepted rows of a provider that is held', () =>
    withRegistry(async (opened) => {
      await fill(opened)
      await opened.pass(HOUR)
      sendModelsDev(opened, { openai: [{ id: 'gpt-4o', cost: { input: 1, output: 5 } }], host: rowsOf('h', 10) })
      expect(opened.registry.status().held).toMatchObject([{ provider: 'host' }])
      expect(expectSameExplanations(opened)).toBe(0)
    }, ON))

  it('leaves it to a plan while a rollback is active, and explains again after it', () =>
    withRegistry(async (opened) => {
      await fill(opened)
      const { length } = opened.commits()
      rollBackTo(opened, 1)
      expect(expectSameExplanations(opened, [GPT_4O])).toBeGreaterThan(0)
      expect(opened.registry.explain(GPT_4O)).toMatchObject({ ok: false, failure: { code: 'conflict' } })
      rollBackTo(opened, length)
      expect(opened.registry.explain(GPT_4O)).toMatchObject({ ok: true })
      opened.registry.liftPin()
      expect(expectSameExplanations(opened, [GPT_4O])).toBe(0)
    }, ON))

  it('leaves it to a plan while a rebuild with other settings is due', () =>
    withRegistry(async (opened) => {
      await fill(opened)
      await opened.reopen({ ...ON.vars, IQ_THRESHOLDS: '1,2,3,4,5' })
      expect(expectSameExplanations(opened)).toBeGreaterThan(0)
      await opened.pass(MINUTE)
      expect(expectSameExplanations(opened)).toBe(0)
    }, ON))

  it('is planned once where inputs are not kept, as after a restore', () =>
    withRegistry(async (opened) => {
      await fill(opened)
      override(opened, MADE_UP_OVERRIDES)
      const backup = await backupOf(opened.registry)
      await opened.storage.deleteAll()
      await opened.reopen(ON.vars)
      restoreParts(opened.registry, [backup])
      expect(expectSameExplanations(opened)).toBeGreaterThan(0)
      expect(expectSameExplanations(opened)).toBe(0)
    }, ON))
})

const isRecorded = recordedDays.length > 0 && recordedBodies.length > 0
const why = isRecorded ? '' : ' (skipped: RECORDED_DATA is not set)'

describe.skipIf(!isRecorded)(`explainModel() with recorded data${why}`, () => {
  it('explains every model as a plan of everything does', { timeout: 120_000 }, () =>
    withRegistry(async (opened) => {
      opened.registry.importPull(new TextEncoder().encode(await readRecordedDay(recordedDays.at(-1) ?? '')), true)
      for (const { path } of recordedBodies) {
        importOf(opened, 'models.dev', { body: await readRecordedBody(path) })
      }
      sendBoards(opened)
      override(opened, OVERRIDES)
      unwrap(opened.registry.explain(GPT_4O))
      expect(expectSameExplanations(opened, OTHERS)).toBe(0)
    }, ON),
  )
})
