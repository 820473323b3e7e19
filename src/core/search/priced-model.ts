/**
 * Which model's price usage is of: the model that an id means now, at a provider or at the labs' own, or one that is gone
 * and had that very value. What was used may be gone since, and its price must not be another's. Pure.
 */
import type { Model } from '../schema/model.ts'
import { whichOfLabs } from './by-id/find-model.ts'
import { slugOf, undatedId, type WhichModel, whichModel } from './by-id/which-model.ts'

export interface PricedAsk {
  /** Without one the model is looked for at the labs' own providers. */
  provider?: string | undefined
  model: string
}

/** Models of the provider that is asked for, or else those that a lab offers itself. */
export interface PricedModels {
  present: ModelsById
  /** As they were last. */
  gone: () => ModelsById
}

/** `isGone` of a model that is found among those only. */
export type WhichPriced = WhichModel & { isGone?: true }

/** Models by all that an id may have in common with them, so that a batch of ids does not go through all for each. */
export class ModelsById {
  readonly all: readonly Model[]
  readonly #byKey = new Map<string, Model[]>()

  /** In the order of a manifest. */
  constructor(models: readonly Model[]) {
    this.all = models
    for (const model of models) for (const key of keysOf(model)) this.#add(key, model)
  }

  /** At least those that the id can mean. */
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

/** No id begins with a control character. */
const spellingOf = (id: string): string => `\n${undatedId(id)}`

/** What no lab has under an id with a slash is looked for at the provider before it, if there is one. */
export function whichAsked(ask: PricedAsk, modelsOf: (provider: string | undefined) => PricedModels): WhichPriced {
  const { provider, model: id } = ask
  const which = whichPriced(ask, modelsOf(provider))
  const slash = provider === undefined ? id.indexOf('/') : 0
  if (which.outcome !== 'none' || slash < 1) return which
  const named = { provider: id.slice(0, slash), model: id.slice(slash + 1) }
  return whichPriced(named, modelsOf(named.provider))
}

export function whichPriced({ provider, model: id }: PricedAsk, { present, gone }: PricedModels): WhichPriced {
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
