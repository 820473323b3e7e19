/**
 * Collapses each family at each provider into one model, its head. The others are dated ids of the same model and
 * variants with more or less reasoning; the head lists them, so no model is lost. Pure; shared by the server and the
 * client. The order of models does not matter.
 */
import { compareText } from '../json/canonical.ts'
import { type HeadCandidate, headOf } from '../match/head.ts'
import { compareModels } from '../model-order.ts'
import type { Model } from '../schema/model.ts'
import { compareFacts, type Fact } from './fact-order.ts'

const VARIANT_FACTS = ['value', 'effort', 'iq', 'speed', 'pricing'] as const

/** The facts in which the models of a family differ. */
export type Variant = Pick<Model, (typeof VARIANT_FACTS)[number]>

/** The head of a family. */
export type CollapsedModel = Model & {
  /** Every model of the family that was found: the head, then the others, best first. */
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

/** Whether the model is a measured variant rather than a row that can be called by its value. */
export function isVariant({ id, value, effort, sdk }: Model): boolean {
  return effort !== undefined || !(/^(?:models\.dev|custom):/.test(id) || sdk?.model === value)
}

function collapseFamily(members: Model[]): CollapsedModel[] {
  const head = members[0] && headOf(members[0].family, members.map(candidateOf))?.model
  if (!head) return []
  const others = members.filter((model) => model !== head).sort(compareVariants)
  return [{ ...head, variants: [head, ...others].map(variantOf) }]
}

/** The facts that decide the head of a family. */
export function candidateOf(model: Model): HeadCandidate & { model: Model } {
  const { provider, value, releaseDate, metrics } = model
  const source = isVariant(model) ? ('artificial-analysis' as const) : ('models.dev' as const)
  return { provider, value, source, releaseDate, intelligenceIndex: metrics?.intelligenceIndex, model }
}

/** Best first: by index, then score, unknown last; then models that reason before those that do not; then by value. */
export function compareVariants(a: Model, b: Model): number {
  return (
    compareFacts(iqFactsOf(a), iqFactsOf(b), true) ||
    Number(a.effort === 'none') - Number(b.effort === 'none') ||
    compareText(a.value, b.value)
  )
}

/** The facts by which intelligence is compared. */
export function iqFactsOf({ metrics, iq }: Model): Fact[] {
  return [metrics?.intelligenceIndex, iq]
}

/** A key for a family at one provider. */
export function familyKeyOf({ provider, family }: Pick<Model, 'provider' | 'family'>): string {
  return `${provider}\n${family}` // neither can contain a control character
}

export function variantOf(model: Variant): Variant {
  // Copies only existing keys, in their order, so that an unknown fact stays an absent key.
  const facts = Object.entries(model).filter(([fact]) => VARIANT_FACTS.some((wanted) => wanted === fact))
  return Object.fromEntries(facts) as Variant // each fact under its own name
}
