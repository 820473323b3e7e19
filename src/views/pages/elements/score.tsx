/** A score of 0 to 5 as a bar of five, with its figure for screen readers. */
import { Unknown } from './unknown.tsx'

const STEPS = [1, 2, 3, 4, 5]

export function Score({ value, of }: { value: number | undefined; of: string }) {
  if (value === undefined) return <Unknown />
  return (
    <span class="score" title={`${of} ${value} of 5`}>
      <span class="spoken">{value} of 5</span>
      {STEPS.map((step) => (
        <i aria-hidden="true" class={step <= value ? 'on' : undefined}></i>
      ))}
    </span>
  )
}
