import { reset } from 'cloudflare:test'
import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { buildCatalogue } from '../../../src/core/build/build-catalogue.ts'
import { applyOverrides } from '../../../src/core/overrides/apply-overrides.ts'
import type { Override } from '../../../src/core/overrides/override.ts'
import type { Catalogue, ModelKey } from '../../../src/core/schema/model.ts'
import { DEFAULT_IQ_THRESHOLDS } from '../../../src/core/score.ts'
import { readRemembered } from '../../../src/registry/store/override-record.ts'
import { AA_CREATORS } from '../../../src/sources/artificial-analysis/creators.ts'
import { readPull } from '../../../src/sources/artificial-analysis/read-pull.ts'
import { anyModelOverride, anyProviderOverride, KEYS, PROVIDERS, targetOf } from '../../support/core/any-overrides.ts'
import { naiveOverrides } from '../../support/core/naive-overrides.ts'
import { MINUTE, type OpenedRegistry, withRegistry } from '../../support/registry/opened-registry.ts'
import { change, current, put, putting, type Withdrawn, withdraw } from '../../support/registry/overriding.ts'
import { etagOf } from '../../support/registry/stored-history.ts'
import { ACME, aaPages, aaRow, type Facts, uuidOf } from '../../support/rows.ts'

afterEach(reset)

const CREATORS: Record<string, object> = { acme: ACME, globex: { id: uuidOf('Globex'), name: 'Globex' } }
const LENIENT = [1, 2, 3, 4, 50]

type Step =
  | { do: 'pull'; rows: Facts[] }
  | { do: 'put'; put: Override }
  | { do: 'withdraw'; target: Withdrawn }
  | { do: 'settings'; lenient: boolean }
  | { do: 'pin' | 'lift' }

const anyRows = fc
  .subarray(
    KEYS.filter(({ provider }) => CREATORS[provider]),
    { minLength: 1 },
  )
  .chain((keys) => fc.tuple(...keys.map((key) => fc.integer({ min: 1, max: 3 }).map((price) => rowOf(key, price)))))

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pull' as const), rows: anyRows }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('put' as const), put: anyModelOverride }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('put' as const), put: anyProviderOverride }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('withdraw' as const),
      target: fc.constantFrom<Withdrawn>(...KEYS, ...PROVIDERS.map((provider) => ({ provider }))),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('settings' as const), lenient: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('pin' as const, 'lift' as const) }) },
)
const anyLife = fc.record({
  first: anyRows,
  // Long ones, so that what is made is also built on, lost and corrected.
  steps: fc.array(anyStep, { minLength: 5, maxLength: 18, size: 'max' }),
  /** Shuffles what is active. */
  seed: fc.nat(),
})

/** What the registry must know, told by nothing but what was done and answered. */
class Expected {
  sources: Catalogue = { providers: [], models: [] }
  iqThresholds: readonly number[] = DEFAULT_IQ_THRESHOLDS
  pinned = false
  readonly active = new Map<string, Override>()
  #rows: Facts[] = []

  pulled(rows = this.#rows): void {
    this.#rows = rows
    const pull = readPull(aaPages(rows))
    if (!pull.ok) throw new Error(pull.failure.detail)
    const { iqThresholds } = this
    const built = buildCatalogue({ pull: pull.value, iqThresholds, names: {}, reserved: AA_CREATORS.values() })
    if (!built.ok) throw new Error(built.failure.detail)
    this.sources = built.value.catalogue
  }
}

async function live(opened: OpenedRegistry, expected: Expected, step: Step): Promise<void> {
  await opened.pass(MINUTE)
  switch (step.do) {
    case 'pull': {
      opened.source.serve(step.rows)
      expect(await opened.registry.refresh({ forced: true })).toMatchObject({ ok: true })
      return expected.pulled(step.rows)
    }
    case 'put': {
      const dry = put(opened, step.put, { dryRun: true })
      const answer = put(opened, step.put)
      if ('code' in answer) expect(dry).toEqual(answer)
      else expected.active.set(targetOf(step.put), step.put)
      return expect('diff' in answer && answer.diff).toEqual('diff' in dry && dry.diff)
    }
    case 'withdraw': {
      const answer = withdraw(opened, step.target)
      if (!('code' in answer)) expected.active.delete(targetOf(step.target))
      return
    }
    case 'settings': {
      expected.iqThresholds = step.lenient ? LENIENT : DEFAULT_IQ_THRESHOLDS
      expected.pulled()
      await opened.reopen({ IQ_THRESHOLDS: expected.iqThresholds.join(',') })
      return opened.pass(MINUTE)
    }
    case 'pin': {
      opened.registry.rollBack({ by: 'version', hex: opened.rows()[0]?.etag.slice(1, -1) ?? '' }, 'why')
      expected.pinned = true
      return
    }
    case 'lift': {
      opened.registry.liftPin()
      expected.pinned = false
    }
  }
}

function expectServed(opened: OpenedRegistry, { sources, active, iqThresholds, pinned }: Expected, seed: number): void {
  const overrides = shuffled([...active.values()], seed)
  const remembered = readRemembered(opened.db)
  const pure = applyOverrides(sources, overrides, { iqThresholds, remembered })
  expect(opened.registry.status().orphaned).toEqual(pure.orphaned)
  if (pinned) return
  const { models, providers, etag } = current(opened)
  expect({ models, providers }).toEqual(naiveOverrides(sources, overrides, remembered, iqThresholds))
  expect(pure.catalogue).toEqual({ models, providers })
  expect(etag).toBe(etagOf({ models, providers }))
}

async function begin(opened: OpenedRegistry, rows: Facts[]): Promise<Expected> {
  const tables = ['revisions', 'entities', 'versions', 'pulls', 'settings', 'overrides', 'remembered', 'jobs']
  for (const table of tables) opened.db.sql.exec(`delete from ${table}`)
  await opened.reopen()
  const expected = new Expected()
  await live(opened, expected, { do: 'pull', rows })
  await live(opened, expected, { do: 'put', put: { provider: 'Azure', set: { name: 'Azure' } } })
  return expected
}

describe('after any sequence of pulls, overrides, withdrawals, pins and settings', () => {
  it('the manifest is what the last accepted pull, the active overrides, the settings and the memory make', () =>
    withRegistry((opened) =>
      fc.assert(
        fc.asyncProperty(anyLife, async ({ first, steps, seed }) => {
          const expected = await begin(opened, first)
          for (const step of steps) {
            await live(opened, expected, step)
            expectServed(opened, expected, seed)
          }
        }),
        { numRuns: 12 },
      ),
    ))

  it('withdrawing every override brings back the version that the pull alone gives', () =>
    withRegistry((opened) =>
      fc.assert(
        fc.asyncProperty(anyLife, async ({ first, steps, seed }) => {
          const expected = await begin(opened, first)
          for (const step of steps) await live(opened, expected, step)
          await live(opened, expected, { do: 'lift' })
          const changes = shuffled([...expected.active.values()], seed).map(({ provider, value }) => ({
            ...{ provider, ...(value !== undefined && { value }) },
          }))
          if (changes.length > 0) expect(change(opened, changes)).not.toHaveProperty('code')
          expect(current(opened).etag).toBe(etagOf(expected.sources))
          expect(opened.registry.status().orphaned).toEqual([])
        }),
        { numRuns: 8 },
      ),
    ))

  it('overrides put in any order, one by one or at once, make the same version', () =>
    withRegistry((opened) => {
      const anyPuts = fc.uniqueArray(anyModelOverride, { selector: targetOf, minLength: 2, maxLength: 6 })
      return fc.assert(
        fc.asyncProperty(anyRows, anyPuts, fc.nat(), async (rows, puts, seed) => {
          // With names, none depends on another being there before.
          const named = puts.map((override) => ({
            ...override,
            set: { name: 'N', ...override.set },
            provider: override.provider,
          }))
          const whole = PROVIDERS.map((provider) => ({ provider, set: { name: provider } }))
          const bases = named
            .flatMap(({ inheritFrom }) => inheritFrom ?? [])
            .filter((key) => !named.some((override) => targetOf(override) === targetOf(key)))
          const all: Override[] = [...whole, ...bases.map((key) => ({ ...key, set: { name: 'B' } })), ...named]
          const unique = [...new Map(all.map((override) => [targetOf(override), override])).values()]
          await begin(opened, rows)
          expect(change(opened, shuffled(unique, seed).map(putting))).not.toHaveProperty('code')
          const { version } = current(opened)
          await begin(opened, rows)
          // Bases before what inherits from them.
          const inOrder = unique.toSorted((a, b) => placeOf(a) - placeOf(b))
          for (const override of inOrder) expect(put(opened, override)).not.toHaveProperty('code')
          expect(current(opened).version).toBe(version)
        }),
        { numRuns: 8 },
      )
    }))
})

const placeOf = ({ provider, value }: Override) =>
  KEYS.findIndex((key) => key.provider === provider && key.value === value)

function rowOf({ provider, value }: ModelKey, price: number): Facts {
  return aaRow({
    ...{
      id: uuidOf(`${provider} ${value}`),
      slug: value,
      name: `${value} ${price}`,
      model_creator: CREATORS[provider],
    },
    pricing: { price_1m_input_tokens: price, price_1m_output_tokens: price },
  })
}

function shuffled<T>(things: T[], seed: number): T[] {
  return things
    .map((thing, index) => ({ thing, place: Math.imul(seed + index + 1, 0x9e3779b1) >>> 0 }))
    .sort((a, b) => a.place - b.place)
    .map(({ thing }) => thing)
}
