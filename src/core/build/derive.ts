/** Facts that follow from others. Pure. */
import type { Pricing } from '../schema/pricing.ts'

/** (3 input + output) / 4, rounded to millionths of a dollar; unknown unless both are known. */
export function blendOf({ input, output }: Pick<Pricing, 'input' | 'output'>): number | undefined {
  if (input === undefined || output === undefined) return undefined
  return Math.round(((3 * input + output) / 4) * 1e6) / 1e6
}

const TRAILING_GROUP = /\([^()]*\)$/

/** The name without its trailing "(...)" groups; a name of nothing else stays whole. */
export function aliasOf(name: string): string {
  let alias = name.trim()
  while (TRAILING_GROUP.test(alias)) alias = alias.replace(TRAILING_GROUP, '').trimEnd()
  return alias === '' ? name.trim() : alias
}
