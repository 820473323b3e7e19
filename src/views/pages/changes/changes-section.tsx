/** The changes between two commits: those of labs in full, first-party prices first, and those of hosts as counts. */

import type { Change, Diff, VersionInfo } from '../../../core/schema/history.ts'
import type { Model, ModelKey } from '../../../core/schema/model.ts'
import { Chip } from '../elements/chip.tsx'
import { Heads } from '../elements/heads.tsx'
import { ScrollTable } from '../elements/table.tsx'
import { factName, formatFact, isPrice } from '../format/facts.ts'
import { formatCount, formatNumber } from '../format/numbers.ts'
import { modelPath, withQuery } from '../format/paths.ts'
import { Link } from '../layout/link.tsx'
import { PriceChange } from './price-change.tsx'

export interface Changes {
  title: string
  /** Absent where there was nothing before. */
  from?: VersionInfo
  to: VersionInfo
  /** Absent where there was nothing before. */
  firstParty?: Diff
  hosts: readonly HostChanges[]
  /** Names of models that changed, by their keys; those that have none here are shown by value. */
  nameOf: (key: ModelKey) => string | undefined
}

export interface HostChanges {
  provider: string
  added: number
  removed: number
  changed: number
  prices: number
}

/** More are left to the API: a page is for reading. */
const MAX_ROWS = 200

export function ChangesSection({ changes }: { changes: Changes }) {
  const { title, from, to, firstParty, hosts } = changes
  return (
    <section class="day">
      <h2>{title}</h2>
      {firstParty ? (
        <FirstParty changes={changes} diff={firstParty} />
      ) : (
        <p>
          The first commit of this registry: {formatCount(to.counts.models, 'model')} at{' '}
          {formatCount(to.counts.providers, 'provider')}.
        </p>
      )}
      <Hosts changes={changes} hosts={hosts} />
      {from ? (
        <p class="small">
          <a
            href={withQuery('/v1/diff', [
              ['from', from.version],
              ['to', to.version],
            ])}
          >
            All changes as JSON
          </a>
        </p>
      ) : null}
    </section>
  )
}

function FirstParty({ changes, diff }: { changes: Changes; diff: Diff }) {
  const { added, removed, changed } = diff.models
  const prices = changed.filter((entry) => entry.changes.some(({ path }) => isPrice(path)))
  const others = changed
    .map((entry) => ({ ...entry, changes: entry.changes.filter(({ path }) => !isPrice(path)) }))
    .filter((entry) => entry.changes.length > 0)
  if (added.length + removed.length + changed.length === 0) return <p class="quiet">No lab changed its own models.</p>
  return (
    <>
      {diff.rescaled ? (
        <p>
          <Chip tone="past">re-scaled</Chip> The scale of IQ changed from {diff.rescaled.from} to {diff.rescaled.to}:
          scores before and after do not compare, and are not listed as changes.
        </p>
      ) : null}
      <Prices changes={changes} entries={prices} />
      <ModelList title="New" models={added} />
      <ModelList title="Removed" models={removed} isGone />
      <OtherFacts changes={changes} entries={others} />
    </>
  )
}

type Entry = Diff['models']['changed'][number]

function Prices({ changes, entries }: { changes: Changes; entries: readonly Entry[] }) {
  const repriced = entries
    .map((entry) => ({
      entry,
      prices: entry.changes.filter(({ path }) => isPrice(path) && path !== 'pricing.blended'),
    }))
    .filter(({ prices }) => prices.length > 0)
  if (repriced.length === 0) return null
  return (
    <ScrollTable label={`Price changes at the labs, ${changes.title}`} class="repriced">
      <caption>Prices in USD per million tokens</caption>
      <Heads titles={['Model', 'Price', { number: 'Before' }, { number: 'After' }, { number: 'Change' }]} />
      {repriced.slice(0, MAX_ROWS).map(({ entry, prices }) => (
        <tbody>
          {prices.map((change, index) => (
            <tr>
              {index === 0 ? (
                <th scope="rowgroup" rowspan={prices.length}>
                  <ModelLink changes={changes} entry={entry} />
                </th>
              ) : null}
              <PriceChange change={change} />
            </tr>
          ))}
        </tbody>
      ))}
    </ScrollTable>
  )
}

function ModelList({ title, models, isGone }: { title: string; models: readonly Model[]; isGone?: boolean }) {
  if (models.length === 0) return null
  return (
    <>
      <h3>
        {title} <span class="quiet">{formatNumber(models.length)}</span>
      </h3>
      <ul class="flow">
        {models.slice(0, MAX_ROWS).map((model) => (
          <li>
            {isGone ? model.name : <Link href={modelPath(model)}>{model.name}</Link>}{' '}
            <span class="quiet small">{model.provider}</span>
          </li>
        ))}
      </ul>
      <More count={models.length} />
    </>
  )
}

function OtherFacts({ changes, entries }: { changes: Changes; entries: readonly Entry[] }) {
  if (entries.length === 0) return null
  return (
    <details>
      <summary>{formatCount(entries.length, 'model')} with other changes</summary>
      <ul class="facts-changed">
        {entries.slice(0, MAX_ROWS).map((entry) => (
          <li>
            <ModelLink changes={changes} entry={entry} />: {entry.changes.map(describeChange).join('; ')}
          </li>
        ))}
      </ul>
      <More count={entries.length} />
    </details>
  )
}

function describeChange({ path, before, after }: Change): string {
  return `${factName(path)} ${formatFact(path, before)} → ${formatFact(path, after)}`
}

function ModelLink({ changes, entry }: { changes: Changes; entry: ModelKey }) {
  return (
    <>
      <Link href={modelPath(entry)}>{changes.nameOf(entry) ?? entry.value}</Link>{' '}
      <span class="quiet small">{entry.provider}</span>
    </>
  )
}

function More({ count }: { count: number }) {
  return count > MAX_ROWS ? <p class="quiet">and {formatNumber(count - MAX_ROWS)} more</p> : null
}

function Hosts({ changes: { title, from, to }, hosts }: { changes: Changes; hosts: readonly HostChanges[] }) {
  if (hosts.length === 0 || !from) return null
  return (
    <details>
      <summary>{formatCount(hosts.length, 'host')} changed their offers</summary>
      <ScrollTable label={`Changes at hosts, ${title}`}>
        <Heads
          titles={[
            'Host',
            { number: 'Added' },
            { number: 'Removed' },
            { number: 'Prices changed' },
            { number: 'Models changed' },
          ]}
        />
        <tbody>
          {hosts.map(({ provider, added, removed, changed, prices }) => (
            <tr>
              <th scope="row">
                <a
                  href={withQuery('/changes', [
                    ['from', from.version],
                    ['to', to.version],
                    ['provider', provider],
                  ])}
                >
                  {provider}
                </a>
              </th>
              <td class="number">{added}</td>
              <td class="number">{removed}</td>
              <td class="number">{prices}</td>
              <td class="number">{changed}</td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </details>
  )
}
