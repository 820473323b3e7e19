import * as z from 'zod'
import { Outcome } from '../../../core/schema/operations.ts'
import { parseVersion } from '../../../core/selector.ts'
import { answerOutcome } from '../../reply/outcome.ts'
import { NO_QUERY } from '../../request/query.ts'
import { readJson } from '../../request/request-body.ts'
import { defineRoute } from '../../route.ts'

const Rollback = z.strictObject({
  version: z.string().min(1).meta({ description: 'The version to go back to' }),
  reason: z.string().trim().min(1).max(1000).meta({ description: 'Why, for /v1/status' }),
})

const rollBack = defineRoute({
  method: 'POST',
  path: '/v1/admin/rollback',
  access: 'admin',
  summary: 'Make a past version current and keep it so',
  query: NO_QUERY,
  requestBody: { description: 'Which version, and why', schema: Rollback },
  response: { description: 'The outcome', schema: Outcome },
  failures: ['not-found', 'ambiguous-version', 'too-large'],
  async handle(exchange) {
    const body = await readJson(exchange.request, Rollback)
    if (!body.ok) return body
    const selector = parseVersion(body.value.version)
    if (!selector.ok) return selector
    return answerOutcome(exchange, await exchange.registry.rollBack(selector.value, body.value.reason))
  },
})

const liftPin = defineRoute({
  method: 'DELETE',
  path: '/v1/admin/rollback',
  access: 'admin',
  summary: 'Lift the pin and build the last accepted pull again',
  query: NO_QUERY,
  response: { description: 'The outcome', schema: Outcome },
  failures: ['configuration'],
  handle: async (exchange) => answerOutcome(exchange, await exchange.registry.liftPin()),
})

export const adminRollbackRoutes = [rollBack, liftPin]
