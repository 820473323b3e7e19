import * as z from 'zod'
import { fail, ok } from '../../../core/failure.ts'
import { Diff } from '../../../core/schema/history.ts'
import { Outcome, PullRecord } from '../../../core/schema/operations.ts'
import { SOURCE_NAMES } from '../../../core/vocabulary.ts'
import { RecordedPull } from '../../../registry/changes/recorded/importer.ts'
import { jsonView, storedJsonView } from '../../../views/json-view.ts'
import type { Answered } from '../../exchange.ts'
import { answerOutcome } from '../../reply/outcome.ts'
import { countParam, flagParam, type QueryOf, textParam, wordParam } from '../../request/params.ts'
import { NO_QUERY } from '../../request/query.ts'
import { MAX_PULL_BODY_BYTES, readBytes } from '../../request/request-body.ts'
import { defineRoute } from '../../route.ts'

const MAX_PAGE = 500
const DEFAULT_PAGE = 50
const FORCE = flagParam('Accept the pull even if the guard would hold it; this is recorded')
const PULL_QUERY = { force: FORCE }

const refresh = defineRoute({
  method: 'POST',
  path: '/v1/admin/refresh',
  access: 'admin',
  summary: 'Pull from all sources or one now, or join the run in progress',
  query: { force: FORCE, source: wordParam(SOURCE_NAMES, 'Only this source') },
  response: { description: 'The outcome, and that of each source', schema: Outcome },
  failures: ['source-failed', 'configuration'],
  handle: async (exchange, _params, { force = false, source }) =>
    answerOutcome(exchange, await exchange.registry.refresh({ forced: force, ...(source && { source }) })),
})

const EXAMPLE = {
  source: 'epoch',
  fetchedAt: '2026-08-11T02:00:00.000Z',
  body: 'Model,eci,date,Organization\nGPT-5,150,2025-08-07,OpenAI\n',
}

const importPull = defineRoute({
  method: 'POST',
  path: '/v1/admin/pulls',
  access: 'admin',
  summary: 'Ingest a recorded pull as of its own time',
  query: PULL_QUERY,
  requestBody: { description: 'The responses of one pull, in order', schema: RecordedPull, example: EXAMPLE },
  response: { description: 'The outcome; sending the same pull again returns its first outcome', schema: Outcome },
  failures: ['conflict', 'too-large', 'configuration'],
  async handle(exchange, _params, { force = false }) {
    const bytes = await readBytes(exchange.request, MAX_PULL_BODY_BYTES)
    return bytes.ok ? answerOutcome(exchange, await exchange.registry.importPull(bytes.value, force)) : bytes
  },
})

const pulls = defineRoute({
  method: 'GET',
  path: '/v1/admin/pulls',
  access: 'admin',
  summary: 'The record of pulls, newest first',
  query: {
    limit: countParam(1, `Default ${DEFAULT_PAGE}`, MAX_PAGE),
    before: countParam(0, 'Only pulls with a lower id'),
  },
  response: {
    description: 'A page of the record; the Link header points to the next page',
    schema: z.array(PullRecord),
  },
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
  summary: 'One recorded pull',
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
  summary: 'The payload of a pull, as received',
  query: NO_QUERY,
  response: { description: 'The format that POST /v1/admin/pulls accepts', schema: RecordedPull },
  failures: ['not-found'],
  async handle({ registry }, { id = '' }) {
    const bytes = await registry.payload(Number(id))
    if (!bytes.ok) return bytes
    return bytes.value ? ok({ body: storedJsonView(bytes.value), lifetime: 'none' }) : noPull(id)
  },
})

const HELD_QUERY = { provider: textParam('Only this held provider') }
type HeldQuery = QueryOf<typeof HELD_QUERY>

const targetOf = (id: string, { provider }: HeldQuery) => ({
  id: Number(id),
  ...(provider !== undefined && { provider }),
})

const diff = defineRoute({
  method: 'GET',
  path: `${ONE_PULL}/diff`,
  access: 'admin',
  summary: 'What accepting a held pull would change, and which models the pull lacks',
  query: HELD_QUERY,
  response: {
    description: 'The diff, and "provider/value" of each current model that the pull lacks',
    schema: z.object({ diff: Diff.optional(), missing: z.array(z.string()) }),
  },
  failures: ['not-found', 'conflict', 'configuration'],
  async handle({ registry }, { id = '' }, query) {
    const bytes = await registry.heldDiff(targetOf(id, query))
    return bytes.ok ? ok({ body: storedJsonView(bytes.value), lifetime: 'none' }) : bytes
  },
})

const accept = defineRoute({
  method: 'POST',
  path: `${ONE_PULL}/accept`,
  access: 'admin',
  summary: 'Accept a held pull, or one held provider of a pull',
  query: { ...HELD_QUERY, dryRun: flagParam('Return what would change without writing anything') },
  response: { description: 'The outcome', schema: Outcome.extend({ diff: Diff.optional() }) },
  failures: ['not-found', 'conflict', 'configuration'],
  async handle(exchange, { id = '' }, { dryRun = false, ...query }) {
    const target = targetOf(id, query)
    if (!dryRun) return answerOutcome(exchange, await exchange.registry.accept(target))
    const bytes = await exchange.registry.heldDiff(target)
    if (!bytes.ok) return bytes
    const { diff } = JSON.parse(new TextDecoder().decode(bytes.value))
    const outcome = diff ? 'would-commit' : 'would-not-change'
    return ok({ body: jsonView({ outcome, ...(diff && { diff }) }), lifetime: 'none' })
  },
})

const reject = defineRoute({
  method: 'POST',
  path: `${ONE_PULL}/reject`,
  access: 'admin',
  summary: 'Reject a held pull, or one held provider of a pull',
  query: HELD_QUERY,
  response: { description: 'The outcome', schema: Outcome },
  failures: ['not-found', 'conflict'],
  handle: async (exchange, { id = '' }, query) =>
    answerOutcome(exchange, await exchange.registry.reject(targetOf(id, query))),
})

function noPull(id: string): Answered {
  return fail({ code: 'not-found', detail: `Cannot read pull ${id}: no such pull, or its payload is no longer stored` })
}

export const adminPullRoutes = [refresh, importPull, pulls, pull, payload, diff, accept, reject]
