/**
 * Which effort variants are one model. A source lists "GPT-5.5 (xhigh)" and "GPT-5.5 (Non-reasoning)" as rows of their
 * own, and only their names say that they belong together. Groups that say anything else, such as "(Preview)", stay.
 */

import { slugify } from '../build/provider-names.ts'
import { EFFORTS, type Effort } from '../vocabulary.ts'

const GROUP = /\(([^()]*)\)/g
const REASONING = /^((adaptive |non-)?reasoning|thinking)$/

/** The slug of the name without its effort groups, unique inside a provider; `value` where the name has no slug. */
export function familyOf(name: string, value: string): string {
  // "Command A" and "Command A+" are two models.
  return slugify(withoutEffort(name).replaceAll('+', ' plus ')) || value
}

/** The name without its effort groups. */
export function withoutEffort(name: string): string {
  return name.replace(GROUP, (group, inside: string) => (isEffortGroup(inside) ? ' ' : group))
}

export function effortOf(name: string): Effort | undefined {
  const parts = [...name.matchAll(GROUP)].flatMap(([, inside = '']) => (isEffortGroup(inside) ? partsOf(inside) : []))
  if (parts.includes('non-reasoning')) return 'none'
  return EFFORTS.find((effort) => parts.some((part) => says(part, effort)))
}

function isEffortGroup(inside: string): boolean {
  return partsOf(inside).every((part) => REASONING.test(part) || EFFORTS.some((effort) => says(part, effort)))
}

function says(part: string, effort: Effort): boolean {
  return part === effort || part === `${effort} effort`
}

const partsOf = (inside: string): string[] => inside.split(',').map((part) => part.trim().toLowerCase())
