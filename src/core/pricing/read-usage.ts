/**
 * Reads usage as an API returned it. Which API that is shows in its keys; where several have them, the one that knows
 * most of the others reads it. A key that holds tokens and is not known is refused, any other is listed. Pure.
 */
import { ok, type Result } from '../failure.ts'
import { type CostFailure, costFailure, refuse } from './cost-failure.ts'
import { countTokens, type TokenCounts } from './token-counts.ts'
import { USAGE_APIS, type UsageApi } from './usage-apis.ts'
import { UsageFields } from './usage-fields.ts'

export interface UsageReading {
  counts: TokenCounts
  /** Keys that have no part in the counts. */
  ignored: string[]
  /** How the request was served, as far as that is not the standard way. */
  served: string[]
}

/** Ways to serve a request at the base prices, as the APIs call them. */
const STANDARD = /^(standard|default|auto|unspecified|on_demand|traffic_type_unspecified)?$/i

export function readUsage(usage: unknown): Result<UsageReading, CostFailure> {
  if (typeof usage !== 'object' || usage === null)
    return refuse(costFailure('unreadable-usage', 'it is not an object', {}))
  if (!('inputTokens' in usage)) return readBest(usage)
  const { raw, ...own } = usage as { raw?: unknown }
  const reading = readBest(own)
  if (!reading.ok || typeof raw !== 'object' || raw === null || apisOf(raw).length === 0) return reading
  // The AI SDK's copy of what its provider returned says more than its own counts do.
  const ofProvider = readBest(raw)
  if (!ofProvider.ok) return ofProvider
  return ok({ ...ofProvider.value, ignored: [...reading.value.ignored, ...ofProvider.value.ignored] })
}

function readBest(usage: object): Result<UsageReading, CostFailure> {
  const attempts = apisOf(usage).map((api) => readAs(api, usage))
  attempts.sort((a, b) => a.ignored.length - b.ignored.length)
  // Tokens that an API does not know show that the usage is not its own; a contradiction does not.
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
