/** Who offers a family, the cheapest first. Pure. */
import { compareModels } from '../model-order.ts'
import type { Model, Offers } from '../schema/model.ts'
import { compareFacts } from './fact-order.ts'

/** Of all models that have the family: each is what one provider offers under one id. */
export function offersOf(models: readonly Model[], family: string): Offers {
  const offers = models.filter((model) => model.family === family)
  return { family, offers: offers.sort(compareOffers) }
}

/** The cheapest first, unknown last. */
export function compareOffers(a: Model, b: Model): number {
  return compareFacts([a.pricing?.blended], [b.pricing?.blended], false) || compareModels(a, b)
}
