import { applyOverrides as apply } from '../core/overrides/apply-overrides.ts'
import type { Override } from '../core/overrides/override.ts'
import type { Catalogue } from '../core/schema/model.ts'
import { DEFAULT_IQ_THRESHOLDS } from '../core/score.ts'

/**
 * Providers and models with an app's own facts on top, by the rules of the registry's overrides, in any order: a provider
 * of its own (`{ provider, set: { name } }`), a model (`{ provider, value, set: { name } }`, or `inheritFrom` another's
 * facts), facts set, unset or hidden. What follows from them (alias, blended price, iq, speed) is worked out again.
 *
 * Takes a manifest or an earlier result and changes neither. The result has no version: it is no longer what the
 * registry served. A model whose provider or base is not there, or that inherits in a circle, is left out.
 */
export function applyOverrides(
  { providers, models }: Pick<Catalogue, 'providers' | 'models'>,
  overrides: readonly Override[],
): Catalogue {
  const context = { iqThresholds: DEFAULT_IQ_THRESHOLDS, remembered: { providers: [], models: [] } }
  return apply({ providers, models }, overrides, context).catalogue
}
