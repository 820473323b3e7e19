/**
 * One model for each family: its effort variants are one model that is asked to reason more or less. Pure, and the same
 * for the server and a client with a manifest at hand. No variant is lost, and the order of what is given never matters.
 */
import { compareText } from '../canonical.ts'
import { compareModels } from '../model-order.ts'
import type { Model } from '../schema/model.ts'
import { compareFacts, type Fact } from './fact-order.ts'

const VARIANT_FACTS = ['value', 'effort', 'iq', 'speed', 'pricing'] as const

/** What effort variants differ in. */
export type Variant = Pick<Model, (typeof VARIANT_FACTS)[number]>

/** The best variant of a family. */
export type CollapsedModel = Model & {
  /** All of the family that were found, best first: the first is the model itself. */
  variants: Variant[]
}

/** In the order of a manifest. */
export function collapseFamilies(models: readonly Model[]): CollapsedModel[] {
  const families = new Map<string, CollapsedModel>()
  for (const model of [...models].sort(compareVariants)) {
    const key = familyKeyOf(model)
    const collapsed = families.get(key) ?? { ...model, variants: [] }
    collapsed.variants.push(variantOf(model))
    families.set(key, collapsed)
  }
  return [...families.values()].sort(compareModels)
}

/** Best first: by index, then score, unknown last; then one that reasons before one that does not; then by value. */
export function compareVariants(a: Model, b: Model): number {
  return (
    compareFacts(iqFactsOf(a), iqFactsOf(b), true) ||
    Number(a.effort === 'none') - Number(b.effort === 'none') ||
    compareText(a.value, b.value)
  )
}

/** What intelligence is compared by. */
export function iqFactsOf({ metrics, iq }: Model): Fact[] {
  return [metrics?.intelligenceIndex, iq]
}

/** A family is one inside its provider. */
export function familyKeyOf({ provider, family }: Pick<Model, 'provider' | 'family'>): string {
  return `${provider}\n${family}` // no key holds a control character
}

export function variantOf(model: Variant): Variant {
  // Of what is there, in its order: an unknown fact stays an absent key.
  const facts = Object.entries(model).filter(([fact]) => VARIANT_FACTS.some((wanted) => wanted === fact))
  return Object.fromEntries(facts) as Variant // each fact under its own name
}
