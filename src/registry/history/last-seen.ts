/** Finds the last version that had a removed model, and where its id is now. */
import { Model, type ModelKey } from '../../core/schema/model.ts'
import type { Database } from '../store/database.ts'
import { rowBySeq } from './history.ts'

export interface LastSeen {
  lastVersion: string
  /** The key under which its id exists now. */
  movedTo?: ModelKey
}

/** `undefined` if the model never existed, or exists now. */
export function lastSeen(db: Database, { provider, value }: ModelKey): LastSeen | undefined {
  const last = lastRevision(db, provider, value)
  if (!last || last.toSeq === null) return undefined
  const row = rowBySeq(db, last.toSeq - 1)
  if (!row) return undefined
  const movedTo = keyOfId(db, Model.parse(JSON.parse(last.body)).id)
  return { lastVersion: row.version, ...(movedTo && { movedTo }) }
}

function lastRevision(
  { sql }: Database,
  provider: string,
  value: string,
): { toSeq: number | null; body: string } | undefined {
  const rows = sql.exec<{ toSeq: number | null; body: string }>(
    `select r.to_seq as toSeq, r.body from entities e join revisions r on r.entity_id = e.id
      where e.kind = 'model' and e.provider = ? and e.value = ? order by r.from_seq desc limit 1`,
    provider,
    value,
  )
  return rows.toArray()[0]
}

function keyOfId({ sql }: Database, id: string): ModelKey | undefined {
  const rows = sql.exec<{ provider: string; value: string }>(
    `select e.provider, e.value from revisions r join entities e on e.id = r.entity_id
      where r.to_seq is null and e.kind = 'model' and r.body ->> '$.id' = ?`,
    id,
  )
  return rows.toArray()[0]
}
