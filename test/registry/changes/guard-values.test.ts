import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { type OpenedRegistry, START, unwrap, withRegistry } from '../../support/registry/opened-registry.ts'
import { rowsOf, sendModelsDev } from '../../support/registry/recorded/models-dev-days.ts'
import { ordinaryDay } from '../../support/registry/recorded/source-days.ts'
import { DAY } from '../../support/registry/stored/stored-history.ts'
import { aaRow, type Facts } from '../../support/rows.ts'

afterEach(reset)

const ON = { vars: { MODELS_DEV_URL: 'https://models.example/api.json' } }
const YESTERDAY = START - DAY

const priced = (times: number): Facts => ({
  pricing: { price_1m_input_tokens: 1 * times, price_1m_output_tokens: 5 * times },
})
const fast = (times: number): Facts => ({ performance: { median_output_tokens_per_second: 80 * times } })
const listedAt = (times: number) => ({
  alpha: rowsOf('a', 50, { cost: { input: 1 * times, output: 5 * times } }),
  beta: rowsOf('b', 50, { cost: { input: 2 * times, output: 4 * times } }),
  gamma: rowsOf('c', 50, { cost: { input: 3 * times, output: 3 * times } }),
  delta: rowsOf('d', 50, { cost: { input: 4 * times, output: 3 * times } }),
})

/** The pull is held with this reason, and nothing of it is served. */
function expectHeld(opened: OpenedRegistry, sent: unknown, reason: RegExp): void {
  expect(sent).toMatchObject({ ok: true, value: { outcome: 'held', reasons: [expect.stringMatching(reason)] } })
  expect(opened.commits()).toHaveLength(1)
}

describe.each([
  [0, /0|zero/],
  [1e-6, /factor|by more than/],
  [1e5, /factor|by more than/],
])('values times %d', (times, reason) => {
  it('hold a pull of Artificial Analysis for its prices', () =>
    withRegistry(async (opened) => {
      opened.send(ordinaryDay(60, priced(1)), { at: YESTERDAY })
      expectHeld(opened, opened.send(ordinaryDay(60, priced(times))), reason)
    }))

  it('hold a pull of Artificial Analysis for its speeds', () =>
    withRegistry(async (opened) => {
      opened.send(ordinaryDay(60, fast(1)), { at: YESTERDAY })
      expectHeld(opened, opened.send(ordinaryDay(60, fast(times))), reason)
    }))

  it('hold a pull of models.dev for its prices', () =>
    withRegistry(async (opened) => {
      sendModelsDev(opened, listedAt(1), { at: YESTERDAY })
      expectHeld(opened, sendModelsDev(opened, listedAt(times)), reason)
    }, ON))

  it('hold only the provider of models.dev that has them', () =>
    withRegistry(async (opened) => {
      sendModelsDev(opened, listedAt(1), { at: YESTERDAY })
      const sent = sendModelsDev(opened, { ...listedAt(1), alpha: listedAt(times).alpha })
      expect(sent).toMatchObject({ value: { outcome: 'unchanged' } })
      expect(opened.registry.status().held).toMatchObject([{ provider: 'alpha' }])
    }, ON))
})

describe('growth', () => {
  const NEWCOMERS = Array.from({ length: 200 }, (_, index) => aaRow({ slug: `new${index}` }))

  it('that is implausible is held, and accepted by force', () =>
    withRegistry(async (opened) => {
      const rows = [...ordinaryDay(60), ...NEWCOMERS]
      opened.send(ordinaryDay(60), { at: YESTERDAY })
      expectHeld(opened, opened.send(rows, { at: START - 1 }), /260 models after 60/)
      expect(opened.send(rows, { forced: true })).toMatchObject({ value: { outcome: 'committed' } })
    }))

  it('of models.dev is also held', () =>
    withRegistry(async (opened) => {
      sendModelsDev(opened, listedAt(1), { at: YESTERDAY })
      const names = ['one', 'two', 'three', 'four']
      const flood = Object.fromEntries(names.map((name) => [name, rowsOf(name, 200)]))
      expectHeld(opened, sendModelsDev(opened, { ...listedAt(1), ...flood }), /models after 200: implausible growth/)
    }, ON))

  it('of one new provider leaves out only that provider', () =>
    withRegistry(async (opened) => {
      sendModelsDev(opened, listedAt(1), { at: YESTERDAY })
      const sent = sendModelsDev(opened, { ...listedAt(1), flood: rowsOf('x', 1000) })
      expect(sent).toMatchObject({ value: { outcome: 'unchanged' } })
      expect(opened.registry.status().held).toMatchObject([{ provider: 'flood' }])
      expect(opened.registry.accept({ id: 2, provider: 'flood' })).toMatchObject({
        value: { changes: { added: 1000 } },
      })
    }, ON))
})

describe('a pull that is too large to be served', () => {
  const HUGE = Array.from({ length: 30_001 }, (_, index) => ({
    ...{ id: `i${index}`, name: 'n', slug: `s${index}`, model_creator: null },
  }))

  it('is never accepted: not by force, by a decision or by confirmation', { timeout: 60_000 }, () =>
    withRegistry(async (opened) => {
      opened.send(ordinaryDay(60), { at: YESTERDAY })
      const forced = opened.send(HUGE, { at: YESTERDAY + 1, pageSize: 1000, forced: true })
      expectHeld(opened, forced, /30,?001 models/)
      expect(opened.registry.accept({ id: 2 })).toMatchObject({
        failure: { code: 'conflict', detail: expect.stringMatching(/30,?001/) },
      })
      expect(opened.send(HUGE, { at: YESTERDAY + 1, pageSize: 1000, forced: true }).ok).toBe(false)
      expectHeld(opened, opened.send(HUGE, { pageSize: 1000 }), /30,?001/)
      expect(unwrap(opened.registry.pull(2))?.outcome).toBe('held')
      expect(opened.registry.reject({ id: 2 })).toMatchObject({ ok: true })
    }),
  )

  it('of models.dev is refused', { timeout: 60_000 }, () =>
    withRegistry(async (opened) => {
      const rows = Object.fromEntries(HUGE.map(({ slug }) => [slug, { id: slug, name: slug }]))
      const body = { flood: { id: 'flood', name: 'Flood', models: rows } }
      const pull = { source: 'models.dev', fetchedAt: new Date(START).toISOString(), pages: [body] }
      const bytes = new TextEncoder().encode(JSON.stringify(pull))
      expect(opened.registry.importPull(bytes, true)).toMatchObject({
        failure: { code: 'invalid-request', detail: expect.stringContaining('30000 rows') },
      })
    }, ON),
  )
})
