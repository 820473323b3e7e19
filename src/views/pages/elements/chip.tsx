/** A short fact in a frame. Its tone says what it means, and never alone: the words say it too. */
import type { Child } from '../../jsx/jsx-runtime.ts'

export type Tone = 'plain' | 'own' | 'good' | 'bad' | 'past'

export function Chip({ tone = 'plain', title, children }: { tone?: Tone; title?: string; children?: Child }) {
  return (
    <span class={`chip ${tone}`} title={title}>
      {children}
    </span>
  )
}
