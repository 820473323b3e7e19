/** What a model costs: a line for the base prices, and one for each tier, mode and window that changes them. */

import type { Prices, Pricing } from '../../../core/schema/pricing.ts'
import { PRICES } from '../../../core/vocabulary.ts'
import { Heads } from '../elements/heads.tsx'
import { Price } from '../elements/price.tsx'
import { ScrollTable } from '../elements/table.tsx'
import { priceName } from '../format/facts.ts'
import { formatTokens } from '../format/numbers.ts'

interface Line {
  name: string
  prices: Prices
  /** Multiplies the prices of the lines above. */
  factor?: number
  /** What a request sends to get it. */
  request?: unknown
}

export function PriceTable({ pricing }: { pricing: Pricing }) {
  const lines = linesOf(pricing)
  const kinds = PRICES.filter((kind) => lines.some(({ prices }) => prices[kind] !== undefined))
  return (
    <ScrollTable label="Prices" class="narrow">
      <caption>
        USD per 1M tokens.{lines.length > 1 ? ' Where a price is blank, the standard one applies.' : null}
      </caption>
      <Heads titles={['When', ...kinds.map((kind) => ({ number: priceName(kind) }))]} />
      <tbody>
        {lines.map(({ name, prices, factor, request }) => (
          <tr>
            <th scope="row">
              {name}
              {request === undefined ? null : (
                <>
                  {' '}
                  <code class="quiet">{JSON.stringify(request)}</code>
                </>
              )}
            </th>
            {factor === undefined ? (
              kinds.map((kind) => (
                <td class="number">{prices[kind] === undefined ? null : <Price usd={prices[kind]} />}</td>
              ))
            ) : (
              <td class="number" colspan={kinds.length}>
                all prices × {factor}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  )
}

function linesOf({ tiers = [], modes = {}, windows = [], ...base }: Pricing): Line[] {
  return [
    { name: 'Standard', prices: base },
    ...tiers.map(({ above, ...prices }) => ({ name: `Above ${formatTokens(above)} prompt tokens`, prices })),
    ...Object.entries(modes).flatMap(([name, { tiers: own = [], request, ...prices }]) => [
      { name: `Mode ${name}`, prices, ...(request && { request: request.body ?? request.headers }) },
      ...own.map(({ above, ...ofTier }) => ({ name: `Mode ${name}, above ${formatTokens(above)}`, prices: ofTier })),
    ]),
    ...windows.map(({ from, to, days, factor, prices = {} }) => ({
      name: `${from} to ${to} UTC${days ? `, ${days.map((day) => DAYS[day - 1]).join(' ')}` : ''}`,
      prices,
      ...(factor !== undefined && { factor }),
    })),
  ]
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
