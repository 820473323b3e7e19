/** A score of 0 to 5 as a bar of five, with its figure for screen readers. */
import { Unknown } from './unknown.tsx'

export function Score({ value, of }: { value: number | undefined; of: string }) {
  if (value === undefined) return <Unknown />
  return (
    <span class={`score s${value}`} title={`${of} ${value} of 5`}>
      <span class="spoken">{value} of 5</span>
    </span>
  )
}
