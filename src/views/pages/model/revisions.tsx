/** What changed of a model, newest first. Each day leads to the page as it was then. */
import type { ModelHistory } from '../../../core/schema/history.ts'
import { formatDate } from '../format/dates.ts'
import { factName, formatFact } from '../format/facts.ts'
import { modelPath, withQuery } from '../format/paths.ts'

type Revision = ModelHistory['revisions'][number]

const MAX_REVISIONS = 30
/** Measured again every day: the charts show them better. */
const NOISE = /^metrics\.(outputTokensPerSecond|timeToFirstToken|timeToFirstAnswer|endToEnd)$/

export function Revisions({ history }: { history: ModelHistory }) {
  const { revisions } = history
  const shown = revisions.filter(
    (revision, index) => index === revisions.length - 1 || notableChangesOf(revision).length > 0 || !revision.model,
  )
  return (
    <ol class="revisions">
      {shown.slice(0, MAX_REVISIONS).map((revision) => (
        <li>
          <a href={withQuery(modelPath(history), [['version', revision.from.version]])}>
            <time datetime={revision.from.committedAt}>{formatDate(revision.from.committedAt)}</time>
          </a>
          <What revision={revision} isFirst={revision === revisions.at(-1)} />
        </li>
      ))}
    </ol>
  )
}

function notableChangesOf({ changes }: Revision): Revision['changes'] {
  return changes.filter(({ path }) => !NOISE.test(path))
}

function What({ revision, isFirst }: { revision: Revision; isFirst: boolean }) {
  if (!revision.model) return <p>No longer offered</p>
  const changes = notableChangesOf(revision)
  if (changes.length === 0) return <p>{isFirst ? 'First recorded' : 'Offered again'}</p>
  return (
    <ul>
      {changes.map(({ path, before, after }) => (
        <li>
          <span class="quiet">{factName(path)}:</span> {formatFact(path, before)}
          <span aria-hidden="true"> → </span>
          <span class="spoken"> to </span>
          {formatFact(path, after)}
        </li>
      ))}
    </ul>
  )
}
