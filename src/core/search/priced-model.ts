/**
 * Which model's price usage is of: the model that an id means now, at a provider or at the labs' own, or one that is gone
 * and had that very value. What was used may be gone since, and its price must not be another's. Pure.
 */
import type { Model } from '../schema/model.ts'
import { whichOfLabs } from './find-model.ts'
import { type WhichModel, whichModel } from './which-model.ts'

export interface PricedAsk {
  /** Without one the model is looked for at the labs' own providers. */
  provider?: string | undefined
  model: string
}

/** Models of the provider that is asked for, or else those that a lab offers itself. */
export interface PricedModels {
  present: readonly Model[]
  /** As they were last: those of one value, or all. */
  gone: (value?: string) => readonly Model[]
}

export function whichPriced({ provider, model: id }: PricedAsk, { present, gone }: PricedModels): WhichModel {
  const which = provider === undefined ? whichOfLabs : whichModel
  if (present.some(({ value }) => value === id)) return which(present, id)
  const same = gone(id)
  if (same.length > 0) return which(same, id)
  const found = which(present, id)
  return found.outcome === 'none' ? which(gone(), id) : found
}
