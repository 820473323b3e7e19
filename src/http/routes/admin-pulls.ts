import * as z from 'zod'
import { ok, type Result } from '../../core/failure.ts'
import { Outcome } from '../../core/schema.ts'
import { RecordedPull } from '../../registry/importer.ts'
import { MAX_PULL_BYTES } from '../../sources/artificial-analysis-fetch.ts'
import { type Answered, type Exchange, jsonBody } from '../exchange.ts'
import { flagParam } from '../query.ts'
import { readText } from '../request-body.ts'
import { defineRoute } from '../route.ts'

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

/** This isolate sees what it made at once; others within a minute. */
async function answerOutcome({ registry, tiers }: Exchange, result: Result<Outcome>): Promise<Answered> {
  if (!result.ok) return result
  const pointer = await registry.current()
  if (pointer) tiers.memory.advance(pointer, tiers.clock())
  return ok({ body: jsonBody(result.value), lifetime: 'none' })
}

export const adminRoutes = [refresh, importPull]
