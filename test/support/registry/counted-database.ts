/** The same memory, counting what it is used for: the rows that SQLite touches, which the platform bills, and builds. */
import type { Database } from '../../../src/registry/store/database.ts'
import { creatorProviders } from '../../../src/registry/store/tables.ts'

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

/** The same memory, counting how many catalogues are built from it: each build reads the names of the creators once. */
export function countBuilds(db: Database): { db: Database; builds(): number } {
  let builds = 0
  const select = () => {
    const query = db.tables.select()
    const from: typeof query.from = (table) => {
      if ((table as unknown) === creatorProviders) builds += 1
      return query.from(table)
    }
    return Object.assign(Object.create(query), { from })
  }
  const tables: Database['tables'] = Object.assign(Object.create(db.tables), { select })
  return { db: { ...db, tables }, builds: () => builds }
}
