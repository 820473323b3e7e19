import { ok } from '../../core/failure.ts'
import { readRecord } from '../../edge/records/read-record.ts'
import { loadVersion } from '../../edge/versions/read-version.ts'
import { jsonView } from '../../views/json-view.ts'
import { bodies } from '../docs/lazy-bodies.ts'
import { VERSION_QUERY } from '../request/query.ts'
import { defineRoute } from '../route.ts'
import { answerOf, chooseVersion } from '../versioned.ts'

const attribution = defineRoute({
  method: 'GET',
  path: '/v1/attribution',
  access: 'reader',
  summary: 'The sources to credit, and what to show with the facts',
  query: VERSION_QUERY,
  response: {
    description: 'The sources of a version, with their licences',
    schema: () => bodies().then(({ Attributions }) => Attributions),
  },
  failures: ['not-found', 'ambiguous-version', 'empty-registry'],
  async handle(exchange, _params, query) {
    const chosen = await chooseVersion(exchange, query)
    if (!chosen.ok) return chosen
    const { tiers } = exchange
    const { version } = chosen.value
    // A view of the commit: two registries may build the same content from different sources.
    const body = await readRecord(tiers, version, '/v1/attribution', async () =>
      jsonView((await loadVersion(tiers, version, [])).head.attribution),
    )
    if (!body) throw new Error(`Cannot render the attribution of ${version.version}`)
    return ok({ ...answerOf(chosen.value), body })
  },
})

export const attributionRoutes = [attribution]
