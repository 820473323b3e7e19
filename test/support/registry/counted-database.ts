/** The same storage, counting the rows that SQLite touches, which the platform bills, and the parts that are built. */
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
    db: { ...db, sql: { exec } as SqlStorage }, // nothing else of it is used
    rowsRead: () => cursors.reduce((sum, cursor) => sum + cursor.rowsRead, 0),
    rowsWritten: () => cursors.reduce((sum, cursor) => sum + cursor.rowsWritten, 0),
  }
}

/** The providers whose parts were built from what the sources state, and those that were read to apply overrides. */
export interface PartsUsed {
  built: string[]
  read: string[]
}

/** Runs work, and finds which parts it built and read by the statements that SQLite gets. */
export function partsUsedBy({ sql }: Database, work: () => unknown): PartsUsed {
  const used = { built: new Set<string>(), read: new Set<string>() }
  const exec = sql.exec.bind(sql)
  const spied = vi.spyOn(sql, 'exec').mockImplementation((query, ...bindings) => {
    const [provider] = bindings
    if (query.startsWith('insert or replace into source_parts')) used.built.add(String(provider))
    if (/^select .* from "source_parts" where/.test(query)) used.read.add(String(provider))
    return exec(query, ...bindings)
  })
  try {
    work()
  } finally {
    spied.mockRestore()
  }
  return { built: [...used.built].sort(), read: [...used.read].sort() }
}
