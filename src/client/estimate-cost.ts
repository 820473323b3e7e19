import type { Model } from '../core/schema/model.ts'

/** Tokens of one request or of many, at the model's base prices. */
export interface Usage {
  /** At the price of fresh input: without those read from or written to the prompt cache, and without audio. */
  inputTokens: number
  /** At the price of output: without audio, and without reasoning where the model has a price for that. */
  outputTokens: number
  cacheReadTokens?: number | undefined
  cacheWriteTokens?: number | undefined
}

const TOKENS_PER_PRICE = 1_000_000

/**
 * US dollars; `undefined` where there are tokens of a kind whose price is unknown, where more tokens of prompts than the
 * lowest tier begins at may cost more, and where prices depend on the time of day. A price of 0 is a real one. Throws a
 * `RangeError` for a count that is negative or not a number.
 */
export function estimateCost(
  { pricing = {} }: Pick<Model, 'pricing'>,
  { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 }: Usage,
): number | undefined {
  const priced: [tokens: number, price: number | undefined][] = [
    [inputTokens, pricing.input],
    [outputTokens, pricing.output],
    [cacheReadTokens, pricing.cacheRead],
    [cacheWriteTokens, pricing.cacheWrite],
  ]
  for (const [tokens] of priced)
    if (!Number.isFinite(tokens) || tokens < 0)
      throw new RangeError(`Cannot estimate a cost: ${tokens} is not a number of tokens`)
  const { tiers = [], windows } = pricing
  const promptTokens = inputTokens + cacheReadTokens + cacheWriteTokens
  if (windows || tiers.some(({ above }) => promptTokens > above)) return undefined
  let cost = 0
  for (const [tokens, price] of priced) {
    if (tokens > 0 && price === undefined) return undefined
    cost += tokens * (price ?? 0)
  }
  return cost / TOKENS_PER_PRICE
}
