/**
 * The facts of two sources as one row. The first wins wherever it speaks; the second fills what it is silent about, and
 * of that only what the registry takes from a second source.
 */
import type { SourceRow } from './source-pull.ts'

/** The row of the second source that speaks of the same model. */
export interface SecondRow {
  row: SourceRow
  /** Of the provider's own API; another host's ids, prices, limits and statuses are its own. */
  own: boolean
}

export function joinRows(first: SourceRow, second: SecondRow | undefined): SourceRow {
  return second ? { ...first, ...mergeFacts(fillOf(second), first) } : first
}

type Fill = Omit<SourceRow, 'id' | 'slug' | 'name' | 'creator' | 'releaseDate'>

function fillOf({ row, own }: SecondRow): Fill {
  const { vision, audio, toolUse, json, reasoning } = row.capabilities ?? {}
  const { contextWindow, maxOutput } = row.metrics ?? {}
  const { cacheRead, cacheWrite } = row.pricing ?? {}
  return {
    knowledgeCutoff: row.knowledgeCutoff,
    openWeights: row.openWeights,
    modalities: row.modalities,
    capabilities: { vision, audio, toolUse, json, reasoning },
    ...(own && {
      ...{ sdk: row.sdk, status: row.status },
      metrics: { contextWindow, maxOutput },
      pricing: { cacheRead, cacheWrite },
    }),
  }
}

/** Key by key, what the stronger side leaves open is the weaker side's. */
function mergeFacts<T extends object>(weaker: T, stronger: Partial<T>): T {
  const merged = new Map<string, unknown>(Object.entries(weaker))
  for (const [key, fact] of Object.entries(stronger)) {
    const other = merged.get(key)
    if (isObject(fact) && isObject(other)) merged.set(key, mergeFacts(other, fact))
    else if (fact !== undefined) merged.set(key, fact)
  }
  return Object.fromEntries(merged) as T // each key holds what one of the two held under it
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
