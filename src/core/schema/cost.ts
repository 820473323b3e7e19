/** The shapes of priced usage: the items of a request, and for each the cost or why it is unknown. */
import * as z from 'zod'
import { parseAt } from '../selector.ts'
import { PRICES } from '../vocabulary.ts'
import { Time, Version } from './history.ts'
import { ModelKey } from './model.ts'
import { PricePeriod } from './price-period.ts'

/** About as many as fit in a request body of one megabyte. */
export const MAX_COST_ITEMS = 1000
/** Longer than any id, time or name of a mode. */
const MAX_NAME = 300

const Name = z.string().min(1).max(MAX_NAME)

export const CostItem = z
  .strictObject({
    provider: Name.optional().meta({
      description:
        "By default, the model is looked up at the labs' own providers, then at the provider named before its first slash",
    }),
    model: Name.meta({ description: 'A value, or another id of the model' }),
    usage: z.unknown().meta({ description: 'The usage of one request, as its API returned it' }),
    at: Name.refine((text) => parseAt(text).ok, 'is not a date or a date-time with "Z" or an offset')
      .optional()
      .meta({
        description:
          'When the request began: a date-time with Z or an offset, or a date (the end of that UTC day); default: now',
      }),
    mode: Name.optional().meta({
      description: 'The mode that the request selected; default: the one stated in its usage',
    }),
  })
  .meta({ id: 'CostItem', description: 'The usage of one request' })
export type CostItem = z.infer<typeof CostItem>

const PricedLine = z.object({
  kind: z.enum(PRICES).meta({ description: 'The kind of tokens' }),
  tokens: z.int(),
  price: z.number().meta({ description: 'USD per 1M tokens' }),
  usd: z.number(),
  tier: z.int().optional().meta({ description: 'The `above` of the tier that states the price' }),
  mode: z.string().optional().meta({ description: 'The mode that states the price' }),
  window: z.string().optional().meta({ description: 'The window that states the price, such as "01:00-04:00"' }),
})

const PricedItem = z.object({
  usd: z.number().meta({ description: 'The double nearest to the exact sum' }),
  at: Time.meta({ description: 'The instant at which the prices apply' }),
  version: Version.meta({ description: 'The version that the price periods belong to' }),
  period: PricePeriod.pick({ from: true, until: true, basis: true, source: true }),
  lines: z.array(PricedLine),
  ignored: z.array(z.string()).optional().meta({ description: 'Keys of the usage that do not affect the cost' }),
})
export type PricedItem = z.infer<typeof PricedItem>

const UnpricedItem = z.object({
  problem: z.object({
    code: z.string(),
    detail: z.string(),
    candidates: z.array(ModelKey).optional().meta({ description: 'The matching models, if there are several' }),
  }),
})
export type UnpricedItem = z.infer<typeof UnpricedItem>

export const CostAnswer = z
  .union([PricedItem, UnpricedItem])
  .meta({ id: 'CostAnswer', description: 'The cost of one request, or why it is unknown' })
export type CostAnswer = z.infer<typeof CostAnswer>
