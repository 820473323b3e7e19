/** A row as `api.json` served it: the schema of models.dev dropped some keys of its files, and changed others. */
import { isTable, type Table } from './inherit.ts'

/** Keys that were in the files before they were in the schema, and were not served. */
const UNSERVED = ['alpha', 'beta', 'input_modalities', 'output_modalities']

const COST_KEYS = [
  ...['input', 'output', 'reasoning', 'cache_read', 'cache_write', 'input_audio', 'output_audio'],
  ...['context_over_200k', 'tiers'],
]

export function normalizeRow(row: Table): Table {
  const normal = Object.fromEntries(Object.entries(row).filter(([key]) => !UNSERVED.includes(key)))
  const { cost, reasoning_options: options } = row
  if (isTable(cost)) normal.cost = normalizeCost(cost)
  if (Array.isArray(options)) normal.reasoning_options = options.map(normalizeOption)
  return normal
}

function normalizeCost(cost: Table): Table {
  const served = Object.entries(withUniformNames(cost)).filter(([key]) => COST_KEYS.includes(key))
  const { tiers, ...prices }: Table = Object.fromEntries(served)
  return Array.isArray(tiers) ? { ...prices, tiers: tiers.map(withTierType) } : prices
}

/** Until 2025-06-17, cache prices had other names, and 0 meant that there was none. */
function withUniformNames(cost: Table): Table {
  const { inputCached, outputCached } = cost
  return {
    ...cost,
    ...(inputCached ? { cache_read: inputCached } : {}),
    ...(outputCached ? { cache_write: outputCached } : {}),
  }
}

function withTierType(tier: unknown): unknown {
  return isTable(tier) && isTable(tier.tier) ? { ...tier, tier: { type: 'context', ...tier.tier } } : tier
}

/** TOML has no null, but null is also an effort. */
function normalizeOption(option: unknown): unknown {
  if (!isTable(option) || !Array.isArray(option.values)) return option
  return { ...option, values: option.values.map((value) => (value === 'null' ? null : value)) }
}
