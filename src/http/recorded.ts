/** Responses from the history: lists of commits, histories and diffs. */

import { type Failure, fail, ok } from '../core/failure.ts'
import { canonicalize } from '../core/json/canonical.ts'
import type { Pointer } from '../core/schema/history.ts'
import { getPointer } from '../edge/pointer.ts'
import { readRecord } from '../edge/records/read-record.ts'
import { emptyRegistry } from '../edge/resolve.ts'
import type { View } from '../views/view.ts'
import type { Answered, Exchange, Lifetime } from './exchange.ts'

interface Recorded {
  lifetime: Lifetime
  /** Path and query, which together with the commit identify the view. */
  path: string
  query: object
  read: () => Promise<View | undefined>
  missing: () => Failure
  headers?: Record<string, string>
}

/** The current commit, or why there is none. */
export async function currentCommit({ tiers }: Exchange) {
  const pointer = await getPointer(tiers)
  return pointer ? ok(pointer) : emptyRegistry(tiers)
}

export async function answerRecorded({ tiers }: Exchange, row: Pointer, recorded: Recorded): Promise<Answered> {
  const { lifetime, path, query, read, missing, headers } = recorded
  const body = await readRecord(tiers, row, `${path}?${canonicalize(query)}`, read)
  if (!body) return fail(missing())
  return ok({ body, lifetime, version: row.version, ...(headers && { headers }) })
}
