import * as z from 'zod'
import { fail, ok } from '../../../core/failure.ts'
import { Outcome, PullRecord } from '../../../core/schema/operations.ts'
import { RecordedPull } from '../../../registry/changes/importer.ts'
import { MAX_PULL_BYTES } from '../../../sources/artificial-analysis/fetch-pull.ts'
import { jsonView, storedJsonView } from '../../../views/json-view.ts'
import type { Answered } from '../../exchange.ts'
import { answerOutcome } from '../../reply/outcome.ts'
import { flagParam, NO_QUERY, numberParam } from '../../request/query.ts'
import { readText } from '../../request/request-body.ts'
import { defineRoute } from '../../route.ts'

const MAX_PAGE = 500
const DEFAULT_PAGE = 50
const PULL_QUERY = z.object({ force: flagParam('Take the pull even if it lost too much; recorded with it') })

const refresh = defineRoute({
  method: 'POST',
  path: '/v1/admin/refresh',
  access: 'admin',
  summary: 'Pull now; joins a pull that runs already',
  query: PULL_QUERY,
  response: { description: 'What it came to', schema: Outcome },
  failures: ['source-failed', 'configuration'],
  handle: async (exchange, _params, { force = false }) =>
    answerOutcome(exchange, await exchange.registry.refresh(force)),
})

const importPull = defineRoute({
  method: 'POST',
  path: '/v1/admin/pulls',
  access: 'admin',
  summary: 'Take a recorded pull as of its own time',
  query: PULL_QUERY,
  requestBody: { description: 'The pages of one pull, in order', schema: RecordedPull },
  response: { description: 'What it came to; the same pull again answers as at first', schema: Outcome },
  failures: ['conflict', 'too-large', 'configuration'],
  async handle(exchange, _params, { force = false }) {
    const text = await readText(exchange.request, MAX_PULL_BYTES)
    return text.ok ? answerOutcome(exchange, await exchange.registry.importPull(text.value, force)) : text
  },
})

const pulls = defineRoute({
  method: 'GET',
  path: '/v1/admin/pulls',
  access: 'admin',
  summary: 'The record of pulls, newest first',
  query: z.object({
    limit: numberParam(z.int().min(1).max(MAX_PAGE))
      .optional()
      .meta({ description: `Default ${DEFAULT_PAGE}` }),
    before: numberParam(z.int().nonnegative()).optional().meta({ description: 'Only pulls of a lower id' }),
  }),
  response: { description: 'A page of the record; Link names the next', schema: z.array(PullRecord) },
  failures: [],
  async handle({ registry }, _params, { limit = DEFAULT_PAGE, before }) {
    const page = await registry.pulls(limit, before)
    if (!page.ok) return page
    const last = page.value.length === limit ? page.value.at(-1) : undefined
    const headers = last && { link: `</v1/admin/pulls?limit=${limit}&before=${last.id}>; rel="next"` }
    return ok({ body: jsonView(page.value), lifetime: 'none', ...(headers && { headers }) })
  },
})

const ONE_PULL = '/v1/admin/pulls/:id{[0-9]+}'

const pull = defineRoute({
  method: 'GET',
  path: ONE_PULL,
  access: 'admin',
  summary: 'One pull of the record',
  query: NO_QUERY,
  response: { description: 'The pull', schema: PullRecord },
  failures: ['not-found'],
  async handle({ registry }, { id = '' }) {
    const found = await registry.pull(Number(id))
    if (!found.ok) return found
    return found.value ? ok({ body: jsonView(found.value), lifetime: 'none' }) : noPull(id)
  },
})

const payload = defineRoute({
  method: 'GET',
  path: `${ONE_PULL}/payload`,
  access: 'admin',
  summary: 'The pages of a pull as they came',
  query: NO_QUERY,
  response: { description: 'What POST /v1/admin/pulls takes', schema: RecordedPull },
  failures: ['not-found'],
  async handle({ registry }, { id = '' }) {
    const text = await registry.payload(Number(id))
    if (!text.ok) return text
    if (text.value === undefined) return noPull(id)
    return ok({ body: storedJsonView(new TextEncoder().encode(text.value)), lifetime: 'none' })
  },
})

const accept = defineRoute({
  method: 'POST',
  path: `${ONE_PULL}/accept`,
  access: 'admin',
  summary: 'Take a held pull after all',
  query: NO_QUERY,
  response: { description: 'What it came to', schema: Outcome },
  failures: ['not-found', 'conflict', 'configuration'],
  handle: async (exchange, { id = '' }) => answerOutcome(exchange, await exchange.registry.accept(Number(id))),
})

const reject = defineRoute({
  method: 'POST',
  path: `${ONE_PULL}/reject`,
  access: 'admin',
  summary: 'Reject a held pull for good',
  query: NO_QUERY,
  response: { description: 'What it came to', schema: Outcome },
  failures: ['not-found', 'conflict'],
  handle: async (exchange, { id = '' }) => answerOutcome(exchange, await exchange.registry.reject(Number(id))),
})

function noPull(id: string): Answered {
  return fail({ code: 'not-found', detail: `Cannot find pull ${id}, or it has no payload` })
}

export const adminPullRoutes = [refresh, importPull, pulls, pull, payload, accept, reject]
