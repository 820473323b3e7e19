/**
 * The families of measured variants. A variant's slug and name are its source's, not an API's id, and only its name
 * links it to the other efforts of its model: variants of a lab with one name, efforts aside, are always one family.
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

/** `variants` are all that may be asked for; another one is judged by itself. */
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

/** Also the family of its own that a group is where none is known. */
function groupOf({ lab, value, name }: VariantIdentity): string {
  const base = withoutEffortGroups(name).normalize('NFC').toLowerCase()
  return `${lab}/${base.replace(/[\s._,()[\]'"/-]+/g, '-').replace(/^-|-$/g, '') || value}`
}

/** Names state which model it is; slugs move from one model to another, and count where no name is known. */
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
    // What is measured was one model on one day, and a moving alias may be another by now.
    if (family !== undefined) return index.isMoving(family) ? undefined : family
  }
  return undefined
}
