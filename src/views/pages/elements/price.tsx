/** A price: whole dollars stand out, what is unknown is a dash that screen readers call so. */
import { formatAmount } from '../format/numbers.ts'
import { Unknown } from './unknown.tsx'

export function Price({ usd }: { usd: number | undefined }) {
  if (usd === undefined) return <Unknown />
  const [whole, fraction] = formatAmount(usd).split('.')
  return (
    <span class="price">
      ${whole}
      {fraction === undefined ? null : <span class="cents">.{fraction}</span>}
    </span>
  )
}
