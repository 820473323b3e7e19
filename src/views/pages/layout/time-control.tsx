/** Time is a control on every page: a date shows the same page as it was, and a banner leads back. */
import { formatDate, formatTime } from '../format/dates.ts'
import { type PageQuery, withQuery } from '../format/paths.ts'
import type { AskedMoment, Frame } from './frame.ts'

export function TimeControl({ frame: { path, query, moment } }: { frame: Frame }) {
  const asked = moment?.asked
  return (
    <details class={asked ? 'menu time past' : 'menu time'}>
      <summary>
        <span class="label">As of</span> {asked ? momentName(asked) : 'now'}
      </summary>
      <form action={path} class="panel">
        <KeptFields query={query} />
        <label for="at">Show the registry as of the end of</label>
        <div class="row">
          <input id="at" type="date" name="at" required value={dateOf(asked) ?? moment?.generatedAt.slice(0, 10)} />
          <button type="submit">Go</button>
        </div>
        {asked ? <a href={withQuery(path, query)}>Back to now</a> : null}
      </form>
    </details>
  )
}

export function PastBanner({ frame: { path, query, moment } }: { frame: Frame }) {
  if (!moment?.asked) return null
  const { asked, generatedAt } = moment
  return (
    <aside class="banner" aria-label="A past moment">
      <p>
        <strong>
          {asked.by === 'at' ? `The registry as it was on ${momentName(asked)}` : 'One version of the registry'}
        </strong>{' '}
        <span>
          {moment.version}, published {formatTime(generatedAt)}
        </span>
      </p>
      <a class="back" href={withQuery(path, query)}>
        Back to now
      </a>
    </aside>
  )
}

/** A form keeps the query of its page, one field at a time. */
function KeptFields({ query }: { query: PageQuery }) {
  return (
    <>
      {query.map(([name, value]) => (value === undefined ? null : <input type="hidden" name={name} value={value} />))}
    </>
  )
}

function momentName({ by, text }: AskedMoment): string {
  if (by === 'version') return text
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? formatDate(text) : text
}

function dateOf(asked: AskedMoment | undefined): string | undefined {
  return asked?.by === 'at' ? asked.text.slice(0, 10) : undefined
}
