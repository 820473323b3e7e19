/**
 * The shapes of prices: USD per 1M tokens, tiers by the length of the prompt, modes that a request selects, and windows
 * of the day. An unknown price is an absent key.
 */
import * as z from 'zod'
import { isCalendarDay } from '../calendar.ts'
import { isNestedDeeper } from '../json/nesting.ts'
import type { PRICES } from '../vocabulary.ts'

/** Far above any price or measurement, and far below where sums overflow. */
export const MAX_AMOUNT = 1e12
/** More than any provider has; bounds the size of one row. */
export const MAX_TIERS = 20
const MAX_WINDOWS = 20
export const MAX_MODES = 20
const MAX_EXCEPTIONS = 400
export const MAX_HEADERS = 20
export const MAX_BODY_CHARACTERS = 2000
/** Bodies in models.dev are 2 levels deep. */
export const MAX_BODY_DEPTH = 8

export const Amount = z.number().nonnegative().max(MAX_AMOUNT)

const DESCRIPTIONS: Record<(typeof PRICES)[number], string> = {
  input: 'USD per 1M input tokens',
  output: 'USD per 1M output tokens',
  cacheRead: 'USD per 1M tokens read from the prompt cache',
  cacheWrite: 'USD per 1M tokens written to the prompt cache; for five minutes where the price depends on the duration',
  cacheWrite1h: 'USD per 1M tokens written to the prompt cache and kept for an hour',
  reasoning: 'USD per 1M reasoning tokens, if they are priced differently from output',
  inputAudio: 'USD per 1M audio tokens of the input',
  outputAudio: 'USD per 1M audio tokens of the output',
}
const priceOf = (kind: (typeof PRICES)[number]) => Amount.optional().meta({ description: DESCRIPTIONS[kind] })

export const Prices = z
  .object({
    input: priceOf('input'),
    output: priceOf('output'),
    cacheRead: priceOf('cacheRead'),
    cacheWrite: priceOf('cacheWrite'),
    cacheWrite1h: priceOf('cacheWrite1h'),
    reasoning: priceOf('reasoning'),
    inputAudio: priceOf('inputAudio'),
    outputAudio: priceOf('outputAudio'),
  } satisfies Record<(typeof PRICES)[number], z.ZodType>)
  .meta({ description: 'Prices in USD per 1M tokens' })
export type Prices = z.infer<typeof Prices>

export const PriceTier = Prices.extend({
  above: z
    .int()
    .positive()
    .meta({ description: 'Applies to the whole request if its prompt has more than this number of tokens' }),
}).meta({ description: 'Prices for long prompts' })
export type PriceTier = z.infer<typeof PriceTier>

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const Day = z.iso.date().refine(isCalendarDay, 'is not a calendar date')

/** Either a factor or prices, never both. */
export const PriceWindow = z
  .object({
    from: Clock.meta({ description: 'Start of the window, UTC, inclusive' }),
    to: Clock.meta({ description: 'End of the window, UTC, exclusive; if earlier than `from`, on the next day' }),
    days: z
      .array(z.int().min(1).max(7))
      .min(1)
      .max(7)
      .optional()
      .meta({ description: '1 is Monday; default: every day' }),
    except: z
      .array(Day)
      .min(1)
      .max(MAX_EXCEPTIONS)
      .optional()
      .meta({ description: 'Dates on which the window does not begin' }),
    factor: Amount.optional().meta({ description: 'Multiplies every price' }),
    prices: Prices.optional().meta({ description: 'Replaces these prices' }),
  })
  .refine(({ factor, prices }) => (factor === undefined) !== (prices === undefined), 'needs either a factor or prices')
  .meta({ description: 'Different prices at certain times of day' })
export type PriceWindow = z.infer<typeof PriceWindow>

/** The depth is checked first, because `z.json()` recurses into each level. */
const Member = z
  .unknown()
  .refine((value) => !isNestedDeeper(value, MAX_BODY_DEPTH - 1), 'is nested too deeply')
  .pipe(z.json())
const Json = z
  .record(z.string().max(100), Member)
  .refine((value) => JSON.stringify(value).length <= MAX_BODY_CHARACTERS, 'is too long')

export const PriceMode = Prices.extend({
  tiers: z.array(PriceTier).min(1).max(MAX_TIERS).optional(),
  request: z
    .object({
      body: Json.optional().meta({ description: 'Members to add to the request body' }),
      headers: z
        .record(z.string().max(100), z.string().max(300))
        .refine((headers) => Object.keys(headers).length <= MAX_HEADERS, 'has too many headers')
        .optional()
        .meta({ description: 'Headers to add to the request' }),
    })
    .optional()
    .meta({ description: 'What to add to a request to use this mode' }),
}).meta({ description: 'Prices of a mode that requests can select' })
export type PriceMode = z.infer<typeof PriceMode>

export const Pricing = Prices.extend({
  blended: Amount.optional().meta({ description: 'USD per 1M tokens, at 3 input tokens to 1 output token' }),
  tiers: z.array(PriceTier).min(1).max(MAX_TIERS).optional().meta({ description: 'By prompt length, ascending' }),
  windows: z.array(PriceWindow).min(1).max(MAX_WINDOWS).optional().meta({ description: 'By time of day' }),
  modes: z
    .record(z.string().min(1).max(64), PriceMode)
    .refine((modes) => Object.keys(modes).length <= MAX_MODES, 'has too many modes')
    .optional()
    .meta({ description: 'By the name of the mode' }),
}).meta({ description: 'Prices in USD per 1M tokens' })
export type Pricing = z.infer<typeof Pricing>
