/** The same memory, counting the rows that SQLite touches for it: what the platform bills, and what takes the time. */
import type { Database } from '../../../src/registry/store/database.ts'

export function countRows(db: Database): { db: Database; rowsRead(): number; rowsWritten(): number } {
  const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = []
  const exec: SqlStorage['exec'] = (query, ...bindings) => {
    const cursor = db.sql.exec(query, ...bindings)
    cursors.push(cursor)
    return cursor as never // the very cursor, which the caller gives its row type
  }
  return {
    db: { ...db, sql: { exec } as SqlStorage }, // nothing else of it is used
    rowsRead: () => cursors.reduce((sum, cursor) => sum + cursor.rowsRead, 0),
    rowsWritten: () => cursors.reduce((sum, cursor) => sum + cursor.rowsWritten, 0),
  }
}
