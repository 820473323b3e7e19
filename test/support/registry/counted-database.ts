/** Counts the rows that SQLite reads and writes, which the platform bills, and the parts that are built. */
import { vi } from 'vitest'
import type { Database } from '../../../src/registry/store/database.ts'

export function countRows(db: Database): { db: Database; rowsRead(): number; rowsWritten(): number } {
  const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = []
  const exec: SqlStorage['exec'] = (query, ...bindings) => {
    const cursor = db.sql.exec(query, ...bindings)
    cursors.push(cursor)
    return cursor as never // the same cursor, to which the caller gives its row type
  }
  return {
    db: { ...db, sql: { exec } as SqlStorage }, // only `exec` is used
    rowsRead: () => cursors.reduce((sum, cursor) => sum + cursor.rowsRead, 0),
    rowsWritten: () => cursors.reduce((sum, cursor) => sum + cursor.rowsWritten, 0),
  }
}

/** The providers whose parts were built from the sources, and each read of a part to apply overrides. */
export interface PartsUsed {
  built: string[]
  read: string[]
}

/** Runs work, and finds the parts that it built and read from its SQL statements. */
export function partsUsedBy({ sql }: Database, work: () => unknown): PartsUsed {
  const built = new Set<string>()
  const read: string[] = []
  const exec = sql.exec.bind(sql)
  const spied = vi.spyOn(sql, 'exec').mockImplementation((query, ...bindings) => {
    const [provider] = bindings
    if (query.startsWith('insert or replace into source_parts')) built.add(String(provider))
    if (/^select .* from "source_parts" where/.test(query)) read.push(String(provider))
    return exec(query, ...bindings)
  })
  try {
    work()
  } finally {
    spied.mockRestore()
  }
  return { built: [...built].sort(), read: read.sort() }
}
