/**
 * The value and effort of a row that is measured apart: Artificial Analysis lists "GPT-5.5 (xhigh)" and "GPT-5.5
 * (Non-reasoning)" as rows of their own, and only their names state the effort. Pure, and of one row alone, so that a
 * value never depends on which other rows exist.
 */
import { EFFORTS, type Effort, effortSuffixOf } from '../vocabulary.ts'

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

const GROUP = /\(([^()]*)\)/g
const REASONING = /^(?:(?:adaptive |non-)?reasoning|thinking)$/

/** "(Reasoning)" alone states none. Of several efforts in one name, the least. */
function statedEffort(name: string): Effort | undefined {
  const groups = Array.from(name.matchAll(GROUP), ([, inside = '']) => partsOf(inside))
  const parts = groups.filter((group) => group.every(isAboutReasoning)).flat()
  if (parts.includes('non-reasoning')) return 'none'
  return EFFORTS.find((effort) => parts.some((part) => names(part, effort)))
}

const partsOf = (inside: string): string[] => inside.split(',').map((part) => part.trim().toLowerCase())

function isAboutReasoning(part: string): boolean {
  return REASONING.test(part) || EFFORTS.some((effort) => names(part, effort))
}

function names(part: string, effort: Effort): boolean {
  return part === effort || part === `${effort} effort`
}
