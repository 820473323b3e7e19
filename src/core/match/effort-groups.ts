/** Removes the effort from the names and slugs of measured variants, where a group in the name states it. */
import { GROUP, isEffortGroup } from '../statements/effort-group.ts'
import { EFFORTS } from '../vocabulary.ts'

/** The endings of a slug that state the same. An ending that contains another comes first. */
const ENDINGS = ['non-reasoning', 'reasoning', 'adaptive', 'thinking', ...EFFORTS].flatMap((word) => [
  `-${word}-effort`,
  `-${word}`,
])

export function withoutEffortGroups(name: string): string {
  const rest = name.replace(GROUP, (group, inside: string) => (isEffortGroup(inside) ? ' ' : group))
  return rest.replace(/\s+/g, ' ').trim()
}

/** The slug without the effort that a group in the name states. Words that the name has outside its groups are kept. */
export function withoutEffortEnding(slug: string, name: string): string {
  const base = withoutEffortGroups(name).toLowerCase()
  if (base === name.trim().toLowerCase()) return slug
  const ending = ENDINGS.find((text) => slug.endsWith(text))
  if (ending === undefined || base.includes(ending.slice(1))) return slug
  return withoutEffortEnding(slug.slice(0, -ending.length), name)
}
