/** Facts that are derived from other facts. Pure. */
import type { Pricing } from '../schema/pricing.ts'

/** (3 * input + output) / 4, rounded to a millionth of a dollar; unknown unless both prices are known. */
export function blendOf({ input, output }: Pick<Pricing, 'input' | 'output'>): number | undefined {
  if (input === undefined || output === undefined) return undefined
  return Math.round(((3 * input + output) / 4) * 1e6) / 1e6
}

/** The name without its trailing "(...)" groups, which may be nested. A name that is nothing else is kept unchanged. */
export function aliasOf(name: string): string {
  const whole = name.trim()
  let alias = whole
  for (let start = trailingGroup(alias); start >= 0; start = trailingGroup(alias))
    alias = alias.slice(0, start).trimEnd()
  return alias === '' ? whole : alias
}

/** Where the group that ends the text begins; -1 if none does. */
function trailingGroup(text: string): number {
  if (!text.endsWith(')')) return -1
  let depth = 0
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ')') depth++
    if (text[at] === '(') depth--
    if (depth === 0) return at
  }
  return -1
}
