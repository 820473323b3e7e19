/** Opens the object's SQLite database: typed tables for single rows, plain SQL for reading or writing thousands. */
import { type DrizzleSqliteDODatabase, drizzle } from 'drizzle-orm/durable-sqlite'
import { migrate } from 'drizzle-orm/durable-sqlite/migrator'
import migrations from '../../../migrations/migrations.js'
import type { Result } from '../../core/failure.ts'
import * as tables from './tables.ts'

export interface Database {
  tables: DrizzleSqliteDODatabase<typeof tables>
  sql: SqlStorage
  /** Rolls back if the work throws. The work must be synchronous: nothing after an `await` is rolled back. */
  transaction<T>(work: () => T): T
  /** Like `transaction`, but also rolls back if the work returns a failure. */
  attempt<T>(work: () => Result<T>): Result<T>
  /** Always rolled back; returns what the work returns. */
  preview<T>(work: () => Result<T>): Result<T>
}

/** Rows, strings and blobs over 2 MB fail, but only in production. Leaves room for the other columns of the row. */
export const MAX_VALUE_BYTES = 1_900_000

export async function openDatabase(storage: DurableObjectStorage): Promise<Database> {
  const db = drizzle(storage, { schema: tables, casing: 'snake_case' })
  requireOwnTables(storage.sql)
  await migrate(db, migrations)
  const transaction = <T>(work: () => T): T => storage.transactionSync(work)
  return {
    tables: db,
    sql: storage.sql,
    transaction,
    attempt: (work) => runWithRollback(transaction, work, (result) => !result.ok),
    preview: (work) => runWithRollback(transaction, work, () => true),
  }
}

const MIGRATIONS = '__drizzle_migrations'
const KNOWN = migrations.journal.entries.map(({ when }) => when)

/**
 * Before the first release, the first migration was regenerated with each change of the tables: there is no way from such
 * tables to these. Migrations later than these are those of newer code, which was rolled back, and do not matter.
 */
function requireOwnTables(sql: SqlStorage): void {
  if (sql.exec('select 1 from sqlite_schema where name = ?', MIGRATIONS).toArray().length === 0) return
  const applied = sql
    .exec(`select created_at from ${MIGRATIONS}`)
    .toArray()
    .map(({ created_at }) => Number(created_at))
  const foreign = applied.find((when) => !KNOWN.includes(when) && when < Math.max(...KNOWN))
  if (foreign === undefined) return
  throw new Error(
    `Cannot open the stored data: a version from before the first release made their tables (${new Date(foreign).toISOString()}). Deploy that version again, or begin with an empty registry`,
  )
}

type Transaction = Database['transaction']

/** Only an exception rolls a transaction back. */
class Rollback extends Error {}

function runWithRollback<T>(
  transaction: Transaction,
  work: () => Result<T>,
  mustRollBack: (result: Result<T>) => boolean,
): Result<T> {
  const rollback = new Rollback('rolled back on purpose')
  let result: Result<T> | undefined
  try {
    return transaction(() => {
      result = work()
      if (mustRollBack(result)) throw rollback
      return result
    })
  } catch (error) {
    if (error === rollback && result) return result
    throw error
  }
}

/** UTF-8 takes at most three bytes for a UTF-16 code unit, so most texts need not be measured in bytes. */
const MAX_BYTES_PER_UNIT = 3

export function fitsInRow(value: string | Uint8Array): boolean {
  if (value.length * MAX_BYTES_PER_UNIT <= MAX_VALUE_BYTES) return true
  const bytes = typeof value === 'string' ? Buffer.byteLength(value) : value.byteLength
  return bytes <= MAX_VALUE_BYTES
}
