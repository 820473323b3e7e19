/**
 * Prices of a manifest that was put into KV by hand: those that it states, from the time of its creation. It has no history,
 * so earlier prices are unknown.
 */
import { type PriceEntry, problemOf } from '../../core/pricing/price-usage.ts'
import type { Pointer } from '../../core/schema/history.ts'
import type { Model, ModelKey } from '../../core/schema/model.ts'
import type { PricePeriod } from '../../core/schema/price-period.ts'
import {
  findPricedModel,
  ModelsById,
  type PricedModelQuery,
  type PricedModels,
} from '../../core/search/priced-model.ts'
import { ambiguousModel, missingId, missingModel } from '../../core/search/refusals.ts'
import type { Tiers } from '../tiers.ts'
import type { LoadedVersion } from '../versions/loaded-version.ts'
import { loadVersion } from '../versions/read-version.ts'

/** `undefined` if there is no such model. */
export async function seedPeriods(tiers: Tiers, pointer: Pointer, key: ModelKey): Promise<PricePeriod[] | undefined> {
  const loaded = await loadVersion(tiers, pointer)
  const model = loaded.modelsOf(key.provider).find(({ value }) => value === key.value)
  return model && [periodOf(model, pointer)]
}

/** In the order of the asks. */
export async function seedPrices(
  tiers: Tiers,
  pointer: Pointer,
  asks: readonly PricedModelQuery[],
): Promise<PriceEntry[]> {
  const loaded = await loadVersion(tiers, pointer)
  const lists = new Map<string | undefined, ModelsById>()
  const modelsOf = (provider: string | undefined): PricedModels => {
    const present = lists.get(provider) ?? new ModelsById(modelsIn(loaded, provider))
    lists.set(provider, present)
    return { present, gone: () => NONE }
  }
  return asks.map((ask) => {
    const which = findPricedModel(ask, modelsOf)
    if (which.outcome === 'none') return notFound(ask, pointer, loaded, modelsOf(ask.provider).present.all)
    if (which.outcome === 'ambiguous') return { problem: ambiguousModel(nameOf(ask), which.candidates) }
    const { provider, value, billing } = which.model
    return { provider, value, ...(billing && { billing }), periods: [periodOf(which.model, pointer)] }
  })
}

const NONE = new ModelsById([])

/** Without a provider, at the labs' own providers. */
function modelsIn(loaded: LoadedVersion, provider: string | undefined): Model[] {
  if (provider !== undefined) return loaded.modelsOf(provider)
  return loaded.providers.flatMap((each) => loaded.modelsOf(each)).filter(({ firstParty }) => firstParty)
}

function periodOf({ pricing }: Model, { generatedAt }: Pointer): PricePeriod {
  return { from: generatedAt, ...(pricing && { pricing }), basis: 'observed' }
}

const nameOf = ({ provider, model }: PricedModelQuery): string =>
  provider === undefined ? model : `${provider}/${model}`

function notFound(
  { provider, model }: PricedModelQuery,
  { version }: Pointer,
  { providers }: LoadedVersion,
  models: readonly Model[],
): PriceEntry {
  const detail =
    provider === undefined
      ? missingId(version, model, models)
      : missingModel({ provider, value: model }, { version, providers, models })
  return problemOf('not-found', detail)
}
