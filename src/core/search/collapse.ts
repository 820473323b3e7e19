/**
 * One model for each family at each provider, its head: the others are dated ids of the same model, and variants of it
 * that are asked to reason more or less. Pure, and the same for the server and a client with a manifest. No model is
 * lost, and the order of what is given never matters.
 */
import { compareText } from '../json/canonical.ts'
import { type HeadCandidate, headOf } from '../match/head.ts'
import { compareModels } from '../model-order.ts'
import type { Model } from '../schema/model.ts'
import { compareFacts, type Fact } from './fact-order.ts'

const VARIANT_FACTS = ['value', 'effort', 'iq', 'speed', 'pricing'] as const

/** What the models of a family differ in. */
export type Variant = Pick<Model, (typeof VARIANT_FACTS)[number]>

/** The head of a family. */
export type CollapsedModel = Model & {
  /** All of the family that were found: the head itself, then the best first. */
  variants: Variant[]
}

/** In the order of a manifest. */
export function collapseFamilies(models: readonly Model[]): CollapsedModel[] {
  const families = new Map<string, Model[]>()
  for (const model of models) {
    const members = families.get(familyKeyOf(model))
    if (members) members.push(model)
    else families.set(familyKeyOf(model), [model])
  }
  return [...families.values()].flatMap(collapseFamily).sort(compareModels)
}

/** Whether the model is measured apart and no row of its own at its provider: such a row is called by its value. */
export function isVariant({ id, value, effort, sdk }: Model): boolean {
  return effort !== undefined || !(/^(?:models\.dev|custom):/.test(id) || sdk?.model === value)
}

function collapseFamily(members: Model[]): CollapsedModel[] {
  const head = members[0] && headOf(members[0].family, members.map(candidateOf))?.model
  if (!head) return []
  const others = members.filter((model) => model !== head).sort(compareVariants)
  return [{ ...head, variants: [head, ...others].map(variantOf) }]
}

/** What the head of a family is chosen by. */
export function candidateOf(model: Model): HeadCandidate & { model: Model } {
  const { provider, value, releaseDate, metrics } = model
  const source = isVariant(model) ? ('artificial-analysis' as const) : ('models.dev' as const)
  return { provider, value, source, releaseDate, intelligenceIndex: metrics?.intelligenceIndex, model }
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

/** A family at one provider. */
export function familyKeyOf({ provider, family }: Pick<Model, 'provider' | 'family'>): string {
  return `${provider}\n${family}` // no key holds a control character
}

export function variantOf(model: Variant): Variant {
  // Of what is there, in its order: an unknown fact stays an absent key.
  const facts = Object.entries(model).filter(([fact]) => VARIANT_FACTS.some((wanted) => wanted === fact))
  return Object.fromEntries(facts) as Variant // each fact under its own name
}
