/**
 * Reads usage as an API returned it. The API is recognized by its keys; if several match, the one that recognizes most
 * of the keys is used. An unknown key that holds tokens is refused; any other unknown key is listed in `ignored`. Pure.
 */
import { ok, type Result } from '../failure.ts'
import { type CostFailure, costFailure, refuse } from './cost-failure.ts'
import { countTokens, type TokenCounts } from './token-counts.ts'
import { USAGE_APIS, type UsageApi } from './usage-apis.ts'
import { UsageFields } from './usage-fields.ts'

export interface UsageReading {
  counts: TokenCounts
  /** Keys that do not affect the counts. */
  ignored: string[]
  /** The non-standard ways in which the request was served, such as a service tier. */
  served: string[]
}

/** The APIs' names for service at the base prices. */
const STANDARD = /^(standard|default|auto|unspecified|on_demand|traffic_type_unspecified)?$/i

export function readUsage(usage: unknown): Result<UsageReading, CostFailure> {
  if (typeof usage !== 'object' || usage === null)
    return refuse(costFailure('unreadable-usage', 'it is not an object', {}))
  if (!('inputTokens' in usage)) return readBest(usage)
  const { raw, ...own } = usage as { raw?: unknown }
  const reading = readBest(own)
  if (!reading.ok || typeof raw !== 'object' || raw === null || apisOf(raw).length === 0) return reading
  // The AI SDK's copy of the provider's usage is more detailed than its own counts.
  const ofProvider = readBest(raw)
  if (!ofProvider.ok) return ofProvider
  return ok({ ...ofProvider.value, ignored: [...reading.value.ignored, ...ofProvider.value.ignored] })
}

function readBest(usage: object): Result<UsageReading, CostFailure> {
  const attempts = apisOf(usage).map((api) => readAs(api, usage))
  attempts.sort((a, b) => a.ignored.length - b.ignored.length)
  // Unknown tokens show that the usage is from another API; a contradiction does not.
  const fit = attempts.find(({ failure }) => failure?.code !== 'unknown-tokens')
  const best = fit && !fit.failure ? fit : attempts[0]
  if (!best)
    return refuse(costFailure('unreadable-usage', 'it has no count of input tokens under a key of a known API', {}))
  const { failure, ...reading } = best
  return failure ? refuse(failure) : ok(reading)
}

function apisOf(usage: object): UsageApi[] {
  return USAGE_APIS.filter(({ input }) => input in usage)
}

function readAs(api: UsageApi, usage: object): UsageReading & { failure: CostFailure | undefined } {
  const fields = new UsageFields(usage)
  const counts = countTokens(api, fields)
  const ways = new Set(['service_tier', 'serviceTier', 'speed', 'trafficType'].map((key) => fields.text(key)))
  const ignored = fields.unread(api.included)
  return { counts, ignored, served: [...ways].filter((way) => !STANDARD.test(way)), failure: fields.failure }
}
