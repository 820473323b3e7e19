import { ok, type Result } from '../../../core/failure.ts'
import { resolveCommit } from '../../../edge/resolve.ts'
import type { Exchange } from '../../exchange.ts'
import { currentCommit } from '../../recorded.ts'
import { selectorOf } from '../../request/query.ts'
import type { Chosen, VersionQuery } from '../../versioned.ts'

/** Prices belong to a commit: a version means its first, even if the same content has become current again. */
export async function chooseCommit(exchange: Exchange, query: VersionQuery): Promise<Result<Chosen>> {
  const selector = selectorOf(query)
  if (!selector.ok) return selector
  if (!selector.value) {
    const row = await currentCommit(exchange)
    return row.ok ? ok({ version: row.value, lifetime: 'current' }) : row
  }
  const resolved = await resolveCommit(exchange.tiers, selector.value)
  if (!resolved.ok) return resolved
  const { pointer, isFinal } = resolved.value
  return ok({ version: pointer, lifetime: isFinal ? 'immutable' : 'current' })
}
