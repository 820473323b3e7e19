import * as z from 'zod'
import { ok } from '../../../core/failure.ts'
import { OverrideChange } from '../../../core/schema/operations.ts'
import type { ActiveOverride } from '../../../registry/store/override-record.ts'
import { jsonView, storedJsonView } from '../../../views/json-view.ts'
import { countParam } from '../../request/params.ts'
import { NO_QUERY } from '../../request/query.ts'
import { defineRoute } from '../../route.ts'
import { ActiveOverrideBody, overrideJson, overrideTargetRoutes } from './override-targets.ts'
import { bulkOverrides } from './overrides-bulk.ts'

const MAX_PAGE = 500
const DEFAULT_PAGE = 100

const list = defineRoute({
  method: 'GET',
  path: '/v1/admin/overrides',
  access: 'admin',
  summary: 'The active overrides',
  query: NO_QUERY,
  response: { description: 'Sorted by provider and value', schema: z.array(ActiveOverrideBody) },
  failures: [],
  async handle({ registry }) {
    const bytes = await registry.overrides()
    if (!bytes.ok) return bytes
    const active: ActiveOverride[] = JSON.parse(new TextDecoder().decode(bytes.value))
    return ok({ body: jsonView(active.map(overrideJson)), lifetime: 'none' })
  },
})

const history = defineRoute({
  method: 'GET',
  path: '/v1/admin/overrides/history',
  access: 'admin',
  summary: 'All changes of overrides, newest first',
  query: {
    limit: countParam(1, `Default ${DEFAULT_PAGE}`, MAX_PAGE),
    before: countParam(0, 'Only changes with a lower id'),
  },
  response: {
    description:
      'A page of changes, each with its time, author, override and note; the Link header points to the next page',
    schema: z.array(OverrideChange),
  },
  failures: [],
  async handle({ registry }, _params, { limit = DEFAULT_PAGE, before }) {
    const changes = await registry.overrideChanges({ limit, ...(before !== undefined && { before }) })
    if (!changes.ok) return changes
    const bytes = changes.value
    const page: OverrideChange[] = JSON.parse(new TextDecoder().decode(bytes))
    const last = page.length === limit ? page.at(-1) : undefined
    const headers = last && { link: `</v1/admin/overrides/history?limit=${limit}&before=${last.id}>; rel="next"` }
    return ok({ body: storedJsonView(bytes), lifetime: 'none', ...(headers && { headers }) })
  },
})

export const adminOverrideRoutes = [history, list, bulkOverrides, ...overrideTargetRoutes]
