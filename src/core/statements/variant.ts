/**
 * The value and effort of a measured variant. Artificial Analysis lists "GPT-5.5 (xhigh)" and "GPT-5.5 (Non-reasoning)"
 * as separate rows, and only their names state the effort. Pure, and computed from one row alone, so that a value never
 * depends on which other rows exist.
 */
import { EFFORTS, type Effort, effortSuffixOf } from '../vocabulary.ts'
import { effortsIn, GROUP } from './effort-group.ts'

export interface Variant {
  /** Unique within its provider: the slug, with the effort added if the slug does not end with it. */
  value: string
  effort?: Effort
}

export function variantOf(slug: string, name: string): Variant {
  const effort = statedEffort(name)
  if (effort === undefined) return { value: slug }
  const suffix = effortSuffixOf(effort)
  return { value: slug.toLowerCase().endsWith(suffix) ? slug : slug + suffix, effort }
}

/** "(Reasoning)" alone states no effort. If a name states several, the lowest is used; `none` is the lowest of all. */
function statedEffort(name: string): Effort | undefined {
  const stated = Array.from(name.matchAll(GROUP), ([, inside = '']) => inside).flatMap(effortsIn)
  return EFFORTS.find((effort) => stated.includes(effort))
}
