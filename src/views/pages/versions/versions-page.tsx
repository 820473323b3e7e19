/** The commits of the registry, newest first: each is a link to everything as it was. */

import type { VersionInfo } from '../../../core/schema/history.ts'
import type { CAUSES } from '../../../core/vocabulary.ts'
import { Heads, type Title } from '../elements/heads.tsx'
import { ScrollTable } from '../elements/table.tsx'
import { formatTime } from '../format/dates.ts'
import { formatNumber } from '../format/numbers.ts'
import { withQuery } from '../format/paths.ts'
import type { PageContent } from '../layout/layout.tsx'
import { Link } from '../layout/link.tsx'

export interface VersionsPage {
  commits: readonly VersionInfo[]
  /** The `before` of the next page. */
  next?: number
}

const TITLES: readonly Title[] = [
  'Published',
  'Version',
  'Cause',
  { number: 'Models' },
  { number: 'Added' },
  { number: 'Removed' },
  { number: 'Changed' },
  'Changes',
]

/** What made a commit, in words. */
export const CAUSE_NAMES: Record<(typeof CAUSES)[number], string> = {
  pull: 'daily pull',
  import: 'recorded pull',
  backfill: 'backfilled day',
  override: 'override',
  rollback: 'rollback',
  rebuild: 'rebuild',
}

export function versionsContent({ commits, next }: VersionsPage): PageContent {
  return {
    title: 'Versions',
    description: 'Every version that this registry has published, and what changed with each.',
    body: (
      <>
        <h1>Versions</h1>
        <p class="quiet">
          Each version is named by the hash of its content, so registries with the same facts have the same version.
          Nothing is overwritten: each link opens the registry as it was.
        </p>
        <ScrollTable label="Versions" class="stacked">
          <Heads titles={TITLES} />
          <tbody>{commits.map(CommitRow)}</tbody>
        </ScrollTable>
        {next === undefined ? null : (
          <p>
            <Link href="/versions" query={[['before', String(next)]]} rel="next">
              Older versions
            </Link>
          </p>
        )}
      </>
    ),
  }
}

function CommitRow({ version, committedAt, cause, counts, changes, previous }: VersionInfo) {
  const diff =
    previous &&
    withQuery('/changes', [
      ['from', previous],
      ['to', version],
    ])
  return (
    <tr>
      <th scope="row" class="nowrap">
        {formatTime(committedAt)}
      </th>
      <td>
        <a href={withQuery('/', [['version', version]])}>
          <code>{version}</code>
        </a>
      </td>
      <td class="nowrap">{CAUSE_NAMES[cause]}</td>
      <td class="number" data-label="models">
        {formatNumber(counts.models)}
      </td>
      <td class="number" data-label="added">
        {countOf(changes.added)}
      </td>
      <td class="number" data-label="removed">
        {countOf(changes.removed)}
      </td>
      <td class="number" data-label="changed">
        {countOf(changes.changed)}
      </td>
      <td class="nowrap">{diff ? <a href={diff}>What changed</a> : null}</td>
    </tr>
  )
}

function countOf(count: number) {
  return count === 0 ? <span class="quiet">0</span> : formatNumber(count)
}
