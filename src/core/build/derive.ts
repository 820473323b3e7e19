/** Facts that follow from others. */
import { effortOf, familyOf } from '../match/family.ts'
import type { Model, Pricing } from '../schema/model.ts'

/** (3 input + output) / 4 in millionths of a dollar where both are known, else the source's own blend. */
export function blendOf({ input, output, blended }: Pricing): number | undefined {
  if (input === undefined || output === undefined) return blended
  return Math.round(((3 * input + output) / 4) * 1e6) / 1e6
}

/** What a model's name says beside naming it. */
export function namesOf(name: string, value: string): Pick<Model, 'alias' | 'family' | 'effort'> {
  return { alias: aliasOf(name), family: familyOf(name, value), effort: effortOf(name) }
}

const TRAILING_GROUP = /\([^()]*\)$/

/** The name without its trailing "(...)" groups; a name of nothing else stays whole. */
export function aliasOf(name: string): string {
  let alias = name.trim()
  while (TRAILING_GROUP.test(alias)) alias = alias.replace(TRAILING_GROUP, '').trimEnd()
  return alias === '' ? name.trim() : alias
}
