/**
 * Reads prices, tiers and modes as models.dev states them. `core/statements/billing.ts` decides what a price of 0
 * means.
 */
import type { PriceMode, Prices, PriceTier, Pricing } from '../../../core/schema/pricing.ts'
import { MAX_MODES, MAX_TIERS } from '../../../core/schema/pricing.ts'
import type { PRICES } from '../../../core/vocabulary.ts'
import { factsOf, put } from '../../fact.ts'
import type { FieldReader, JsonObject } from '../../field-reader.ts'
import { readModeRequest } from './read-mode-request.ts'

/**
 * models.dev has no price for an hour in the cache: its price for cache writes is that for five minutes. The fields are
 * in the order of canonical JSON, so that they need not be sorted later.
 */
const FIELDS: [key: Exclude<(typeof PRICES)[number], 'cacheWrite1h'>, field: string][] = [
  ['cacheRead', 'cache_read'],
  ['cacheWrite', 'cache_write'],
  ['input', 'input'],
  ['inputAudio', 'input_audio'],
  ['output', 'output'],
  ['outputAudio', 'output_audio'],
  ['reasoning', 'reasoning'],
]
/** The prompt length of `context_over_200k`, the only tier in the older schema. */
const LONG_CONTEXT = 200_000
const MODE_NAME = /^[\w.-]{1,64}$/

export function readPricing(row: JsonObject, fields: FieldReader): Pricing | undefined {
  const pricing: Pricing = readCost('cost', row.cost, fields)
  // `true` in rows from 2025, when models.dev marked whole rows as experimental.
  const experimental = typeof row.experimental === 'object' ? row.experimental : undefined
  const modes = fields.object('experimental', experimental)?.modes
  if (modes !== undefined) put(pricing, 'modes', readModes(modes, fields))
  return factsOf(pricing)
}

function readCost(field: string, value: unknown, fields: FieldReader): Prices & { tiers?: PriceTier[] } {
  const prices: Prices & { tiers?: PriceTier[] } = {}
  const cost = fields.object(field, value)
  if (cost === undefined) return prices
  readPrices(field, cost, prices, fields)
  put(prices, 'tiers', readTiers(field, cost, fields))
  return prices
}

function readPrices(field: string, cost: JsonObject, prices: Prices, fields: FieldReader): void {
  for (const [key, name] of FIELDS) {
    const value = cost[name]
    if (value !== undefined) put(prices, key, fields.price(field, name, value))
  }
}

/** Ascending. `context_over_200k` repeats one of `tiers` for old readers, so it is used only if `tiers` is absent. */
function readTiers(field: string, cost: JsonObject, fields: FieldReader): PriceTier[] | undefined {
  const tiers: PriceTier[] = []
  if (cost.tiers !== undefined) readTierList(`${field}.tiers`, cost.tiers, tiers, fields)
  if (tiers.length === 0 && cost.context_over_200k !== undefined) {
    const name = `${field}.context_over_200k`
    const long = fields.object(name, cost.context_over_200k)
    if (long) addTier(name, long, LONG_CONTEXT, tiers, fields)
  }
  return tiers.length > 0 ? tiers.sort((a, b) => a.above - b.above) : undefined
}

function readTierList(field: string, value: unknown, tiers: PriceTier[], fields: FieldReader): void {
  const list = fields.list(field, value) ?? []
  if (list.length > MAX_TIERS) fields.reject(field, value)
  else for (const entry of list) readTier(field, entry, tiers, fields)
}

function readTier(field: string, entry: unknown, tiers: PriceTier[], fields: FieldReader): void {
  const cost = fields.object(field, entry)
  if (cost === undefined) return
  const above = readAbove(`${field}.tier`, cost.tier, fields)
  if (above === undefined) return
  if (tiers.some((tier) => tier.above === above)) fields.reject(field, entry)
  else addTier(field, cost, above, tiers, fields)
}

/** Only tiers by the length of the prompt can be applied. */
function readAbove(field: string, value: unknown, fields: FieldReader): number | undefined {
  const tier = fields.object(field, value ?? 'no tier')
  if (tier === undefined) return undefined
  if (tier.type !== undefined && tier.type !== 'context') return fields.reject(`${field}.type`, tier.type)
  return fields.count(`${field}.size`, tier.size) || fields.reject(`${field}.size`, tier.size)
}

function addTier(field: string, cost: JsonObject, above: number, tiers: PriceTier[], fields: FieldReader): void {
  const prices: Prices = {}
  readPrices(field, cost, prices, fields)
  if (factsOf(prices)) tiers.push({ above, ...prices })
}

function readModes(value: unknown, fields: FieldReader): Pricing['modes'] {
  const stated = fields.object('experimental.modes', value)
  if (stated === undefined) return undefined
  const names = Object.keys(stated)
  if (names.length > MAX_MODES) return fields.reject('experimental.modes', value)
  const modes: NonNullable<Pricing['modes']> = {}
  for (const name of names) {
    if (!MODE_NAME.test(name) || name === '__proto__') fields.reject('experimental.modes', name)
    else put(modes, name, readMode(stated[name], fields))
  }
  return factsOf(modes)
}

function readMode(value: unknown, fields: FieldReader): PriceMode | undefined {
  const stated = fields.object('experimental.modes', value)
  if (stated === undefined) return undefined
  const mode: PriceMode = readCost('experimental.modes.cost', stated.cost, fields)
  put(mode, 'request', readModeRequest(stated, fields))
  return factsOf(mode)
}
