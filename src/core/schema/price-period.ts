/** The shape of a model's prices over time. An unknown price is an absent key. */
import * as z from 'zod'
import { Time } from './history.ts'
import { Pricing } from './pricing.ts'

/** Longer than any URL or name of a price list. */
const MAX_SOURCE = 2000
const MAX_NOTE = 2000

/** Where a documented price is stated, and a note about it. */
export const PriceSource = z.string().trim().min(1).max(MAX_SOURCE)
export const PriceNote = z.string().trim().min(1).max(MAX_NOTE)

export const PricePeriod = z
  .object({
    from: Time.meta({ description: 'When it began, inclusive' }),
    until: Time.optional().meta({ description: 'When it ended or will end, exclusive; absent while no end is known' }),
    pricing: Pricing.optional().meta({ description: 'Absent if prices were unknown or the model was removed' }),
    basis: z.enum(['observed', 'documented']).meta({
      description:
        '"observed": recorded by the registry from then on; "documented": stated for that time by a backfill or an override',
    }),
    source: PriceSource.optional().meta({ description: 'The source of the price' }),
    note: PriceNote.optional(),
  })
  .meta({ id: 'PricePeriod', description: 'The prices of a model during a period' })
export type PricePeriod = z.infer<typeof PricePeriod>
