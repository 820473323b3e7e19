/** The same family elsewhere, the cheapest first, and what that saves. */

import type { Model } from '../../../core/schema/model.ts'
import { Chip } from '../elements/chip.tsx'
import { Heads } from '../elements/heads.tsx'
import { Price } from '../elements/price.tsx'
import { ScrollTable } from '../elements/table.tsx'
import { Unknown } from '../elements/unknown.tsx'
import { formatTokens } from '../format/numbers.ts'
import { modelPath } from '../format/paths.ts'
import { Link } from '../layout/link.tsx'

interface OffersProps {
  model: Model
  /** All of the family, this one too, the cheapest first. */
  offers: readonly Model[]
  providerNames: ReadonlyMap<string, string>
}

/** As many as most readers compare; the others are folded. */
const SHOWN = 12

export function OffersTable({ model, offers, providerNames }: OffersProps) {
  const rest = offers.slice(SHOWN)
  return (
    <>
      <OfferRows model={model} offers={offers.slice(0, SHOWN)} providerNames={providerNames} />
      {rest.length > 0 ? (
        <details>
          <summary>{rest.length} more at the same or a higher price</summary>
          <OfferRows model={model} offers={rest} providerNames={providerNames} />
        </details>
      ) : null}
    </>
  )
}

function OfferRows({ model, offers, providerNames }: OffersProps) {
  const { provider, value, pricing } = model
  return (
    <ScrollTable label="Offers" class="offers-table">
      <Heads titles={['Provider and ID', ...['Input', 'Output', 'Blended', 'Context'].map((number) => ({ number }))]} />
      <tbody>
        {offers.map((offer) => (
          <Offer
            offer={offer}
            isThis={offer.provider === provider && offer.value === value}
            own={pricing?.blended}
            name={providerNames.get(offer.provider) ?? offer.provider}
          />
        ))}
      </tbody>
    </ScrollTable>
  )
}

interface OfferProps {
  offer: Model
  isThis: boolean
  /** The blended price of the model of the page. */
  own: number | undefined
  name: string
}

function Offer({ offer, isThis, own, name }: OfferProps) {
  const { pricing, metrics, firstParty, billing } = offer
  return (
    <tr class={isThis ? 'this' : undefined}>
      <th scope="row">
        {isThis ? <strong>{name}</strong> : <Link href={modelPath(offer)}>{name}</Link>}{' '}
        {firstParty ? <Chip tone="own">first-party</Chip> : null}
        {billing ? <Chip tone="good">{billing === 'free' ? 'free' : 'in a plan'}</Chip> : null}
        <code class="quiet">{offer.value}</code>
      </th>
      <td class="number">
        <Price usd={pricing?.input} />
      </td>
      <td class="number">
        <Price usd={pricing?.output} />
      </td>
      <td class="number">
        <Price usd={pricing?.blended} />
        {isThis ? null : <Difference own={own} other={pricing?.blended} />}
      </td>
      <td class="number">{metrics?.contextWindow === undefined ? <Unknown /> : formatTokens(metrics.contextWindow)}</td>
    </tr>
  )
}

function Difference({ own, other }: { own: number | undefined; other: number | undefined }) {
  if (!own || other === undefined || own === other) return null
  const percent = Math.round((other / own - 1) * 100)
  if (percent === 0) return null
  return <span class={percent < 0 ? 'share down' : 'share up'}>{percent < 0 ? `−${-percent}` : `+${percent}`} %</span>
}
