/** Every fact of a model: who says it, since when it is so, and what another source says instead. */

import { leavesOf } from '../../../core/diff/change.ts'
import type { ModelHistory } from '../../../core/schema/history.ts'
import type { Model } from '../../../core/schema/model.ts'
import type { Provenance } from '../../../core/schema/operations.ts'
import { Heads } from '../elements/heads.tsx'
import { ScrollTable } from '../elements/table.tsx'
import { formatDate } from '../format/dates.ts'
import { factName, formatFact, sourceName } from '../format/facts.ts'

interface FactsProps {
  model: Model
  history: ModelHistory | undefined
  /** Known of the current version only. */
  provenance: Provenance | undefined
}

/** Facts of these, in this order; then all others. */
const ORDER = [
  'name',
  'lab',
  'family',
  'firstParty',
  'status',
  'type',
  'releaseDate',
  'pricing',
  'billing',
  'iq',
  'speed',
  'metrics',
  'reasoning',
  'capabilities',
  'modalities',
]
/** Where it is, which the page says above. */
const KNOWN = new Set(['provider', 'value'])

export function FactsTable({ model, history, provenance }: FactsProps) {
  const facts = [...leavesOf(model)].filter(([path]) => !KNOWN.has(path))
  facts.sort(([a], [b]) => placeOf(a) - placeOf(b))
  return (
    <ScrollTable label="Facts" class="facts">
      <Heads titles={['Fact', 'Value', 'Since', ...(provenance ? ['Source'] : [])]} />
      <tbody>
        {facts.map(([path, value]) => (
          <tr>
            <th scope="row" title={path}>
              {factName(path)}
            </th>
            <td>
              {formatFact(path, value)}
              <Dropped path={path} was={provenance?.[path]?.was} />
            </td>
            <td class="nowrap">{sinceOf(path, history)}</td>
            {provenance ? <td>{provenance[path] ? sourceName(provenance[path].source) : null}</td> : null}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  )
}

function placeOf(path: string): number {
  const place = ORDER.indexOf(path.split('.', 1)[0] ?? '')
  return place < 0 ? ORDER.length : place
}

/** Another source differs: its word is kept from the registry, and shown here. */
function Dropped({ path, was }: { path: string; was: unknown }) {
  if (was === undefined) return null
  return <span class="dropped"> Another source says {formatFact(path, was)}</span>
}

/** The last time that it changed, as far as the history was read. */
function sinceOf(path: string, history: ModelHistory | undefined): string | null {
  const revisions = history?.revisions ?? []
  const changed = revisions.find(({ changes }) => changes.some((change) => change.path === path))
  const since = changed ?? revisions.findLast(({ model }) => model !== undefined)
  return since ? formatDate(since.from.committedAt) : null
}
