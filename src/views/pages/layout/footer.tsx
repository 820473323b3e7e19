/** Credits and licence of the facts, and a permanent link to the page in this version. */
import type { Attribution } from '../../../core/schema/history.ts'
import { formatTime } from '../format/dates.ts'
import { withQuery } from '../format/paths.ts'
import type { Frame, Moment } from './frame.ts'
import { ExternalLink } from './link.tsx'

export function Footer({ frame }: { frame: Frame }) {
  return (
    <footer class="site">
      {frame.moment ? <Sources attribution={frame.moment.attribution} /> : null}
      <p class="quiet">
        {frame.moment && !frame.timeless ? <Permalink frame={frame} moment={frame.moment} /> : null}
        <a href="/docs">API documentation</a>
        <a href="/openapi.json">OpenAPI</a>
        <a href="https://github.com/Rettend/llm">Source code</a>
        {frame.closed ? <a href="/logout">Log out</a> : null}
      </p>
    </footer>
  )
}

function Permalink({ frame: { path, query }, moment }: { frame: Frame; moment: Moment }) {
  return (
    <a href={withQuery(path, [...query, ['version', moment.version]])}>
      Permalink to {moment.version}, {formatTime(moment.generatedAt)}
    </a>
  )
}

function Sources({ attribution }: { attribution: readonly Attribution[] }) {
  if (attribution.length === 0) return null
  return (
    <section aria-labelledby="sources">
      <h2 id="sources">Sources</h2>
      <ul class="sources">
        {attribution.map(({ name, url, license, note }) => (
          <li>
            <ExternalLink href={url}>{name}</ExternalLink>
            {license ? (
              <>
                , <ExternalLink href={license.url}>{license.name}</ExternalLink>
              </>
            ) : null}
            {note ? <span class="quiet"> {note}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
