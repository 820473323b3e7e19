/** Opens the object's SQLite: typed tables for single rows, plain SQL where thousands of rows are read or written. */
import { type DrizzleSqliteDODatabase, drizzle } from 'drizzle-orm/durable-sqlite'
import { migrate } from 'drizzle-orm/durable-sqlite/migrator'
import migrations from '../../migrations/migrations.js'
import * as tables from './tables.ts'

export interface Database {
  tables: DrizzleSqliteDODatabase<typeof tables>
  sql: SqlStorage
  /** Runs to its end or not at all. The work must be synchronous: after an `await` nothing is rolled back. */
  transaction<T>(work: () => T): T
}

/** Rows, strings and blobs of more than 2 MB fail in production only; this leaves room for the row's other columns. */
const MAX_VALUE_BYTES = 1_900_000

export async function openDatabase(storage: DurableObjectStorage): Promise<Database> {
  const db = drizzle(storage, { schema: tables, casing: 'snake_case' })
  await migrate(db, migrations)
  return { tables: db, sql: storage.sql, transaction: (work) => storage.transactionSync(work) }
}

export function fitsInRow(value: string | Uint8Array): boolean {
  const bytes = typeof value === 'string' ? Buffer.byteLength(value) : value.byteLength
  return bytes <= MAX_VALUE_BYTES
}
