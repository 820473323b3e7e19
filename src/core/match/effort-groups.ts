/** Names and slugs of measured variants without the effort that a group of the name states. */
import { GROUP, isEffortGroup } from '../statements/effort-group.ts'
import { EFFORTS } from '../vocabulary.ts'

/** What a slug ends in for the same, longest first where one ends in another. */
const ENDINGS = ['non-reasoning', 'reasoning', 'adaptive', 'thinking', ...EFFORTS].flatMap((word) => [
  `-${word}-effort`,
  `-${word}`,
])

export function withoutEffortGroups(name: string): string {
  const rest = name.replace(GROUP, (group, inside: string) => (isEffortGroup(inside) ? ' ' : group))
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
