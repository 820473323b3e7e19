/**
 * The prices of the requested models, as of a commit: from memory if they were read before, all others from the Durable
 * Object in one call.
 */
import { canonicalize } from '../../core/json/canonical.ts'
import type { PriceEntry } from '../../core/pricing/price-usage.ts'
import type { Pointer } from '../../core/schema/history.ts'
import type { PricedModelQuery } from '../../core/search/priced-model.ts'
import { commitKeyOf, SEED_SEQ } from '../memory.ts'
import type { Tiers } from '../tiers.ts'

/** In the order of the asks. */
export async function readPrices(
  tiers: Tiers,
  pointer: Pointer,
  asks: readonly PricedModelQuery[],
): Promise<PriceEntry[]> {
  const { memory } = tiers
  const scope = commitKeyOf(pointer)
  const keyOf = ({ provider, model }: PricedModelQuery): string => `${scope} ${canonicalize({ provider, model })}`
  const wanted = new Map(asks.map((ask) => [keyOf(ask), ask]))
  const known = new Map([...wanted.keys()].map((key) => [key, memory.prices.get(key)]))
  const missing = [...wanted].filter(([key]) => !known.get(key))
  const fetched = await fetchPrices(
    tiers,
    pointer,
    missing.map(([, ask]) => ask),
  )
  for (const [index, [key]] of missing.entries()) {
    const entry = fetched[index]
    known.set(key, entry)
    if (entry) memory.keepPrices(key, entry)
  }
  return asks.flatMap((ask) => known.get(keyOf(ask)) ?? [])
}

async function fetchPrices(tiers: Tiers, pointer: Pointer, asks: readonly PricedModelQuery[]): Promise<PriceEntry[]> {
  if (asks.length === 0) return []
  const { seq, version } = pointer
  if (seq === SEED_SEQ) return (await import('./seed-prices.ts')).seedPrices(tiers, pointer, asks)
  const bytes = await tiers.registry.priceBook(asks, seq)
  if (!bytes) throw new Error(`Cannot read prices: the registry has no commit ${seq} of ${version}`)
  return JSON.parse(new TextDecoder().decode(bytes)) // written by the object, an entry for each ask
}
