/** How the registry is doing: one sentence, then the detail. */

import type { HeldPull, RegistryStatus, SourceStatus } from '../../../core/schema/operations.ts'
import { Chip } from '../elements/chip.tsx'
import { Facts } from '../elements/facts.tsx'
import { Heads } from '../elements/heads.tsx'
import { ScrollTable } from '../elements/table.tsx'
import { Unknown } from '../elements/unknown.tsx'
import { formatTime } from '../format/dates.ts'
import { formatAge, formatCount, formatNumber } from '../format/numbers.ts'
import { modelPath } from '../format/paths.ts'
import type { PageContent } from '../layout/layout.tsx'

const SOURCE_NAMES: Record<string, string> = {
  'artificial-analysis': 'Artificial Analysis',
  'models.dev': 'models.dev',
  epoch: 'Epoch AI',
  arena: 'Arena',
}

export function statusContent(status: RegistryStatus): PageContent {
  const sentence = summaryOf(status)
  return {
    title: 'Status',
    description: sentence,
    unlisted: true,
    body: (
      <>
        <h1>Status</h1>
        <p class="lead">{sentence}</p>
        <Facts
          facts={[
            ['Version', status.version && <code>{status.version}</code>],
            ['Published', status.ageSeconds !== undefined && `${formatAge(status.ageSeconds)} ago`],
            ['Models', status.counts && formatNumber(status.counts.models)],
            ['Providers', status.counts && formatNumber(status.counts.providers)],
            [
              'Pinned',
              status.pinned &&
                `${status.pinned.version} since ${formatTime(status.pinned.since)}: ${status.pinned.reason}`,
            ],
          ]}
        />
        <Warnings status={status} />
        <h2>Sources</h2>
        <Sources sources={status.sources} />
        <Held held={status.held} />
        <Unread sources={status.sources} />
        <Orphaned status={status} />
        <p class="small">
          As JSON: <a href="/v1/status">/v1/status</a>
        </p>
      </>
    ),
  }
}

/** What an operator wants to know first. */
function summaryOf({ version, warnings, held, sources, pinned }: RegistryStatus): string {
  if (!version) return 'The registry is empty: nothing has been committed yet.'
  const failing = Object.entries(sources).filter(([, { lastPull }]) => lastPull?.outcome === 'failed')
  const notes = [
    failing.length > 0 && `${failing.map(([name]) => SOURCE_NAMES[name] ?? name).join(', ')} could not be read`,
    held.length > 0 && `${formatCount(held.length, 'held pull')} to decide on`,
    pinned && `the version is pinned to ${pinned.version}`,
    warnings.length > 0 && formatCount(warnings.length, 'warning'),
  ].filter((note) => note !== false && note !== undefined)
  if (notes.length === 0) return 'All sources were read; nothing needs attention.'
  const text = notes.join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** Of the API, which gives times as machines read them. */
const ISO_TIME = /\b\d{4}-\d{2}-\d{2}T[\d:.]{5,12}Z/g

function Warnings({ status: { warnings } }: { status: RegistryStatus }) {
  if (warnings.length === 0) return null
  return (
    <>
      <h2>Warnings</h2>
      <ul>
        {warnings.map(({ code, detail }) => (
          <li>
            <Chip tone="bad">{code}</Chip> {detail.replace(ISO_TIME, formatTime)}
          </li>
        ))}
      </ul>
    </>
  )
}

function Sources({ sources }: { sources: RegistryStatus['sources'] }) {
  return (
    <ScrollTable label="Sources" class="stacked">
      <Heads titles={['Source', 'Last pull', 'Outcome', 'Facts confirmed', 'Next pull']} />
      <tbody>
        {Object.entries(sources).map(([name, source]) => (
          <SourceRow name={name} source={source} />
        ))}
      </tbody>
    </ScrollTable>
  )
}

function SourceRow({ name, source: { lastPull, nextRun, ageSeconds } }: { name: string; source: SourceStatus }) {
  const isFailed = lastPull?.outcome === 'failed' || lastPull?.outcome === 'rejected'
  return (
    <tr>
      <th scope="row">{SOURCE_NAMES[name] ?? name}</th>
      <td class="nowrap" data-label="last pull">
        {lastPull ? formatTime(lastPull.at) : <Unknown />}
      </td>
      <td>
        {lastPull ? <Chip tone={isFailed ? 'bad' : 'good'}>{lastPull.outcome}</Chip> : <Unknown />}{' '}
        {lastPull?.detail ? <span class="quiet small">{lastPull.detail}</span> : null}
      </td>
      <td class="nowrap" data-label="confirmed">
        {ageSeconds === undefined ? <Unknown /> : `${formatAge(ageSeconds)} ago`}
      </td>
      <td class="nowrap" data-label="next pull">
        {nextRun ? formatTime(nextRun) : <Unknown />}
      </td>
    </tr>
  )
}

function Held({ held }: { held: readonly HeldPull[] }) {
  if (held.length === 0) return null
  return (
    <>
      <h2>Held pulls</h2>
      <p>
        A pull that looks like an error of its source is held. The facts before it stay current until the operator
        decides.
      </p>
      <ul>
        {held.map(({ source, provider, at, reasons }) => (
          <li>
            {SOURCE_NAMES[source] ?? source}
            {provider ? `, provider ${provider}` : ''}, {formatTime(at)}: {reasons.join('; ')}
          </li>
        ))}
      </ul>
    </>
  )
}

function Unread({ sources }: { sources: RegistryStatus['sources'] }) {
  const rows = Object.entries(sources).flatMap(([name, { unread = [] }]) => unread.map((entry) => ({ name, ...entry })))
  if (rows.length === 0) return null
  return (
    <>
      <h2>Values that could not be read</h2>
      <ScrollTable label="Values that could not be read" class="stacked">
        <Heads titles={['Source', 'Field', { number: 'Count' }, 'Example']} />
        <tbody>
          {rows.map(({ name, field, count, example }) => (
            <tr>
              <th scope="row">{SOURCE_NAMES[name] ?? name}</th>
              <td>
                <code>{field}</code>
              </td>
              <td class="number" data-label="count">
                {formatNumber(count)}
              </td>
              <td>
                <code>{example}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </>
  )
}

function Orphaned({ status: { orphaned } }: { status: RegistryStatus }) {
  if (orphaned.length === 0) return null
  return (
    <>
      <h2>Overrides without a model</h2>
      <ul>
        {orphaned.map((key) => (
          <li>
            <a href={modelPath(key)}>
              {key.provider}/{key.value}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}
