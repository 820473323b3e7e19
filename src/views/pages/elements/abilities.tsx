/** What a model can do, one letter each, always in the same place, so that columns of them can be compared at a glance. */
import type { Capabilities } from '../../../core/schema/model.ts'

export const ABILITIES = [
  ['vision', 'V', 'Vision'],
  ['reasoning', 'R', 'Reasoning'],
  ['toolUse', 'T', 'Tool use'],
  ['json', 'J', 'Structured output'],
  ['audio', 'A', 'Audio'],
] as const satisfies readonly (readonly [keyof Capabilities, string, string])[]

/** One element, because a list has hundreds of them. */
export function Abilities({ capabilities = {} }: { capabilities: Capabilities | undefined }) {
  const names = ABILITIES.filter(([key]) => capabilities[key]).map(([, , name]) => name)
  const words = names.join(', ') || 'none known'
  return (
    <span class="abilities" role="img" aria-label={words} title={words}>
      {ABILITIES.map(([key, letter]) => (capabilities[key] ? letter : '·')).join('')}
    </span>
  )
}
