import { ok } from '../../core/failure.ts'
import { parseVersion } from '../../core/selector.ts'
import { tagView } from '../../edge/tagged-view.ts'
import { jsonView, storedJsonView } from '../../views/json-view.ts'
import { bodies } from '../docs/lazy-bodies.ts'
import { answerRecorded, currentCommit } from '../recorded.ts'
import { countParam } from '../request/params.ts'
import { NO_QUERY } from '../request/query.ts'
import { defineRoute } from '../route.ts'

const MAX_PAGE = 500
const DEFAULT_PAGE = 50
/** Restoring a part of a backup takes some seconds. */
const RETRY_SECONDS = 30

const versions = defineRoute({
  method: 'GET',
  path: '/v1/versions',
  access: 'reader',
  summary: 'The commits of the history, newest first',
  query: {
    limit: countParam(1, `Default ${DEFAULT_PAGE}`, MAX_PAGE),
    before: countParam(0, 'Only commits with a lower seq'),
  },
  response: {
    description: 'A page of commits; the Link header points to the next page',
    schema: () => bodies().then(({ Versions }) => Versions),
  },
  failures: [],
  async handle(exchange, _params, { limit = DEFAULT_PAGE, before = Number.POSITIVE_INFINITY }) {
    const current = await currentCommit(exchange)
    if (!current.ok && current.failure.code !== 'empty-registry') return current
    if (!current.ok || current.value.seq === 0) return ok({ body: jsonView([]), lifetime: 'none' })
    const row = current.value
    const upTo = Math.min(row.seq, before - 1)
    // Commits are numbered without gaps.
    const next = upTo - limit
    return answerRecorded(exchange, row, {
      lifetime: 'current',
      path: '/v1/versions',
      query: { limit, upTo },
      read: async () => {
        const bytes = await exchange.registry.versions(limit, upTo)
        return bytes && storedJsonView(bytes)
      },
      missing: () => ({
        code: 'restoring',
        detail: 'Cannot list the versions: a backup is being restored',
        retryAfterSeconds: RETRY_SECONDS,
      }),
      ...(next > 0 && { headers: { link: `</v1/versions?limit=${limit}&before=${next + 1}>; rel="next"` } }),
    })
  },
})

const version = defineRoute({
  method: 'GET',
  path: '/v1/versions/:version',
  access: 'reader',
  summary: 'The first commit of a version',
  query: NO_QUERY,
  response: { description: 'The commit', schema: () => bodies().then(({ VersionInfo }) => VersionInfo) },
  failures: ['not-found', 'ambiguous-version', 'empty-registry'],
  async handle(exchange, { version: text = '' }) {
    const { registry } = exchange
    const selector = parseVersion(text)
    if (!selector.ok) return selector
    const current = await currentCommit(exchange)
    if (!current.ok) return current
    const found = await registry.version(selector.value)
    if (!found.ok) return found
    return ok({ body: tagView(jsonView(found.value)), lifetime: 'immutable', version: found.value.version })
  },
})

export const versionRoutes = [versions, version]
