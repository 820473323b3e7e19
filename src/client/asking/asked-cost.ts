/** A cost that the registry works out: of models that are gone, which no manifest has, and of which it knows all ids. */
import { type CostFailure, costFailure } from '../../core/pricing/cost-failure.ts'
import { type Cost, type CostOptions, costOf } from '../../core/pricing/cost-of.ts'
import type { PricePeriod } from '../../core/schema/price-period.ts'
import type { PricedModelQuery } from '../../core/search/priced-model.ts'
import { CostError, DataError, localProblem, NOT_ASKED_FOR, type Problem, type ProblemError } from '../errors.ts'
import { queryOf } from '../fetch/query.ts'
import { haveTexts } from '../fetch/shapes.ts'
import type { Transport } from '../fetch/transport.ts'
import { textOf } from '../history.ts'
import type { ReadOptions } from '../reader.ts'
import { failWith, type Reply, succeed } from '../reply.ts'

/** A cost, and the period that its prices are of where the time of the request was given. */
export type TimedCost = Cost & { period?: Omit<PricePeriod, 'pricing' | 'note'> | undefined }

export interface UsageAt {
  usage: unknown
  at: Date | string
  options: CostOptions & ReadOptions
}

/** By the price periods of the `pinned` version, or else of the current one. */
export async function askCost(
  transport: Transport,
  pinned: string | undefined,
  ask: PricedModelQuery,
  used: UsageAt,
): Promise<Reply<TimedCost>> {
  const path = `/v1/cost${queryOf({ version: pinned })}`
  try {
    const { mode, signal } = used.options
    const body = jsonOf([{ ...ask, usage: used.usage ?? null, at: textOf(used.at), mode }])
    const json = await transport.get(path, { signal, body })
    const [answer]: unknown[] = Array.isArray(json) ? json : []
    return readAnswer(path, answer, used)
  } catch (error) {
    return failWith(error)
  }
}

function jsonOf(items: object[]): string {
  try {
    return JSON.stringify(items)
  } catch {
    // A number without bound, or an object that contains itself.
    throw new CostError(costFailure('unreadable-usage', 'it has no form in JSON', {}))
  }
}

type Answer = Partial<Required<TimedCost>> & { problem?: Problem & { code: string; detail: string } }

function readAnswer(path: string, json: unknown, used: UsageAt): Reply<TimedCost> {
  const { usd, lines, ignored, period, problem }: Answer = Object(json)
  if (haveTexts([problem], ['code', 'detail']) && problem) return failWith(errorOf(problem, used))
  if (typeof usd !== 'number' || !Array.isArray(lines)) throw new DataError(path, NOT_ASKED_FOR)
  return succeed({ usd, lines, ...(ignored && { ignored }), period })
}

function errorOf(problem: Problem & { code: string; detail: string }, used: UsageAt): CostError | ProblemError {
  const { code } = problem
  if (code === 'not-found' || code === 'ambiguous-model') return localProblem({ ...problem, code })
  return new CostError(failureOf(problem, used))
}

/** What it is about is not part of the answer: it is what the usage alone fails with, without any prices. */
function failureOf({ code, detail }: { code: string; detail: string }, { usage, options }: UsageAt): CostFailure {
  const without = costOf({}, usage, options)
  const { served, ...about }: Partial<Record<string, string>> = without.ok ? {} : without.failure
  const mode = code === 'unknown-mode' && { mode: options.mode ?? served }
  const isSame = about.code === code
  // By the contract the code is one of these.
  return { ...(isSame && about), ...(isSame && served && { served }), ...mode, code, detail } as CostFailure
}
