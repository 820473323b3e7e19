/** What else there is of a family: offers at other providers, the cheapest first, and variants at its own. */
import type { Model } from '../../../core/schema/model.ts'
import { formatUsd } from '../format/numbers.ts'
import { modelPath } from '../format/paths.ts'
import { Link } from '../layout/link.tsx'
import type { ListedFamily } from './list-columns.ts'

/** A popular model has a hundred: its own page lists them all. */
const MAX_OFFERS = 5
const MAX_VARIANTS = 4

interface MoreProps {
  family: ListedFamily
  providerNames: ReadonlyMap<string, string>
}

export function MoreOfFamily({ family: { head, members }, providerNames }: MoreProps) {
  const offers = offersElsewhere(members, head)
  const variants = members.filter((model) => model !== head && model.provider === head.provider)
  return (
    <div class="folded">
      {offers.length > 0 ? (
        <ul class="offers">
          {offers.slice(0, MAX_OFFERS).map((model) => (
            <li>
              <Link href={modelPath(model)}>{providerNames.get(model.provider) ?? model.provider}</Link>
              {pricesOf(model)}
            </li>
          ))}
        </ul>
      ) : null}
      {variants.length > 0 ? (
        <ul class="variants">
          {variants.slice(0, MAX_VARIANTS).map((model) => (
            <li>
              <Link href={modelPath(model)}>{model.value}</Link>
            </li>
          ))}
        </ul>
      ) : null}
      {offers.length > MAX_OFFERS || variants.length > MAX_VARIANTS ? (
        <p>
          <Link href={`${modelPath(head)}`}>All {members.length} of this family</Link>
        </p>
      ) : null}
    </div>
  )
}

/** Each provider's head, which is its first. */
function offersElsewhere(members: readonly Model[], head: Model): Model[] {
  const seen = new Set([head.provider])
  return members.filter(({ provider }) => {
    const isFirst = !seen.has(provider)
    seen.add(provider)
    return isFirst
  })
}

function pricesOf({ pricing, billing }: Model): string {
  if (billing) return billing === 'free' ? 'free' : 'in a plan'
  const { input, output } = pricing ?? {}
  if (input === undefined && output === undefined) return 'price unknown'
  return `${input === undefined ? '–' : formatUsd(input)} / ${output === undefined ? '–' : formatUsd(output)}`
}
