/** What a page shows instead of content: what is wrong, and what to do about it. */
import type { Failure } from '../../../core/failure.ts'
import { modelPath, withQuery } from '../format/paths.ts'
import type { PageContent } from './layout.tsx'

export interface PageProblem {
  status: number
  title: string
  failure: Failure
}

export function problemContent({ status, title, failure }: PageProblem, path: string): PageContent {
  const links = [...linksOf(failure, path), ...nearestOf(failure, path)]
  const errors = 'errors' in failure && failure.errors ? failure.errors : []
  const sentence = errors.length > 0 ? 'The address of this page is not valid:' : sentenceOf(failure.detail)
  return {
    title,
    description: sentence,
    unlisted: true,
    body: (
      <article class="problem">
        <p class="status" aria-hidden="true">
          {status}
        </p>
        <h1>{title}</h1>
        <p>{sentence}</p>
        {errors.length > 0 ? (
          <ul>
            {errors.map(({ field, message }) => (
              <li>
                <code>{field}</code> {message}
              </li>
            ))}
          </ul>
        ) : null}
        {links.length > 0 ? (
          <ul>
            {links.map(({ href, name }) => (
              <li>
                <a href={href}>{name}</a>
              </li>
            ))}
          </ul>
        ) : null}
        <p>
          <a href="/">All models</a> · <a href="/status">Status of the registry</a>
        </p>
      </article>
    ),
  }
}

const sentenceOf = (detail: string): string => (/[.?]$/.test(detail) ? detail : `${detail}.`)

/** What the failure takes for meant: a model, where one was asked for. */
function nearestOf({ detail }: Failure, path: string): { href: string; name: string }[] {
  const [, provider, value] = /did you mean "([^"/]+)\/([^"]+)"\?$/.exec(detail) ?? []
  if (!path.startsWith('/models/') || provider === undefined || value === undefined) return []
  return [{ href: modelPath({ provider, value }), name: `Did you mean ${provider}/${value}?` }]
}

function linksOf(failure: Failure, path: string): { href: string; name: string }[] {
  if (failure.code === 'ambiguous-model')
    return failure.candidates.map((key) => ({ href: modelPath(key), name: `${key.provider}/${key.value}` }))
  if (failure.code === 'ambiguous-version')
    return failure.versions.map((version) => ({ href: withQuery(path, [['version', version]]), name: version }))
  if (failure.code !== 'not-found') return []
  const { movedTo, lastVersion } = failure
  const moved = movedTo && { href: modelPath(movedTo), name: `It is ${movedTo.provider}/${movedTo.value} now` }
  const last = lastVersion && {
    href: withQuery(path, [['version', lastVersion]]),
    name: `As it was in ${lastVersion}, the last version that had it`,
  }
  return [moved, last].filter((link) => link !== undefined && link !== '')
}
