/** Catalogues with overrides on top, for tests that name only what they are about. */
import { applyOverrides, type Overridden, type OverrideContext } from '../../../src/core/overrides/apply-overrides.ts'
import type { Override } from '../../../src/core/overrides/override.ts'
import type { Catalogue, Model, ModelKey, Provider } from '../../../src/core/schema/model.ts'
import { DEFAULT_IQ_THRESHOLDS, type IqScale } from '../../../src/core/score.ts'
import { model, provider } from '../rows.ts'

export const AA_SCALE: IqScale = { basis: 'artificial-analysis', thresholds: DEFAULT_IQ_THRESHOLDS }
export const NOTHING: Catalogue = { providers: [], models: [] }

/** A catalogue of the sources with these models and their providers. */
export function sourcesOf(...models: Model[]): Catalogue {
  const values = [...new Set(models.map((facts) => facts.provider))].sort()
  return { providers: values.map((value) => provider({ value, name: value })), models }
}

export function overridden(
  sources: Catalogue,
  overrides: Override[],
  context: Partial<OverrideContext> = {},
): Overridden {
  return applyOverrides(sources, overrides, { scale: AA_SCALE, remembered: NOTHING, at: 0, ...context })
}

/** The result for `acme/one` with these facts. */
export function corrected(
  facts: Partial<Model>,
  override: Partial<Override>,
  context: Partial<OverrideContext> = {},
): Model | undefined {
  const sources = sourcesOf(model({ value: 'one', ...facts }))
  // A partial override without a key overrides `acme/one`.
  const put = { provider: 'acme', value: 'one', ...override } as Override
  return modelIn(overridden(sources, [put], context), 'one')
}

export function modelIn({ catalogue }: Overridden, value: string, providerValue = 'acme'): Model | undefined {
  return catalogue.models.find((facts) => facts.value === value && facts.provider === providerValue)
}

export function providerIn({ catalogue }: Overridden, value: string): Provider | undefined {
  return catalogue.providers.find((facts) => facts.value === value)
}

export const keyOf = ({ provider: providerValue, value }: ModelKey): string => `${providerValue}/${value}`
export const namesOf = ({ catalogue }: Overridden): string[] => catalogue.models.map(keyOf)
