/** The offers of a family, cheapest first. Pure. */
import { compareModels } from '../model-order.ts'
import type { Model, Offers } from '../schema/model.ts'
import { compareFacts } from './fact-order.ts'

/** Every model of the family. Each is offered by one provider under one id. */
export function offersOf(models: readonly Model[], family: string): Offers {
  const offers = models.filter((model) => model.family === family)
  return { family, offers: offers.sort(compareOffers) }
}

/** Cheapest first, unknown prices last. */
export function compareOffers(a: Model, b: Model): number {
  return compareFacts([a.pricing?.blended], [b.pricing?.blended], false) || compareModels(a, b)
}
