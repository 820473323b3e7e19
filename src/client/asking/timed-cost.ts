/** The cost of a request at the prices of its time, which only the registry has. */
import { costFailure } from '../../core/pricing/cost-failure.ts'
import { type CostOptions, costOf } from '../../core/pricing/cost-of.ts'
import { periodAt } from '../../core/pricing/price-periods.ts'
import { spanOf, unknownAt } from '../../core/pricing/price-usage.ts'
import type { Model, ModelKey } from '../../core/schema/model.ts'
import type { PricedModelQuery } from '../../core/search/priced-model.ts'
import { isDate, parseAt } from '../../core/selector.ts'
import { CostError, ProblemError } from '../errors.ts'
import type { Transport } from '../fetch/transport.ts'
import type { History } from '../history.ts'
import type { Reader, ReadOptions } from '../reader.ts'
import { failWith, type Reply } from '../reply.ts'
import { askCost, type TimedCost, type UsageAt } from './asked-cost.ts'

interface Sources {
  reader: Pick<Reader, 'find' | 'getModel'>
  history: Pick<History, 'getPrices'>
  transport: Transport
  /** The version whose price periods hold, unless it is the current one. */
  pinned: string | undefined
  /** Whether the reader has some providers only. */
  hasSome: boolean
}

/**
 * A model with exactly this value is priced here. What any other id means depends on removed models, which only the
 * registry has, so it prices that usage: usage of one model must not get the prices of another.
 */
export async function timedCost(
  { reader, history, transport, pinned, hasSome }: Sources,
  asked: ModelKey | string,
  usage: unknown,
  options: CostOptions & ReadOptions,
): Promise<Reply<TimedCost>> {
  const { at = '' } = options
  const time = timeOf(at)
  if (!time) return failWith(new CostError(costFailure('time-needed', NO_TIME, {})))
  const isId = typeof asked === 'string'
  const found = await (isId ? reader.find(asked, options) : reader.getModel(asked.provider, asked.value, options))
  if (found.error && !isNoModel(found.error)) return found
  const used = { usage, at, options, ...time }
  if (found.data && isValueOf(found.data, asked, hasSome)) return costAtTime(history, found.data, used)
  const ask = hasSome ? askAtProvider(asked, found.data) : askAnywhere(asked)
  const reply = ask && (await askCost(transport, pinned, ask, used))
  if (reply && !(reply.error && isNotFound(reply.error))) return reply
  return found.data ? costAtTime(history, found.data, used) : found
}

type TimedUsage = UsageAt & Time

async function costAtTime(
  { getPrices }: Pick<History, 'getPrices'>,
  { provider, value, billing }: Model,
  { usage, at, options, instant, isDay }: TimedUsage,
): Promise<Reply<TimedCost>> {
  const prices = await getPrices(provider, value, options)
  if (prices.error) return prices
  const period = periodAt(prices.data, instant)
  if (!period) return failWith(new CostError(unknownAt({ provider, value, periods: prices.data }, instant)))
  const cost = costOf({ billing, pricing: period.pricing }, usage, { ...options, at: isDay ? undefined : at })
  if (!cost.ok) return failWith(new CostError(cost.failure))
  return { ...prices, data: { ...cost.value, period: spanOf(period) } }
}

/** Where no lab has it, a value alone is one of a host's. */
function isValueOf({ provider, value, firstParty }: Model, asked: ModelKey | string, hasSome: boolean): boolean {
  if (typeof asked !== 'string') return asked.value === value
  return `${provider}/${value}` === asked || (value === asked && (hasSome || firstParty === true))
}

const askAnywhere = (asked: ModelKey | string): PricedModelQuery =>
  typeof asked === 'string' ? { model: asked } : { provider: asked.provider, model: asked.value }

/** What it finds elsewhere is not for a client of some providers. */
function askAtProvider(asked: ModelKey | string, found: Model | undefined): PricedModelQuery | undefined {
  if (typeof asked !== 'string') return askAnywhere(asked)
  if (found) return { provider: found.provider, model: asked }
  const slash = asked.indexOf('/')
  return slash > 0 ? { provider: asked.slice(0, slash), model: asked.slice(slash + 1) } : undefined
}

const isNotFound = (error: unknown): boolean => error instanceof ProblemError && error.code === 'not-found'
const isNoModel = (error: unknown): boolean =>
  isNotFound(error) || (error instanceof ProblemError && error.code === 'ambiguous-model')

interface Time {
  /** Unix milliseconds. */
  instant: number
  isDay: boolean
}

/** As in `POST /v1/cost`: a date means the end of that UTC day, at no known hour. */
function timeOf(at: Date | string): Time | undefined {
  if (typeof at !== 'string') return Number.isNaN(at.getTime()) ? undefined : { instant: at.getTime(), isDay: false }
  const parsed = parseAt(at)
  return parsed.ok ? { instant: parsed.value.time, isDay: isDate(at) } : undefined
}

const NO_TIME = '`at` is neither a date nor a time with "Z" or an offset'
