/** Above the list: the newest models, and what their own labs changed of their prices in the last seven days. */
import type { Model, ModelKey } from '../../../core/schema/model.ts'
import type { Listed } from '../../../core/search/columns/listed.ts'
import { Price } from '../elements/price.tsx'
import { formatDate } from '../format/dates.ts'
import { modelPath } from '../format/paths.ts'
import { Link } from '../layout/link.tsx'

export interface PriceChange extends ModelKey {
  name: string
  moves: { kind: string; before: number | undefined; after: number | undefined }[]
}

const MAX_NEW = 6
const MAX_CHANGES = 8

export function News({ listed, today, changes }: { listed: Listed; today: string; changes: readonly PriceChange[] }) {
  return (
    <div class="news">
      <section aria-labelledby="newest">
        <h2 id="newest">Newest</h2>
        <ul>
          {newestOf(listed, today).map((model) => (
            <li>
              <Link href={modelPath(model)}>{model.name}</Link>
              <span class="quiet">{model.releaseDate ? formatDate(model.releaseDate) : null}</span>
              <span>
                <Price usd={model.pricing?.input} />
                <span class="quiet"> / </span>
                <Price usd={model.pricing?.output} />
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="price-changes">
        <h2 id="price-changes">First-party prices this week</h2>
        {changes.length === 0 ? (
          <p class="quiet">No lab changed its prices.</p>
        ) : (
          <ul>
            {changes.slice(0, MAX_CHANGES).map((change) => (
              <li>
                <Link href={modelPath(change)}>{change.name}</Link>
                {change.moves.map(({ kind, before, after }) => (
                  <span>
                    <span class="quiet">{kind} </span>
                    <PriceMove before={before} after={after} />
                  </span>
                ))}
              </li>
            ))}
          </ul>
        )}
        <p>
          <Link href="/changes">All changes</Link>
        </p>
      </section>
    </div>
  )
}

/** The first row of a family whose release is not ahead, one for each family. */
function newestOf(listed: Listed, today: string): Model[] {
  const { family, type, releaseDate } = listed.columns.words
  const firstParty = listed.facts.of('firstParty')
  const chat = type.words.indexOf('chat')
  const dateOf = (row: number) => releaseDate.words[releaseDate.at[row] ?? -1] ?? ''
  const heads = family.at.flatMap((place, row) => {
    const isHead = place !== family.at[row - 1] && firstParty[row] === 1 && type.at[row] === chat
    return isHead && dateOf(row).length === today.length && dateOf(row) <= today ? [row] : []
  })
  const newest = heads.sort((a, b) => (dateOf(a) < dateOf(b) ? 1 : -1)).slice(0, MAX_NEW)
  return newest.map((row) => listed.model(row))
}

/** From what to what, and by how much. */
export function PriceMove({ before, after }: { before: number | undefined; after: number | undefined }) {
  return (
    <span class="move">
      <Price usd={before} />
      <span aria-hidden="true"> → </span>
      <span class="spoken"> to </span>
      <Price usd={after} />
      {before && after !== undefined ? <Share share={after / before - 1} /> : null}
    </span>
  )
}

function Share({ share }: { share: number }) {
  const percent = Math.round(Math.abs(share) * 100)
  return <span class={share < 0 ? 'share down' : 'share up'}>{`${share < 0 ? '−' : '+'}${percent} %`}</span>
}
