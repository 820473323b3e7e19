/** What the routes that change overrides share: the query, the response and the failures. */
import { type FailureOf, fail, ok } from '../../../core/failure.ts'
import { Diff } from '../../../core/schema/history.ts'
import { Outcome } from '../../../core/schema/operations.ts'
import type { TargetChange } from '../../../registry/changes/override-changes.ts'
import { storedJsonView } from '../../../views/json-view.ts'
import type { Answered, Exchange } from '../../exchange.ts'
import { advance } from '../../reply/outcome.ts'
import { flagParam } from '../../request/params.ts'
import { readPreconditions } from '../../request/preconditions.ts'

export const CHANGE_QUERY = { dryRun: flagParam('Return what would change without writing anything') }
export const ChangeOutcome = Outcome.extend({ diff: Diff.optional() })

export const CHANGED = {
  description: 'The outcome; with ?dryRun=true, also the diff of the manifest',
  schema: ChangeOutcome,
}
export const CHANGE_FAILURES = [
  'not-found',
  'conflict',
  'precondition-failed',
  'too-large',
  'empty-registry',
  'configuration',
] as const

export async function answerChange(exchange: Exchange, changes: TargetChange[], dryRun: boolean): Promise<Answered> {
  const { request, registry, admin } = exchange
  const preconditions = readPreconditions(request.headers)
  const result = await registry.changeOverrides({ changes, by: admin, dryRun, ...preconditions })
  if (!result.ok) return result
  if (!dryRun) await advance(exchange)
  return ok({ body: storedJsonView(result.value), lifetime: 'none' })
}

export function invalidOverride(message: string, field = 'body'): { ok: false; failure: FailureOf<'invalid-request'> } {
  return fail({
    code: 'invalid-request',
    detail: `Cannot put the override: "${field}" ${message}`,
    errors: [{ field, message }],
  })
}
