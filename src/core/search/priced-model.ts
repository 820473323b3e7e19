/**
 * Finds the model to price usage by: the model that an id means now, at a provider or at the labs' own providers, or a
 * removed model with exactly that value. The model that was used may have been removed since, and its usage must not be
 * priced as that of another. Pure.
 */
import type { Model } from '../schema/model.ts'
import { whichOfLabs } from './by-id/find-model.ts'
import { slugOf, undatedId, type WhichModel, whichModel } from './by-id/which-model.ts'

export interface PricedModelQuery {
  /** If absent, the model is looked up at the labs' own providers. */
  provider?: string | undefined
  model: string
}

/** The models of the given provider, or the first-party models if none is given. */
export interface PricedModels {
  present: ModelsById
  /** Removed models, with their last facts. */
  gone: () => ModelsById
}

/** `isGone` if the model is among the removed ones only. */
export type WhichPriced = WhichModel & { isGone?: true }

/** Indexes models by every key that an id can match, so that a batch does not scan all models for each id. */
export class ModelsById {
  readonly all: readonly Model[]
  readonly #byKey = new Map<string, Model[]>()

  /** `models`: in the order of a manifest. */
  constructor(models: readonly Model[]) {
    this.all = models
    for (const model of models) for (const key of keysOf(model)) this.#add(key, model)
  }

  /** Every model that the id can mean, and perhaps others. */
  near(id: string): Model[] {
    const near = new Set([id, spellingOf(id)].flatMap((key) => this.#byKey.get(key) ?? []))
    return near.size > 1 ? this.all.filter((model) => near.has(model)) : [...near]
  }

  #add(key: string, model: Model): void {
    const others = this.#byKey.get(key)
    if (others) others.push(model)
    else this.#byKey.set(key, [model])
  }
}

function keysOf(model: Model): Set<string> {
  const { value, sdk } = model
  return new Set([value, slugOf(model) ?? value, sdk?.model ?? value, spellingOf(value)])
}

/** Starts with a line break, because no id contains a control character. */
const spellingOf = (id: string): string => `\n${undatedId(id)}`

/** An id that no lab has is looked up again at the provider before its slash, if it has one. */
export function findPricedModel(
  ask: PricedModelQuery,
  modelsOf: (provider: string | undefined) => PricedModels,
): WhichPriced {
  const { provider, model: id } = ask
  const which = findPricedModelIn(ask, modelsOf(provider))
  const slash = provider === undefined ? id.indexOf('/') : 0
  if (which.outcome !== 'none' || slash < 1) return which
  const named = { provider: id.slice(0, slash), model: id.slice(slash + 1) }
  return findPricedModelIn(named, modelsOf(named.provider))
}

export function findPricedModelIn(
  { provider, model: id }: PricedModelQuery,
  { present, gone }: PricedModels,
): WhichPriced {
  const which = provider === undefined ? whichOfLabs : whichModel
  const near = present.near(id)
  if (near.some(({ value }) => value === id)) return which(near, id)
  const nearGone = gone().near(id)
  const same = nearGone.filter(({ value }) => value === id)
  if (same.length > 0) return { ...which(same, id), isGone: true }
  const found = which(near, id)
  if (found.outcome !== 'none') return found
  const left = which(nearGone, id)
  return left.outcome === 'none' ? left : { ...left, isGone: true }
}
