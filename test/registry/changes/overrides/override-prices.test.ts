import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import type { ScheduledPrices } from '../../../../src/core/overrides/price-schedule.ts'
import { backupOf, partsOf, restoreParts } from '../../../support/registry/backup-lines.ts'
import { MODELS_DEV_URL } from '../../../support/registry/fake-source.ts'
import {
  HOUR,
  type OpenedRegistry,
  SECOND,
  START,
  unwrap,
  withRegistry,
} from '../../../support/registry/opened-registry.ts'
import { causesOf, currentModel, put, withdraw } from '../../../support/registry/overriding.ts'
import { pricesOf } from '../../../support/registry/prices.ts'
import { sendModelsDev } from '../../../support/registry/recorded/models-dev-days.ts'

afterEach(reset)

const ONE = { provider: 'acme', value: 'one' }
const VARS = { MODELS_DEV_URL }
const DAY = 24 * HOUR
const at = (milliseconds: number): string => new Date(milliseconds).toISOString()
const FIVE = { input: 5, output: 30, blended: 11.25 }
const FOUR = { input: 4, output: 20, blended: 8 }
const SOURCE = 'https://example.com/prices'
const period = (from: number, until?: number, pricing = { input: 4, output: 20 }): ScheduledPrices => ({
  from: at(from),
  ...(until !== undefined && { until: at(until) }),
  ...{ pricing, source: SOURCE },
})
const documented = { basis: 'documented', source: SOURCE, pricing: FOUR }

const sends = (opened: OpenedRegistry, input: number, facts: object = {}) =>
  unwrap(sendModelsDev(opened, { acme: [{ id: 'one', cost: { input, output: 30 }, ...facts }] }))

/** A registry that accepted 5/30 of the model at the start. */
const withModel = (work: (opened: OpenedRegistry) => Promise<void>) =>
  withRegistry(
    async (opened) => {
      sends(opened, 5)
      opened.clock.now += HOUR
      await work(opened)
    },
    { vars: VARS },
  )

describe('prices of an override', () => {
  it('are the pricing of the model during their period, and are documented', () =>
    withModel(async (opened) => {
      const prices = [period(START + HOUR - SECOND, START + DAY)]
      expect(put(opened, { ...ONE, prices })).toMatchObject({
        outcome: 'committed',
        diff: { models: { changed: [{ changes: [{ path: 'pricing.blended' }, {}, { after: 20 }] }] } },
      })
      expect(currentModel(opened, 'one')?.pricing).toEqual(FOUR)
      expect(pricesOf(opened)).toEqual([
        { from: at(START), until: at(START + HOUR - SECOND), pricing: FIVE, basis: 'observed' },
        { from: at(START + HOUR - SECOND), until: at(START + DAY), ...documented },
        { from: at(START + DAY), pricing: FIVE, basis: 'observed' },
      ])
    }))

  it('make a commit when they start and end, by the alarm, however late it is', () =>
    withModel(async (opened) => {
      const begin = START + 2 * HOUR
      put(opened, { ...ONE, prices: [period(begin, begin + HOUR)] })
      expect(currentModel(opened, 'one')?.pricing).toEqual(FIVE)
      await opened.pass(HOUR)
      expect(currentModel(opened, 'one')?.pricing).toEqual(FOUR)
      expect(opened.commits().at(-1)).toMatchObject({ cause: 'override', committedAt: at(begin) })
      opened.clock.now = begin + HOUR + 300
      await opened.pass(SECOND)
      expect(currentModel(opened, 'one')?.pricing).toEqual(FIVE)
      expect(opened.commits().at(-1)?.committedAt).toBe(at(begin + HOUR + 300))
      expect(pricesOf(opened)).toEqual([
        { from: at(START), until: at(begin), pricing: FIVE, basis: 'observed' },
        { from: at(begin), until: at(begin + HOUR), ...documented },
        { from: at(begin + HOUR), pricing: FIVE, basis: 'observed' },
      ])
      const count = opened.commits().length
      await opened.pass(DAY)
      expect(opened.commits()).toHaveLength(count)
    }))

  it('that end at the price of the sources make a commit of the same version, from which that price is observed', () =>
    withModel(async (opened) => {
      put(opened, { ...ONE, prices: [period(START, START + 3 * HOUR, { input: 4, output: 30 })] })
      opened.clock.now += HOUR
      sends(opened, 4)
      const { version } = opened.registry.current() ?? {}
      await opened.pass(2 * HOUR)
      expect(opened.commits().at(-1)).toMatchObject({ version, changes: { added: 0, removed: 0, changed: 0 } })
      expect(pricesOf(opened).at(-1)).toMatchObject({
        ...{ from: at(START + 3 * HOUR), pricing: { input: 4, output: 30 }, basis: 'observed' },
      })
    }))

  it('that are changed commit the same version with a new seq, but a changed note does not', () =>
    withModel(async (opened) => {
      const past = [period(START - DAY, START - HOUR)]
      const { version, seq = 0 } = opened.registry.current() ?? {}
      expect(put(opened, { ...ONE, prices: past }, { dryRun: true })).toMatchObject({ outcome: 'would-commit' })
      expect(put(opened, { ...ONE, prices: past })).toMatchObject({ outcome: 'committed', version, seq: seq + 1 })
      expect(pricesOf(opened, ONE, seq)).toHaveLength(1)
      expect(pricesOf(opened)).toHaveLength(2)
      expect(put(opened, { ...ONE, prices: past, set: { name: 'one' } })).toMatchObject({ outcome: 'unchanged' })
      expect(withdraw(opened, ONE)).toMatchObject({ outcome: 'committed', version, seq: seq + 2 })
      expect(pricesOf(opened)).toHaveLength(1)
      expect(pricesOf(opened, ONE, seq + 1)).toHaveLength(2)
    }))

  it('of the past keep the prices observed outside their periods', () =>
    withModel(async (opened) => {
      opened.clock.now = START + DAY
      sends(opened, 4)
      opened.clock.now = START + 3 * DAY
      sends(opened, 6)
      put(opened, { ...ONE, prices: [period(START + HOUR, START + 2 * DAY)] })
      expect(pricesOf(opened).map(({ from, pricing }) => [from, pricing?.input])).toEqual([
        [at(START), 5],
        [at(START + HOUR), 4],
        [at(START + 2 * DAY), 4],
        [at(START + 3 * DAY), 6],
      ])
      expect(pricesOf(opened)[2]).toMatchObject({ basis: 'observed', pricing: { output: 30 } })
    }))

  it('are applied by a pull before the alarm', () =>
    withModel(async (opened) => {
      put(opened, { ...ONE, prices: [period(START + 2 * HOUR)] })
      opened.clock.now = START + 3 * HOUR
      sends(opened, 6)
      expect(currentModel(opened, 'one')?.pricing).toEqual(FOUR)
      const count = opened.commits().length
      await opened.pass(HOUR)
      expect(opened.commits()).toHaveLength(count)
    }))

  it('are not applied while a rollback is active, and are once it is lifted', () =>
    withModel(async (opened) => {
      put(opened, { ...ONE, prices: [period(START + 2 * HOUR)] })
      const hex = opened.commits()[0]?.version.slice(3) ?? ''
      unwrap(opened.registry.rollBack({ by: 'version', hex }, 'a test'))
      await opened.pass(2 * HOUR)
      expect(currentModel(opened, 'one')?.pricing).toEqual(FIVE)
      unwrap(opened.registry.liftPin())
      expect(currentModel(opened, 'one')?.pricing).toEqual(FOUR)
      expect(causesOf(opened).at(-1)).toBe('rebuild')
    }))

  it('are inherited by models that inherit from it', () =>
    withModel(async (opened) => {
      put(opened, { provider: 'acme', value: 'heir', inheritFrom: ONE, set: { name: 'Heir' } })
      put(opened, { ...ONE, prices: [period(START + 2 * HOUR)] })
      await opened.pass(2 * HOUR)
      expect(currentModel(opened, 'heir')?.pricing).toEqual(FOUR)
    }))

  it('survive a restart and a backup, with their alarm', async () => {
    let parts: string[] = []
    let before: unknown
    await withModel(async (opened) => {
      put(opened, { ...ONE, prices: [period(START + 2 * HOUR, START + 3 * HOUR)] })
      await opened.reopen(VARS)
      await opened.pass(HOUR)
      before = pricesOf(opened)
      parts = partsOf(await backupOf(opened.registry), 2)
    })
    await reset()
    await withRegistry(
      async (opened) => {
        opened.clock.now = START + 2 * HOUR + SECOND
        restoreParts(opened.registry, parts)
        expect(pricesOf(opened)).toEqual(before)
        await opened.pass(HOUR)
        expect(currentModel(opened, 'one')?.pricing).toEqual(FIVE)
      },
      { vars: VARS },
    )
  })

  it('are named as the source of the price', () =>
    withModel(async (opened) => {
      put(opened, { ...ONE, prices: [period(START)] })
      const explained = unwrap(opened.registry.explain(ONE))
      const { provenance } = JSON.parse(new TextDecoder().decode(explained))
      expect(provenance['pricing.input']).toEqual({ source: 'override', at: at(START + HOUR), was: 5 })
      expect(provenance['pricing.blended']).toMatchObject({ source: 'derived' })
    }))
})

describe('an override with replaces', () => {
  const OVERRIDE = { ...ONE, set: { pricing: { input: 4 } }, replaces: { 'pricing.input': 5 } }
  const warningsOf = (opened: OpenedRegistry) =>
    opened.registry.status().warnings.filter(({ code }) => code === 'override-lapsed')

  it('applies while the sources state the replaced fact, whatever else they change', () =>
    withModel(async (opened) => {
      put(opened, OVERRIDE)
      opened.clock.now += HOUR
      sends(opened, 5, { limit: { context: 9000, output: 100 } })
      expect(currentModel(opened, 'one')).toMatchObject({ pricing: { input: 4 }, metrics: { contextWindow: 9000 } })
      expect(warningsOf(opened)).toEqual([])
    }))

  it('lapses with a warning when the sources state another fact, until they state the replaced one again', () =>
    withModel(async (opened) => {
      put(opened, OVERRIDE)
      opened.clock.now += HOUR
      sends(opened, 6)
      expect(currentModel(opened, 'one')?.pricing?.input).toBe(6)
      expect(warningsOf(opened)[0]?.detail).toContain(
        'The override of "acme/one" has lapsed: it replaces "pricing.input" 5, which is now 6',
      )
      const { provenance } = JSON.parse(new TextDecoder().decode(unwrap(opened.registry.explain(ONE))))
      expect(provenance['pricing.input'].source).toBe('models.dev')
      opened.clock.now += HOUR
      sends(opened, 5)
      expect(currentModel(opened, 'one')?.pricing?.input).toBe(4)
      expect(warningsOf(opened)).toEqual([])
    }))

  it('has no lapse after it is deleted', () =>
    withModel(async (opened) => {
      put(opened, { ...OVERRIDE, replaces: { 'pricing.input': 7 } })
      expect(warningsOf(opened)).toHaveLength(1)
      withdraw(opened, ONE)
      expect(warningsOf(opened)).toEqual([])
    }))

  it('no longer documents prices once it lapses', () =>
    withModel(async (opened) => {
      put(opened, { ...ONE, prices: [period(START - DAY)], replaces: { 'pricing.input': 5 } })
      const { seq = 0 } = opened.registry.current() ?? {}
      opened.clock.now = START + DAY
      sends(opened, 6)
      expect(pricesOf(opened)).toEqual([
        { from: at(START - DAY), until: at(START + DAY), ...documented },
        { from: at(START + DAY), pricing: { input: 6, output: 30, blended: 12 }, basis: 'observed' },
      ])
      expect(pricesOf(opened, ONE, seq)).toEqual([{ from: at(START - DAY), ...documented }])
    }))

  it('documents its prices again after a lapse, and prices as of the lapse do not change', () =>
    withModel(async (opened) => {
      put(opened, { ...ONE, prices: [period(START - DAY)], replaces: { 'pricing.input': 5 } })
      const asOf: [seq: number, periods: unknown][] = []
      const keep = () => {
        const { seq = 0 } = opened.registry.current() ?? {}
        asOf.push([seq, pricesOf(opened)])
      }
      keep()
      for (const [day, input] of [6, 5, 7, 5].entries()) {
        opened.clock.now = START + (day + 1) * DAY
        sends(opened, input)
        keep()
      }
      withdraw(opened, ONE)
      for (const [seq, periods] of asOf) expect(pricesOf(opened, ONE, seq), `as of ${seq}`).toEqual(periods)
      const observed = (input: number) => ({
        ...{ pricing: { input, output: 30, blended: (3 * input + 30) / 4 }, basis: 'observed' },
      })
      expect(asOf.at(-1)?.[1]).toEqual([
        { from: at(START - DAY), until: at(START + DAY), ...documented },
        { from: at(START + DAY), until: at(START + 2 * DAY), ...observed(6) },
        { from: at(START + 2 * DAY), until: at(START + 3 * DAY), ...documented },
        { from: at(START + 3 * DAY), until: at(START + 4 * DAY), ...observed(7) },
        { from: at(START + 4 * DAY), ...documented },
      ])
    }))

  it('may override a provider, and does not create a model', () =>
    withModel(async (opened) => {
      put(opened, { provider: 'acme', set: { name: 'Acme Inc.' }, replaces: { name: 'acme' } })
      expect(opened.manifest(opened.registry.current()?.seq ?? 0).providers[0]?.name).toBe('Acme Inc.')
      const made = { provider: 'acme', value: 'none', set: { name: 'None' }, replaces: { name: 'x' } }
      expect(put(opened, made)).toMatchObject({ code: 'conflict' })
    }))
})
