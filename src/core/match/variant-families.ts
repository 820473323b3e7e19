/**
 * Finds the families of measured variants. Their slugs and names come from the source that measures them, not from an
 * API. Variants of a lab with the same name, apart from the effort, are always one family.
 */
import { withoutEffortEnding, withoutEffortGroups } from './effort-groups.ts'
import type { FamilyIndex } from './family-index.ts'
import { readingsOf } from './model-id.ts'
import { normalFormOf } from './spelling.ts'

export interface VariantIdentity {
  lab: string
  /** The slug, with or without its effort. */
  value: string
  name: string
}

export type VariantFamilies = (variant: VariantIdentity) => string

/** `variants`: all variants of the catalogue. Any other variant is matched on its own. */
export function createVariantFamilies(variants: readonly VariantIdentity[], index: FamilyIndex): VariantFamilies {
  const groups = new Map<string, VariantIdentity[]>()
  for (const variant of variants) {
    const group = groups.get(groupOf(variant))
    if (group) group.push(variant)
    else groups.set(groupOf(variant), [variant])
  }
  const families = new Map([...groups].map(([group, members]) => [group, familyOfGroup(group, members, index)]))
  return (variant) => families.get(groupOf(variant)) ?? familyOfGroup(groupOf(variant), [variant], index)
}

/** The key of a group, which is also its family id if no known family matches. */
function groupOf({ lab, value, name }: VariantIdentity): string {
  const base = withoutEffortGroups(name).normalize('NFC').toLowerCase()
  return `${lab}/${base.replace(/[\s._,()[\]'"/-]+/g, '-').replace(/^-|-$/g, '') || value}`
}

/** Names identify the model. Slugs move from one model to another, so they are used only if no name matches. */
function familyOfGroup(group: string, members: VariantIdentity[], index: FamilyIndex): string {
  const named = members.flatMap(({ lab, name }) => findFamily(withoutEffortGroups(name), lab, index) ?? [])
  const slugged = members.flatMap(
    ({ lab, value, name }) => findFamily(withoutEffortEnding(value, name), lab, index) ?? [],
  )
  const [family, ...others] = new Set(named.length > 0 ? named : slugged)
  return family !== undefined && others.length === 0 ? family : group
}

function findFamily(text: string, lab: string, index: FamilyIndex): string | undefined {
  const readings = [...readingsOf({ segment: text, lab, path: [] }, normalFormOf(text), lab)]
  for (const find of [index.find, index.findByWords]) {
    const family = readings.map(({ key }) => find(key, lab)).find((found) => found !== undefined)
    // The measurement is of one model on one day; a moving alias may point to another model today.
    if (family !== undefined) return index.isMoving(family) ? undefined : family
  }
  return undefined
}
