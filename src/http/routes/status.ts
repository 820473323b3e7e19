import { ok } from '../../core/failure.ts'
import { tierWarnings } from '../../edge/tier-warnings.ts'
import { jsonView } from '../../views/json-view.ts'
import { bodies } from '../docs/lazy-bodies.ts'
import { NO_QUERY } from '../request/query.ts'
import { defineRoute } from '../route.ts'

const health = defineRoute({
  method: 'GET',
  path: '/health',
  access: 'anyone',
  summary: 'Liveness of the Worker',
  query: NO_QUERY,
  response: { description: 'The Worker is running', schema: () => bodies().then(({ Health }) => Health) },
  failures: [],
  handle: () => ok({ body: jsonView({ status: 'ok' }), lifetime: 'none' }),
})

const status = defineRoute({
  method: 'GET',
  path: '/v1/status',
  access: 'reader',
  summary: 'The status of the registry',
  query: NO_QUERY,
  response: {
    description: 'The current version, the state of each source, and warnings',
    schema: () => bodies().then(({ RegistryStatus }) => RegistryStatus),
  },
  failures: [],
  async handle({ registry, tiers }) {
    const status = await registry.status()
    const warnings = [...status.warnings, ...(await tierWarnings(tiers, status))]
    return ok({ body: jsonView({ ...status, warnings }), lifetime: 'none' })
  },
})

export const statusRoutes = [health, status]
