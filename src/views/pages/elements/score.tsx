/** A score of 0 to 5 as a bar of five, with its figure for screen readers. */
import { Unknown } from './unknown.tsx'

export function Score({ value, of }: { value: number | undefined; of: string }) {
  if (value === undefined) return <Unknown />
  const words = `${of} ${value} of 5`
  return <span class={`score s${value}`} role="img" aria-label={words} title={words}></span>
}
