/**
 * Usage of every shape and of models with every kind of price, before and after price changes. The same in every run.
 */
import fc from 'fast-check'
import { SHAPES, type TokenCounts } from '../core/usage-shapes.ts'
import type { Facts } from '../rows.ts'
import type { ModelsDevApis } from '../sources/models-dev-catalogue.ts'

export interface BilledRow {
  provider?: string
  model: string
  at: string
  mode?: string
  usage: object
}

/** What is listed on the first days only. Of two it is known which they are by their provider alone, or by their date. */
const LEFT: ModelsDevApis = {
  openai: ['left', 'twin', 'dated-2025-01-01'].map((id) => ({ id, cost: { input: 2, output: 6, cache_read: 0.5 } })),
  mistral: [{ id: 'twin', cost: { input: 1, output: 3 } }],
  perplexity: [{ id: 'left-free', cost: { input: 0, output: 0 } }],
}

/** Prices of one day; the factor is what they are multiplied by. */
export function listedAt(factor: number, isLast = false): ModelsDevApis {
  const there = listed(factor)
  const left = isLast ? {} : LEFT
  return Object.fromEntries(Object.entries(there).map(([api, models]) => [api, [...models, ...(left[api] ?? [])]]))
}

function listed(factor: number): ModelsDevApis {
  const prices = (input: number, others: Facts = {}) => ({
    input: input * factor,
    output: 4 * input * factor,
    cache_read: (input * factor) / 8,
    ...others,
  })
  const long = { input: 8, output: 30, cache_read: 0.8, cache_write: 10, tier: { type: 'context', size: 272_000 } }
  const fast = {
    cost: prices(12.5, { tiers: [{ ...long, input: 25 }] }),
    provider: { body: { service_tier: 'priority' } },
  }
  return {
    openai: [
      { id: 'tiered', cost: prices(4, { cache_write: 5, tiers: [long] }), experimental: { modes: { fast } } },
      { id: 'spoken', cost: prices(0.5, { input_audio: 4, output_audio: 16 }) },
      { id: 'nightly', cost: prices(0.66) },
      { id: PROMOTED, cost: prices(0.75) },
      { id: 'dated', cost: prices(1) },
    ],
    anthropic: [{ id: 'kept', cost: prices(3, { cache_write: 3.75, context_over_200k: { input: 6, output: 22.5 } }) }],
    perplexity: [
      { id: 'thinking', cost: prices(2, { reasoning: 3 }) },
      { id: 'free-of-charge', cost: { input: 0, output: 0 } },
    ],
    mistral: [{ id: 'uncached', cost: { input: 0.1 * factor, output: 0.3 } }],
  }
}

/** A model with a promotion whose end is not in any day's catalogue. */
export const PROMOTED = 'promoted'

export const PROMOTION = {
  prices: [
    {
      ...{ from: '2030-01-10', until: '2030-02-01T12:00:00Z', source: 'https://example.com/prices' },
      pricing: { input: 0.375, output: 1.5, cacheRead: 0.0375 },
    },
  ],
  note: 'A promotion',
}

/** Prices that models.dev has no field for: input at half the price at night, and cache writes for an hour. */
export const NIGHTLY = {
  set: {
    pricing: {
      cacheWrite: 1.23456789,
      cacheWrite1h: 1e-7,
      windows: [{ from: '22:00', to: '06:00', days: [5, 6], except: ['2030-01-04'], prices: { input: 0.33 } }],
    },
  },
  note: 'Prices of the night',
}

const keysOf = (apis: ModelsDevApis) =>
  Object.entries(apis).flatMap(([provider, rows]) => rows.map(({ id }) => [provider, id] as const))
const KEYS = keysOf(listed(1))
/** Spelt as no value is. */
const RESPELT = keysOf(listedAt(1)).map(([provider, id]) => [provider, `${id.toUpperCase()}-latest`] as const)
const ABSENT = ['openai', 'absent'] as const
const UNSURE = [...keysOf(LEFT), ...RESPELT, ABSENT]

export const isGone = (id: string): boolean => keysOf(LEFT).some(([, gone]) => gone === id)

/** Only the registry knows of these which model an id means that is gone since, or is spelt otherwise. */
export const isUnsure = (id: string): boolean => UNSURE.some(([, unsure]) => unsure === id)
const LABS = ['openai', 'anthropic', 'mistral']
const MODES = [undefined, undefined, undefined, 'fast', 'absent']

const anyCount = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 400_000 }))
const anySpent: fc.Arbitrary<TokenCounts> = fc.record({
  ...{ fresh: anyCount, cacheRead: anyCount, cacheWrite: anyCount, cacheWrite1h: fc.oneof(fc.constant(0), anyCount) },
  ...{ audioIn: fc.oneof(fc.constant(0), anyCount), text: anyCount, reasoning: anyCount, audioOut: anyCount },
})
const anyUsage = fc.tuple(fc.constantFrom(...SHAPES), anySpent).map(([[, shape, without], spent]) => {
  return shape({ ...spent, ...Object.fromEntries(without.map((kind) => [kind, 0])) })
})
const anyTime = fc
  .oneof(
    fc.date({ min: new Date('2026-09-30'), max: new Date('2026-10-05'), noInvalidDate: true }),
    fc.date({ min: new Date('2030-01-01'), max: new Date('2030-03-01'), noInvalidDate: true }),
  )
  .map((date) => date.toISOString())

const anyRow: fc.Arbitrary<BilledRow> = fc
  .tuple(
    fc.oneof({ weight: 11, arbitrary: fc.constantFrom(...KEYS) }, fc.constantFrom(...UNSURE)),
    fc.boolean(),
    anyTime,
    anyUsage,
    fc.constantFrom(...MODES),
  )
  .map(([[provider, model], isNamed, at, usage, mode]) => ({
    // Without a provider, the model is looked up at the labs' own providers.
    ...((isNamed || !LABS.includes(provider)) && { provider }),
    ...{ model, at, usage, ...(mode !== undefined && { mode }) },
  }))

const SEED = 20_261_014

export function randomBill(rows: number): BilledRow[] {
  return fc.sample(anyRow, { seed: SEED, numRuns: rows })
}
