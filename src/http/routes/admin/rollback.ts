import * as z from 'zod'
import { ok, type Result } from '../../../core/failure.ts'
import { parseVersion } from '../../../core/selector.ts'
import { storedJsonView } from '../../../views/json-view.ts'
import type { Answered } from '../../exchange.ts'
import { answerOutcome } from '../../reply/outcome.ts'
import { readJson } from '../../request/request-body.ts'
import { defineRoute } from '../../route.ts'
import { CHANGE_QUERY, ChangeOutcome } from './override-change.ts'

const Rollback = z.strictObject({
  version: z.string().min(1).meta({ description: 'The version to roll back to' }),
  reason: z.string().trim().min(1).max(1000).meta({ description: 'The reason, shown in /v1/status' }),
})

const ROLLED_BACK = {
  description: 'The outcome; with ?dryRun=true, also the diff of the manifest',
  schema: ChangeOutcome,
}

const EXAMPLE = { version: 'v1.1b5d8e85583e', reason: 'The newest prices are wrong' }

const rollBack = defineRoute({
  method: 'POST',
  path: '/v1/admin/rollback',
  access: 'admin',
  summary: 'Roll back: make a past version current and pin it',
  query: CHANGE_QUERY,
  requestBody: { description: 'The version, and the reason', schema: Rollback, example: EXAMPLE },
  response: ROLLED_BACK,
  failures: ['not-found', 'ambiguous-version', 'too-large'],
  async handle(exchange, _params, { dryRun = false }) {
    const body = await readJson(exchange.request, Rollback)
    if (!body.ok) return body
    const selector = parseVersion(body.value.version)
    if (!selector.ok) return selector
    if (dryRun) return answerPreview(await exchange.registry.previewRollBack(selector.value))
    return answerOutcome(exchange, await exchange.registry.rollBack(selector.value, body.value.reason))
  },
})

const liftPin = defineRoute({
  method: 'DELETE',
  path: '/v1/admin/rollback',
  access: 'admin',
  summary: 'Lift the pin and rebuild from the last accepted facts',
  query: CHANGE_QUERY,
  response: ROLLED_BACK,
  failures: ['configuration'],
  handle: async (exchange, _params, { dryRun = false }) =>
    dryRun
      ? answerPreview(await exchange.registry.previewLift())
      : answerOutcome(exchange, await exchange.registry.liftPin()),
})

function answerPreview(result: Result<Uint8Array>): Answered {
  return result.ok ? ok({ body: storedJsonView(result.value), lifetime: 'none' }) : result
}

export const adminRollbackRoutes = [rollBack, liftPin]
