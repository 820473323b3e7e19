import { ok, type Result } from '../../../core/failure.ts'
import { resolveRow } from '../../../edge/resolve.ts'
import type { Exchange } from '../../exchange.ts'
import { currentRow } from '../../recorded.ts'
import { selectorOf } from '../../request/query.ts'
import type { Chosen, VersionQuery } from '../../versioned.ts'

/** Prices belong to a commit: a version means its first one, also where the same content is current again. */
export async function chooseCommit(exchange: Exchange, query: VersionQuery): Promise<Result<Chosen>> {
  const selector = selectorOf(query)
  if (!selector.ok) return selector
  if (!selector.value) {
    const row = await currentRow(exchange)
    return row.ok ? ok({ version: row.value, lifetime: 'current' }) : row
  }
  const resolved = await resolveRow(exchange.tiers, selector.value)
  if (!resolved.ok) return resolved
  const { pointer, settled } = resolved.value
  return ok({ version: pointer, lifetime: settled ? 'immutable' : 'current' })
}
