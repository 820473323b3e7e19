/** The rows of the list: one for each family, and below it, folded, its offers elsewhere and its variants. */

import type { Model } from '../../../core/schema/model.ts'
import type { Child } from '../../jsx/jsx-runtime.ts'
import { Abilities } from '../elements/abilities.tsx'
import { Chip } from '../elements/chip.tsx'
import { Folded } from '../elements/folded.tsx'
import { Amount } from '../elements/price.tsx'
import { Score } from '../elements/score.tsx'
import { Unknown } from '../elements/unknown.tsx'
import { formatDate } from '../format/dates.ts'
import { formatNumber, formatTokens } from '../format/numbers.ts'
import { modelPath } from '../format/paths.ts'
import { Link } from '../layout/link.tsx'
import type { ListColumn, ListedFamily } from './list-columns.ts'
import { MoreOfFamily } from './more-of-family.tsx'

export interface RowsProps {
  families: readonly ListedFamily[]
  columns: readonly ListColumn[]
  providerNames: ReadonlyMap<string, string>
}

export function FamilyRows({ families, columns, providerNames }: RowsProps) {
  return (
    <>
      {families.map((family) => (
        <tbody>
          <FamilyRow family={family} columns={columns} providerNames={providerNames} />
          {family.members.length > 1 ? (
            <tr class="more">
              <td colspan={columns.length + 2}>
                <Folded>
                  <MoreOfFamily family={family} providerNames={providerNames} />
                </Folded>
              </td>
            </tr>
          ) : null}
        </tbody>
      ))}
    </>
  )
}

interface RowProps extends Omit<RowsProps, 'families'> {
  family: ListedFamily
}

function FamilyRow({ family, columns, providerNames }: RowProps) {
  const { head, members } = family
  const key = `${head.provider}/${head.value}`
  return (
    <tr>
      <th scope="row" class="name">
        <input type="checkbox" name="m" value={key} form="compare" aria-label={`Compare ${head.name}`} />
        <Link href={modelPath(head)}>{head.name}</Link>
        <Standing model={head} />
      </th>
      {columns.map((column) => (
        <td class={PRICES.has(column.key) ? `price ${classOf(column)}` : classOf(column)}>
          {cellOf(column.key, head, providerNames)}
        </td>
      ))}
      <td class="number">
        {members.length > 1 ? (
          <details>
            <summary aria-label={`${members.length} offers and variants of ${head.name}`}>{members.length}</summary>
          </details>
        ) : (
          1
        )}
      </td>
    </tr>
  )
}

const LEFT = new Set(['provider', 'type', 'weights', 'capabilities'])
const PRICES = new Set(['input', 'output', 'cacheRead', 'price'])

/** Numbers stand to the right; what is least missed leaves a narrow screen first. */
export function classOf({ key, leavesAt }: ListColumn): string | undefined {
  const names = [LEFT.has(key) ? undefined : 'number', leavesAt && `leaves-${leavesAt}`]
  return names.filter(Boolean).join(' ') || undefined
}

/** What sets it apart from a model in ordinary use that is paid by the token. */
function Standing({ model: { status, billing, type } }: { model: Model }) {
  return (
    <>
      {status === 'active' ? null : <Chip tone={status === 'deprecated' ? 'bad' : 'past'}>{status}</Chip>}
      {billing ? <Chip tone="good">{billing === 'free' ? 'free' : 'in a plan'}</Chip> : null}
      {type === 'chat' ? null : <Chip>{type}</Chip>}
    </>
  )
}

function cellOf(column: string, model: Model, providerNames: RowsProps['providerNames']): Child {
  const { pricing, metrics, provider, openWeights } = model
  switch (column) {
    case 'provider':
      return [providerNames.get(provider) ?? provider, model.firstParty ? <OwnLab /> : null]
    case 'iq':
      return (
        <Scored
          score={model.iq}
          figure={metrics?.intelligenceIndex ?? metrics?.epochCapabilitiesIndex}
          of="Intelligence"
        />
      )
    case 'epoch':
      return shown(metrics?.epochCapabilitiesIndex, formatNumber)
    case 'arena':
      return shown(metrics?.arenaText, formatNumber)
    case 'speed':
      return <Scored score={model.speed} figure={metrics?.outputTokensPerSecond} of="Speed" />
    case 'input':
      return <Amount usd={pricing?.input} />
    case 'output':
      return <Amount usd={pricing?.output} />
    case 'cacheRead':
      return <Amount usd={pricing?.cacheRead} />
    case 'price':
      return <Amount usd={pricing?.blended} />
    case 'contextWindow':
      return shown(metrics?.contextWindow, formatTokens)
    case 'maxOutput':
      return shown(metrics?.maxOutput, formatTokens)
    case 'capabilities':
      return <Abilities capabilities={model.capabilities} />
    case 'releaseDate':
      return shown(model.releaseDate, formatDate)
    case 'cutoff':
      return shown(model.knowledgeCutoff, formatDate)
    case 'type':
      return model.type
    case 'weights':
      return shown(openWeights, (isOpen) => (isOpen ? 'open' : 'closed'))
    default:
      return null
  }
}

function shown<T>(value: T | undefined, format: (value: T) => string): Child {
  return value === undefined ? <Unknown /> : format(value)
}

function OwnLab() {
  return <span class="own-lab" role="img" aria-label="its own lab" title="Offered by its own lab"></span>
}

/** What was measured, and the score that it makes. */
function Scored({ score, figure, of }: { score: number | undefined; figure: number | undefined; of: string }) {
  if (score === undefined && figure === undefined) return <Unknown />
  return (
    <>
      {figure === undefined ? null : formatNumber(Math.round(figure))}
      {score === undefined ? null : <Score value={score} of={of} />}
    </>
  )
}
