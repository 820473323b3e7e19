/** The prices of a model over time from an opened registry. */
import type { ModelKey } from '../../../src/core/schema/model.ts'
import type { PricePeriod } from '../../../src/core/schema/price-period.ts'
import type { OpenedRegistry } from './opened-registry.ts'

const ONE = { provider: 'acme', value: 'one' }

/** As of the newest commit by default. */
export function pricesOf({ registry }: OpenedRegistry, key: ModelKey = ONE, seq?: number): PricePeriod[] {
  const bytes = registry.prices({ ...key, asOf: seq ?? registry.current()?.seq ?? 0 })
  return JSON.parse(new TextDecoder().decode(bytes))
}
