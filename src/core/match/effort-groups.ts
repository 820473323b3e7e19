/**
 * The groups of a name that state an effort: "GPT-5.5 (xhigh)", "Claude Opus 5 (Non-reasoning, High Effort)". Groups
 * that state anything else, such as "(Preview)" or "(Nov '24)", are part of the name.
 */
import { EFFORTS } from '../vocabulary.ts'

const GROUP = /\(([^()]*)\)/g
const REASONING = ['reasoning', 'adaptive reasoning', 'non-reasoning', 'thinking']
const STATED = new Set([...EFFORTS, ...EFFORTS.map((effort) => `${effort} effort`), ...REASONING])
/** What a slug ends in for the same, longest first where one ends in another. */
const ENDINGS = ['non-reasoning', 'reasoning', 'adaptive', 'thinking', ...EFFORTS].flatMap((word) => [
  `-${word}-effort`,
  `-${word}`,
])

export function withoutEffortGroups(name: string): string {
  const isEffort = (inside: string) => inside.split(',').every((part) => STATED.has(part.trim().toLowerCase()))
  const rest = name.replace(GROUP, (group, inside: string) => (isEffort(inside) ? ' ' : group))
  return rest.replace(/\s+/g, ' ').trim()
}

/** The slug without the effort that its name states in a group; what the name has outside its groups stays. */
export function withoutEffortEnding(slug: string, name: string): string {
  const base = withoutEffortGroups(name).toLowerCase()
  if (base === name.trim().toLowerCase()) return slug
  const ending = ENDINGS.find((text) => slug.endsWith(text))
  if (ending === undefined || base.includes(ending.slice(1))) return slug
  return withoutEffortEnding(slug.slice(0, -ending.length), name)
}
