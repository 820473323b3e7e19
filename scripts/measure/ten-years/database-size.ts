/** The disk usage of a registry's database: tables and indexes by their pages, and payloads by their bytes. */
import { DatabaseSync } from 'node:sqlite'

export interface DatabaseSize {
  /** Tables with their indexes, largest first. */
  tables: { name: string; tableBytes: number; indexBytes: number }[]
  totalBytes: number
  /** Recorded pulls, compressed. */
  payloadBytes: number
  /** The JSON of the revisions. */
  bodyBytes: number
  revisions: number
}

/** The registry must not be running: workerd locks its database in its own way. */
export function databaseSizeOf(file: string): DatabaseSize {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const sizes = db
      .prepare(
        `select m.tbl_name as name, sum(case when m.type = 'index' then s.pgsize else 0 end) as indexBytes,
          sum(case when m.type = 'index' then 0 else s.pgsize end) as tableBytes
          from dbstat s join sqlite_master m on m.name = s.name where s.aggregate = 1 group by 1 order by sum(s.pgsize) desc`,
      )
      .all()
    const tables = sizes.map(({ name, tableBytes, indexBytes }) => ({
      name: String(name),
      tableBytes: Number(tableBytes),
      indexBytes: Number(indexBytes),
    }))
    const count = (query: string) => Number(Object.values(db.prepare(query).get() ?? {})[0])
    return {
      tables,
      totalBytes: count('select page_count * page_size from pragma_page_count, pragma_page_size'),
      payloadBytes: count('select total(length(payload)) from pulls'),
      bodyBytes: count('select total(length(cast(body as blob))) from revisions'),
      revisions: count('select count(*) from revisions'),
    }
  } finally {
    db.close()
  }
}
