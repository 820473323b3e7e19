import { reset } from 'cloudflare:test'
import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { applyOverrides } from '../../../../src/core/overrides/apply-overrides.ts'
import type { Override } from '../../../../src/core/overrides/override.ts'
import type { ModelKey } from '../../../../src/core/schema/model.ts'
import { readRemembered } from '../../../../src/registry/store/override-record.ts'
import {
  anyModelOverride,
  anyProviderOverride,
  KEYS,
  PROVIDERS,
  targetOf,
} from '../../../support/core/any-overrides.ts'
import { independentEtag } from '../../../support/core/naive/independent-root.ts'
import { type AcceptedData, buildFully, scaleOf } from '../../../support/registry/full-build.ts'
import { MINUTE, type OpenedRegistry, withRegistry } from '../../../support/registry/opened-registry.ts'
import { change, current, put, putting, type Withdrawn, withdraw } from '../../../support/registry/overriding.ts'
import { type ModelsDevProviders, sendModelsDev } from '../../../support/registry/recorded/models-dev-days.ts'
import { expectSameExplanations } from '../../../support/registry/same-explanations.ts'
import { ACME, aaRow, type Facts, uuidOf } from '../../../support/rows.ts'

afterEach(reset)

const CREATORS: Record<string, object> = { acme: ACME, globex: { id: uuidOf('Globex'), name: 'Globex' } }
const LENIENT = [1, 2, 3, 4, 50]
const ON = { vars: { MODELS_DEV_URL: 'https://models.example/api.json' } }
/** All data of the registry. */
const TABLES = [
  'revisions',
  'entities',
  'parts',
  'diffs',
  'versions',
  'pulls',
  'accepted',
  'holds',
  'source_parts',
  'readings',
  'manifest_digests',
  'part_bodies',
  'part_inputs',
].concat(['creator_providers', 'state', 'overrides', 'remembered', 'jobs'])

type Step =
  | { do: 'measure'; rows: Facts[] }
  | { do: 'list'; providers: ModelsDevProviders }
  | { do: 'put'; put: Override }
  | { do: 'withdraw'; target: Withdrawn }
  | { do: 'settings'; lenient: boolean; providers: string }
  | { do: 'pin' | 'lift' }

const anyRows = fc
  .subarray(
    KEYS.filter(({ provider }) => CREATORS[provider]),
    { minLength: 1 },
  )
  .chain((keys) => fc.tuple(...keys.map((key) => fc.integer({ min: 1, max: 3 }).map((price) => rowOf(key, price)))))

/** Rows of models.dev: some are also measured by Artificial Analysis, some are first offered by another provider. */
const anyListing: fc.Arbitrary<ModelsDevProviders> = fc
  .subarray(KEYS, { minLength: 1 })
  .chain((keys) =>
    fc.tuple(
      ...keys.map(({ provider, value }) =>
        fc
          .record({ price: fc.integer({ min: 1, max: 3 }), isLabelled: fc.boolean() })
          .map(({ price, isLabelled }) => ({ provider, row: listedRow(value, price, isLabelled) })),
      ),
    ),
  )
  .map((rows) => {
    const byProvider = Map.groupBy(rows, ({ provider }) => provider)
    return Object.fromEntries([...byProvider].map(([provider, own]) => [provider, own.map(({ row }) => row)]))
  })

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('measure' as const), rows: anyRows }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('list' as const), providers: anyListing }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('put' as const), put: anyModelOverride }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('put' as const), put: anyProviderOverride }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('withdraw' as const),
      target: fc.constantFrom<Withdrawn>(...KEYS, ...PROVIDERS.map((provider) => ({ provider }))),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('settings' as const),
      lenient: fc.boolean(),
      providers: fc.constantFrom('', '', 'acme', '-globex,-Azure'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('pin' as const, 'lift' as const) }) },
)
const anyLife = fc.record({
  first: anyRows,
  // Long sequences, so that later steps build on, lose and correct the results of earlier ones.
  steps: fc.array(anyStep, { minLength: 5, maxLength: 18, size: 'max' }),
  /** The seed for shuffling the active overrides. */
  seed: fc.nat(),
})

/** The input of the registry, which decides what it must serve. */
interface Expected extends AcceptedData {
  pinned: boolean
  active: Map<string, Override>
}

async function live(opened: OpenedRegistry, expected: Expected, step: Step): Promise<void> {
  await opened.pass(MINUTE)
  switch (step.do) {
    case 'measure': {
      expect(opened.send(step.rows, { forced: true })).toMatchObject({ ok: true })
      expected.measured = step.rows
      return
    }
    case 'list': {
      expect(sendModelsDev(opened, step.providers, { forced: true })).toMatchObject({ ok: true })
      expected.listed = step.providers
      return
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
      const { lenient, providers } = step
      expected.providers = providers
      if (lenient) expected.thresholds = LENIENT
      else delete expected.thresholds
      const thresholds: Record<string, string> = lenient ? { IQ_THRESHOLDS: LENIENT.join(',') } : {}
      await opened.reopen({ ...ON.vars, ...thresholds, PROVIDERS: providers })
      return opened.pass(MINUTE)
    }
    case 'pin': {
      opened.registry.rollBack({ by: 'version', hex: opened.commits()[0]?.etag.slice(1, -1) ?? '' }, 'why')
      expected.pinned = true
      return
    }
    case 'lift': {
      opened.registry.liftPin()
      expected.pinned = false
    }
  }
}

function expectServed(opened: OpenedRegistry, expected: Expected, seed: number): void {
  const overrides = shuffled([...expected.active.values()], seed)
  const context = { scale: scaleOf(expected), remembered: readRemembered(opened.db), at: opened.clock.now }
  const pure = applyOverrides(buildFully(expected), overrides, context)
  expect(opened.registry.status().orphaned).toEqual(pure.orphaned)
  if (expected.pinned) return
  const { models, providers, etag } = current(opened)
  expect({ models, providers }).toEqual(pure.catalogue)
  expect(etag).toBe(independentEtag({ models, providers }))
}

async function begin(opened: OpenedRegistry, rows: Facts[]): Promise<Expected> {
  for (const table of TABLES) opened.db.sql.exec(`delete from ${table}`)
  await opened.reopen(ON.vars)
  const expected: Expected = { pinned: false, active: new Map() }
  await live(opened, expected, { do: 'measure', rows })
  await live(opened, expected, { do: 'put', put: { provider: 'Azure', set: { name: 'Azure' } } })
  return expected
}

describe('after any sequence of pulls of both sources, overrides, deletions, pins and settings', () => {
  it('the manifest equals a build of everything accepted, and so does the explanation of each model', () =>
    withRegistry((opened) =>
      fc.assert(
        fc.asyncProperty(anyLife, async ({ first, steps, seed }) => {
          const expected = await begin(opened, first)
          for (const step of steps) {
            await live(opened, expected, step)
            expectServed(opened, expected, seed)
            expectSameExplanations(opened, KEYS)
          }
        }),
        { numRuns: 12 },
      ),
    ))

  it('deleting every override restores the version built from the sources alone', () =>
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
          expect(current(opened).etag).toBe(independentEtag(buildFully(expected)))
          expect(opened.registry.status().orphaned).toEqual([])
        }),
        { numRuns: 8 },
      ),
    ))

  it('overrides put in any order, one by one or together, create the same version', () =>
    withRegistry((opened) => {
      const anyPuts = fc.uniqueArray(anyModelOverride, { selector: targetOf, minLength: 2, maxLength: 6 })
      return fc.assert(
        fc.asyncProperty(anyRows, anyPuts, fc.nat(), async (rows, puts, seed) => {
          // With names, none depends on another existing before; a limit above a context window would be refused.
          const named = puts.map(({ set = {}, ...override }) => {
            const metrics = set.metrics && { metrics: { ...set.metrics, maxOutput: 50 } }
            return { ...override, set: { name: 'N', ...set, ...metrics } }
          })
          const whole = PROVIDERS.map((provider) => ({ provider, set: { name: provider } }))
          const bases = named
            .flatMap(({ inheritFrom }) => inheritFrom ?? [])
            .filter((key) => !named.some((override) => targetOf(override) === targetOf(key)))
          const all: Override[] = [...whole, ...bases.map((key) => ({ ...key, set: { name: 'B' } })), ...named]
          const unique = [...new Map(all.map((override) => [targetOf(override), override])).values()]
          await begin(opened, rows)
          // Limits above a context window are refused either way, and another test covers them.
          fc.pre(!('code' in change(opened, shuffled(unique, seed).map(putting))))
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

function listedRow(value: string, price: number, isLabelled: boolean): Facts & { id: string } {
  const facts = { id: value, name: `${value} ${price}`, cost: { input: price, output: price } }
  return isLabelled ? { ...facts, canonical_model_id: `acme/${value.split('/').at(-1)}` } : facts
}

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
