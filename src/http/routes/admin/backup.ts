import * as z from 'zod'
import { ok } from '../../../core/failure.ts'
import { Outcome } from '../../../core/schema/operations.ts'
import { answerOutcome } from '../../reply/outcome.ts'
import { countParam, flagParam, requiredParam } from '../../request/params.ts'
import { NO_QUERY } from '../../request/query.ts'
import { readText } from '../../request/request-body.ts'
import { defineRoute } from '../../route.ts'

/** An RPC argument may be 32 MiB, and a UTF-16 string takes two bytes a character. */
const MAX_PART_BYTES = 16_000_000

const exported = defineRoute({
  method: 'GET',
  path: '/v1/admin/export',
  access: 'admin',
  summary: 'Back up the registry',
  query: { payloads: flagParam('Include the payload of every pull, not only those that the registry still needs') },
  response: {
    description: 'NDJSON: a header, one line per database row, a closing line',
    contentType: 'application/x-ndjson',
  },
  failures: ['restoring'],
  async handle({ registry }, _params, { payloads = false }) {
    const exported = await registry.export(payloads)
    return exported.ok
      ? ok({ body: { stream: exported.value, contentType: 'application/x-ndjson' }, lifetime: 'none' })
      : exported
  },
})

const restore = defineRoute({
  method: 'POST',
  path: '/v1/admin/import',
  access: 'admin',
  summary: 'Restore a part of a backup into an empty registry',
  query: { part: requiredParam(countParam(1, 'Counted from 1')) },
  requestBody: {
    description: 'Complete lines of the backup, at most 16 MB, in order',
    schema: z.string(),
    // The lines of an export: a made-up one would be refused.
    example: '',
    contentType: 'application/x-ndjson',
  },
  response: { description: '"committed" for the last part, "unchanged" for the others', schema: Outcome },
  failures: ['conflict', 'too-large'],
  async handle(exchange, _params, { part }) {
    const text = await readText(exchange.request, MAX_PART_BYTES)
    return text.ok ? answerOutcome(exchange, await exchange.registry.restore(part, text.value)) : text
  },
})

const wipe = defineRoute({
  method: 'DELETE',
  path: '/v1/admin/import',
  access: 'admin',
  summary: 'Cancel an unfinished restore and delete its data',
  query: NO_QUERY,
  response: { description: 'The outcome', schema: Outcome },
  failures: ['conflict'],
  handle: async (exchange) => answerOutcome(exchange, await exchange.registry.wipeRestore()),
})

export const adminBackupRoutes = [exported, restore, wipe]
