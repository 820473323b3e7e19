/** The order of models in every manifest, and the key of a model in maps. Pure. */
import { compareText } from './json/canonical.ts'
import type { ModelKey } from './schema/model.ts'

/** Orders models by provider, then value, in UTF-16 code units: the order of every manifest. */
export function compareModels(a: ModelKey, b: ModelKey): number {
  return compareText(a.provider, b.provider) || compareText(a.value, b.value)
}

/** A model's key as one text. Neither a provider nor a value can contain a control character. */
export function keyOf({ provider, value }: ModelKey): string {
  return `${provider}\n${value}`
}
