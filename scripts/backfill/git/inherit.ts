/** What a row of models.dev inherits from the file that it extends, as in the generator of its `api.json`. */
import type { TomlTable } from 'smol-toml'

export type Table = Record<string, unknown>

export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

/** Tables are merged, and everything else is replaced. */
export function mergeTables(base: Table, overrides: Table): Table {
  const merged = { ...base }
  for (const [key, value] of Object.entries(overrides)) {
    const inherited = merged[key]
    merged[key] = isTable(inherited) && isTable(value) ? mergeTables(inherited, value) : value
  }
  return merged
}

/** Removes the value at a dotted path, and tables that become empty. A missing path changes nothing. */
export function omitPath(table: Table, path: readonly string[]): Table {
  const [key = '', ...rest] = path
  const inner = table[key]
  if (inner === undefined || (rest.length > 0 && !isTable(inner))) return table
  const left = rest.length > 0 && isTable(inner) ? omitPath(inner, rest) : {}
  if (left === inner) return table
  const { [key]: _, ...others } = table
  return Object.keys(left).length > 0 ? { ...table, [key]: left } : others
}

/** Facts of a base file that are about the weights, not about how they are served. */
const NOT_INHERITED = ['id', 'benchmarks', 'license', 'links', 'weights']

export function inheritableOf(base: TomlTable): Table {
  return Object.fromEntries(Object.entries(base).filter(([key]) => !NOT_INHERITED.includes(key)))
}

/** The smallest context of a tier that is also written for readers without support for tiers. */
const LEGACY_TIER_SIZE = 200_000

/** One tier is written a second time as `context_over_200k`, whatever its size above that. */
export function withLegacyTier(row: Table): Table {
  const { cost } = row
  if (!isTable(cost) || !Array.isArray(cost.tiers) || cost.tiers.length !== 1) return row
  const [first] = cost.tiers
  if (!isTable(first) || !isTable(first.tier)) return row
  const { tier, ...prices } = first
  const { type = 'context', size } = first.tier
  if (type !== 'context' || typeof size !== 'number' || size < LEGACY_TIER_SIZE) return row
  return { ...row, cost: { ...cost, context_over_200k: prices } }
}
