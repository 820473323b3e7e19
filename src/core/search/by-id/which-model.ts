/**
 * Finds the model of a provider that an id means: by its value, or by another id that an API or a benchmark uses. Each
 * rule is tried only if the rules before it find nothing, and none matches by similarity. Pure; shared by the server
 * and the client. The order of models does not matter.
 */
import { datesIn, foldId, withoutDateOrLatest } from '../../match/family-id.ts'
import type { Model } from '../../schema/model.ts'
import { effortSuffixOf } from '../../vocabulary.ts'
import { compareVariants, isVariant } from '../collapse.ts'

export type WhichModel =
  | { outcome: 'found'; model: Model }
  /** At least two, in the order given. */
  | { outcome: 'ambiguous'; candidates: Model[] }
  | { outcome: 'none' }

/** `models`: the models of one provider. */
export function whichModel(models: readonly Model[], id: string): WhichModel {
  const byValue = models.find(({ value }) => value === id)
  if (byValue) return { outcome: 'found', model: byValue }
  const [bySlug] = models.filter((model) => slugOf(model) === id).sort(compareVariants)
  // A value does not show whether the effort was part of the slug. A slug without one nearly always means the best row.
  if (bySlug) return { outcome: 'found', model: bySlug }
  const spelt = chosenOf(spellingsOf(models, id))
  return spelt.outcome === 'none' ? chosenOf(callableAs(models, id)) : spelt
}

/** The slug at Artificial Analysis, if it may differ from the value. */
export function slugOf(model: Pick<Model, 'value' | 'effort'>): string | undefined {
  const suffix = model.effort && effortSuffixOf(model.effort)
  return suffix && model.value.toLowerCase().endsWith(suffix) ? model.value.slice(0, -suffix.length) : undefined
}

/** A normal form that all spellings of one id share. */
export function undatedId(id: string): string {
  return foldId(withoutDateOrLatest(id))
}

/** The outcome for models that match equally well. */
export function chosenOf(candidates: Model[]): WhichModel {
  const [model, ...others] = candidates
  if (!model) return { outcome: 'none' }
  return others.length > 0 ? { outcome: 'ambiguous', candidates } : { outcome: 'found', model }
}

function spellingsOf(models: readonly Model[], id: string): Model[] {
  const wanted = undatedId(id)
  const matching = models.filter(({ value }) => undatedId(value) === wanted)
  const dates = datesIn(id)
  const sameDate = matching.filter(({ value }) => datesIn(value).some((date) => dates.includes(date)))
  if (sameDate.length > 0) return callableFirst(sameDate)
  const undated = matching.filter(({ value }) => datesIn(value).length === 0)
  // "-latest" is not a date, but an id without it is nearer to one with another date or none.
  const plain = undated.filter(({ value }) => foldId(value) === wanted)
  return callableFirst([plain, undated, matching].find((some) => some.length > 0) ?? [])
}

/** Variants are used only if no row matches. */
function callableFirst(models: Model[]): Model[] {
  const rows = models.filter((model) => !isVariant(model))
  return rows.length > 0 ? rows : models
}

function callableAs(models: readonly Model[], id: string): Model[] {
  return models.filter((model) => model.sdk?.model === id && !isVariant(model))
}
