/** What a number of like requests costs: the sum of the calculator, on the server and in the browser. Pure. */

import type { Result } from '../../../core/failure.ts'
import type { CostFailure } from '../../../core/pricing/cost-failure.ts'
import { type Cost, type CostOptions, costOf } from '../../../core/pricing/cost-of.ts'
import type { Model } from '../../../core/schema/model.ts'

/** One request, and how many there are of it. */
export interface TypicalRequest {
  /** All tokens of the prompt. */
  input: number
  /** Those of them that are read from the cache. */
  cached: number
  output: number
  requests: number
  mode?: string | undefined
}

export const TYPICAL: TypicalRequest = { input: 10_000, cached: 0, output: 1000, requests: 1000 }

export function typicalCost(
  model: Pick<Model, 'billing' | 'pricing'>,
  { input, cached, output, mode }: TypicalRequest,
  at: string,
): Result<Cost, CostFailure> {
  const usage = {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    ...(cached > 0 && { prompt_tokens_details: { cached_tokens: Math.min(cached, input) } }),
  }
  const options: CostOptions = { at, ...(mode !== undefined && { mode }) }
  return costOf(model, usage, options)
}
