/** The cells of one price, before and after. A lower price is shown as good news. */
import type { Change } from '../../../core/schema/history.ts'
import { Price } from '../elements/price.tsx'
import { priceName } from '../format/facts.ts'

export function PriceChange({ change: { path, before, after } }: { change: Change }) {
  const [from, to] = [numberOf(before), numberOf(after)]
  return (
    <>
      <td>{priceName(path.replace('pricing.', ''))}</td>
      <td class="number">
        <Price usd={from} />
      </td>
      <td class="number">
        <Price usd={to} />
      </td>
      <td class="number">
        <Difference from={from} to={to} />
      </td>
    </>
  )
}

function Difference({ from, to }: { from: number | undefined; to: number | undefined }) {
  if (from === undefined) return <span class="quiet">new</span>
  if (to === undefined) return <span class="quiet">no longer listed</span>
  if (from === 0) return <span class="dearer">was free</span>
  const share = (to - from) / from
  return <span class={share < 0 ? 'cheaper' : 'dearer'}>{formatShare(share)}</span>
}

/** "−46.7 %", "+114 %", "×12": from twice the price on, a tenth of a percent means nothing, and a phone has no room for it. */
function formatShare(share: number): string {
  if (share >= 9) return `×${Math.round((share + 1) * 10) / 10}`
  const percent = share >= 1 ? Math.round(share * 100) : Math.round(Math.abs(share) * 1000) / 10
  return `${share < 0 ? '−' : '+'}${percent} %`
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
