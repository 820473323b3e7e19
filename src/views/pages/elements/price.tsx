/** A price: whole dollars stand out, what is unknown is a dash that screen readers call so. */
import { formatAmount } from '../format/numbers.ts'
import { Unknown } from './unknown.tsx'

interface PriceProps {
  usd: number | undefined
}

export function Price({ usd }: PriceProps) {
  if (usd === undefined) return <Unknown />
  return (
    <span class="price">
      <Amount usd={usd} />
    </span>
  )
}

/** Inside an element of the class `price`. */
export function Amount({ usd }: PriceProps) {
  if (usd === undefined) return <Unknown />
  const [whole, fraction] = formatAmount(usd).split('.')
  return (
    <>
      ${whole}
      {fraction === undefined ? null : <span class="cents">.{fraction}</span>}
    </>
  )
}
