/** A table that scrolls inside its own frame where the screen is narrow, also by keyboard. */
import type { Child } from '../../jsx/jsx-runtime.ts'

export function ScrollTable({ label, class: name, children }: { label: string; class?: string; children?: Child }) {
  return (
    <section class="scroll" aria-label={`${label} (table)`} tabindex={0}>
      <table class={name}>{children}</table>
    </section>
  )
}
