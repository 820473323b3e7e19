import type { Model } from '../core/schema/model.ts'
import { type CollapsedModel, compareVariants, familyKeyOf, type Variant, variantOf } from '../core/search/collapse.ts'
import { EFFORTS, type Effort } from '../core/vocabulary.ts'

export interface ResolvedReasoning {
  /** The id that the provider's own API takes; `undefined` where it is unknown. */
  model: string | undefined
  /** The effort to request; `undefined` if the registry knows none: request none, and the provider decides. */
  effort: Effort | undefined
  /** Whether that is the requested effort. */
  exact: boolean
  /** Whose scores and prices apply. */
  variant: Variant
}

/**
 * What to send to a model for a requested reasoning effort, and which scores apply: those of the variant of that effort,
 * else of the nearest below, else above, else of one whose effort is unknown. A request to reason never resolves to a
 * variant of effort `none`; if there are only such variants, the result is `undefined`. A request for `none` resolves to
 * the lowest effort there is.
 *
 * Takes a model of `searchModels({ collapse: 'family' })`, and chooses among its `variants`; or any model with the
 * `models` to find its family in, such as all of `getModels()`. Some providers have separate ids for models without
 * reasoning, which only `models` contain: without them, `model` is `undefined` for a non-reasoning variant of a reasoning
 * model, and vice versa. Throws a `RangeError` for an invalid effort.
 */
export function resolveReasoning(model: CollapsedModel, effort: Effort): ResolvedReasoning | undefined
export function resolveReasoning(model: Model, effort: Effort, models: readonly Model[]): ResolvedReasoning | undefined
export function resolveReasoning(
  model: Model | CollapsedModel,
  effort: Effort,
  models?: readonly Model[],
): ResolvedReasoning | undefined {
  const variant = nearestOf(models ? familyOf(model, models) : variantsOf(model), effort)
  return (
    variant && {
      model: variant.sdk?.model ?? (doesReason(variant) === doesReason(model) ? model.sdk?.model : undefined),
      effort: variant.effort,
      exact: variant.effort === effort,
      variant: variantOf(variant),
    }
  )
}

/** As far as it is known: of a collapsed model only the best variant has its `sdk`. */
type Callable = Variant & Pick<Model, 'sdk'>

function familyOf(model: Model, models: readonly Model[]): Callable[] {
  return models.filter((other) => familyKeyOf(other) === familyKeyOf(model)).sort(compareVariants)
}

function variantsOf(model: Model | CollapsedModel): Callable[] {
  return 'variants' in model ? model.variants : [model]
}

/** Among equals the first. */
function nearestOf(family: Callable[], wish: Effort): Callable | undefined {
  const level = EFFORTS.indexOf(wish)
  if (level < 0) throw new RangeError(`Cannot resolve reasoning: "${wish}" is not one of ${EFFORTS.join(', ')}`)
  const below = EFFORTS.slice(Math.min(level, 1), level + 1).reverse()
  for (const effort of [...below, ...EFFORTS.slice(level + 1), undefined]) {
    const found = family.find((variant) => variant.effort === effort)
    if (found) return found
  }
  return undefined
}

const doesReason = ({ effort }: Pick<Model, 'effort'>): boolean => effort !== 'none'
