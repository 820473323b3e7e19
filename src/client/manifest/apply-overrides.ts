import { applyOverrides as apply } from '../../core/overrides/apply-overrides.ts'
import type { Override } from '../../core/overrides/override.ts'
import type { Manifest } from '../../core/schema/history.ts'
import { DEFAULT_EPOCH_THRESHOLDS, DEFAULT_IQ_THRESHOLDS } from '../../core/score.ts'

/** The content of a manifest without its version. */
export type Overridable = Pick<Manifest, 'iqBasis' | 'providers' | 'models'>

/**
 * Adds an app's own facts to providers and models, by the rules of the registry's overrides, in any order: new providers
 * (`{ provider, set: { name } }`), new models (`{ provider, value, set: { name } }`, or with `inheritFrom`), and facts to
 * set, unset or hide. Derived facts (alias, blended price, iq, speed) are recomputed, `iq` with the default steps of the
 * manifest's `iqBasis`.
 *
 * Takes a manifest or an earlier result and changes neither. The result has no version: it is no longer what the
 * registry served. A model whose provider or base does not exist, or that inherits in a circle, is omitted, and so is a
 * limit above the context window. Of `prices`, the period that contains `at` applies, by default now.
 */
export function applyOverrides(
  { iqBasis, providers, models }: Overridable,
  overrides: readonly Override[],
  { at = new Date() }: { at?: Date } = {},
): Overridable {
  const basis = iqBasis ?? 'artificial-analysis'
  const thresholds = basis === 'epoch' ? DEFAULT_EPOCH_THRESHOLDS : DEFAULT_IQ_THRESHOLDS
  const context = { scale: { basis, thresholds }, remembered: { providers: [], models: [] }, at: at.getTime() }
  return { ...(iqBasis && { iqBasis }), ...apply({ providers, models }, overrides, context).catalogue }
}
