import * as z from 'zod'
import { ok } from '../../core/failure.ts'
import { Attribution } from '../../core/schema/history.ts'
import { loadVersion } from '../../edge/read-version.ts'
import { tagView } from '../../edge/tagged-view.ts'
import { jsonView } from '../../views/json-view.ts'
import { VERSION_QUERY } from '../request/query.ts'
import { defineRoute } from '../route.ts'
import { answerOf, chooseVersion } from '../versioned.ts'

const attribution = defineRoute({
  method: 'GET',
  path: '/v1/attribution',
  access: 'reader',
  summary: 'Whom to credit, and what to show with the facts',
  query: VERSION_QUERY,
  response: { description: 'The sources of a version, with their licences', schema: z.array(Attribution) },
  failures: ['not-found', 'ambiguous-version', 'empty-registry'],
  async handle(exchange, _params, query) {
    const chosen = await chooseVersion(exchange, query)
    if (!chosen.ok) return chosen
    const { head } = await loadVersion(exchange.tiers, chosen.value.version)
    return ok({ ...answerOf(chosen.value), body: tagView(jsonView(head.attribution)) })
  },
})

export const attributionRoutes = [attribution]
