/** What a model can do, one letter each, always in the same place, so that columns of them can be compared at a glance. */
import type { Capabilities } from '../../../core/schema/model.ts'

export const ABILITIES = [
  ['vision', 'V', 'Vision'],
  ['reasoning', 'R', 'Reasoning'],
  ['toolUse', 'T', 'Tool use'],
  ['json', 'J', 'Structured output'],
  ['audio', 'A', 'Audio'],
] as const satisfies readonly (readonly [keyof Capabilities, string, string])[]

export function Abilities({ capabilities = {} }: { capabilities: Capabilities | undefined }) {
  const names = ABILITIES.filter(([key]) => capabilities[key]).map(([, , name]) => name)
  return (
    <span class="abilities" title={names.join(', ')}>
      <span class="spoken">{names.join(', ') || 'none known'}</span>
      <span aria-hidden="true">
        {ABILITIES.map(([key, letter]) => (capabilities[key] ? <b>{letter}</b> : <i>{letter}</i>))}
      </span>
    </span>
  )
}
