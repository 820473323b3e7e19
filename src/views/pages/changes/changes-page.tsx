/** What changed, by day, or between any two versions. */
import type { PageContent } from '../layout/layout.tsx'
import { Link } from '../layout/link.tsx'
import { type Changes, ChangesSection } from './changes-section.tsx'

interface ChangesPage {
  days: readonly Changes[]
  /** The commit before which the next page begins. */
  next?: number
}

export function changesContent({ days, next }: ChangesPage): PageContent {
  return {
    title: 'Changes',
    description: 'What changed at providers of language models, day by day: prices first, then new and removed models.',
    body: (
      <>
        <h1>Changes</h1>
        <CompareForm />
        {days.length === 0 ? <p>Nothing has changed yet.</p> : null}
        {days.map((day) => (
          <ChangesSection changes={day} />
        ))}
        {next === undefined ? null : (
          <p>
            <Link href="/changes" query={[['before', String(next)]]} rel="next">
              Earlier days
            </Link>
          </p>
        )}
      </>
    ),
  }
}

export function versionsDiffContent(changes: Changes): PageContent {
  return {
    title: changes.title,
    description: `What changed ${changes.title.charAt(0).toLowerCase()}${changes.title.slice(1)}.`,
    unlisted: true,
    body: (
      <>
        <p class="crumbs">
          <Link href="/changes">Changes</Link>
        </p>
        <h1>What changed</h1>
        <CompareForm from={changes.from?.version} to={changes.to.version} />
        <ChangesSection changes={changes} />
      </>
    ),
  }
}

/** Any two versions or moments. */
function CompareForm({ from, to }: { from?: string | undefined; to?: string }) {
  return (
    <form action="/changes" class="inline">
      <label>
        From <input name="from" required value={from} placeholder="2026-01-31 or v1.…" size={17} />
      </label>
      <label>
        To <input name="to" value={to} placeholder="now" size={17} />
      </label>
      <button type="submit">Compare</button>
    </form>
  )
}
