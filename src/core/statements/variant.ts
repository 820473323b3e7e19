/**
 * The value and effort of a row that is measured apart: Artificial Analysis lists "GPT-5.5 (xhigh)" and "GPT-5.5
 * (Non-reasoning)" as rows of their own, and only their names state the effort. Pure, and of one row alone, so that a
 * value never depends on which other rows exist.
 */
import { EFFORTS, type Effort, effortSuffixOf } from '../vocabulary.ts'
import { effortsIn, GROUP } from './effort-group.ts'

export interface Variant {
  /** Unique inside its provider: the slug, with the effort where the slug does not end with it. */
  value: string
  effort?: Effort
}

export function variantOf(slug: string, name: string): Variant {
  const effort = statedEffort(name)
  if (effort === undefined) return { value: slug }
  const suffix = effortSuffixOf(effort)
  return { value: slug.toLowerCase().endsWith(suffix) ? slug : slug + suffix, effort }
}

/** "(Reasoning)" alone states none. Of several efforts in one name, the least: `none` is the first of them. */
function statedEffort(name: string): Effort | undefined {
  const stated = Array.from(name.matchAll(GROUP), ([, inside = '']) => inside).flatMap(effortsIn)
  return EFFORTS.find((effort) => stated.includes(effort))
}
