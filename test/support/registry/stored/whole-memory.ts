/** A registry with every kind of data, and everything that it stores. */
import { canonicalize } from '../../../../src/core/json/canonical.ts'
import { sha256OfBytes } from '../../../../src/registry/store/sha256.ts'
import { aaRow, type Facts, model } from '../../rows.ts'
import { HOUR, type OpenedRegistry, START, unwrap } from '../opened-registry.ts'
import { ordinaryDay, withoutAThird, withoutSpeeds } from '../recorded/source-days.ts'
import { DAY } from './stored-history.ts'

/** Made-up creators, whose providers the registry must store. */
const NEWCOMER = { id: '11111111-2222-3333-4444-555555555555', name: 'Νέος ü "\\' }
export const ROWS: Facts[] = [...ordinaryDay(30), aaRow({ slug: 'Org.new', name: 'Νέος', model_creator: NEWCOMER })]

const renamed = (name: string): Facts[] => ROWS.map((row, index) => (index === 0 ? { ...row, name } : row))

/**
 * Adds content that changes, is removed and returns; committed, unchanged, held, rejected and failed pulls; overrides.
 */
export async function fillMemory(opened: OpenedRegistry): Promise<void> {
  const days = [ROWS, renamed('Other'), ROWS, ROWS.slice(1), ROWS, ROWS]
  for (const [index, rows] of days.entries()) opened.send(rows, { at: START - (12 - index) * DAY, pageSize: 20 })
  opened.send(withoutAThird(ROWS), { at: START - 6 * DAY })
  opened.registry.reject({ id: opened.pulls().at(-1)?.id ?? 0 })
  opened.send(withoutSpeeds(ROWS), { at: START - 5 * DAY })
  opened.source.refuse(500)
  await opened.registry.refresh({ forced: false })
  const correction = `insert into overrides (at, by, provider, value, body) values (?, 'root', 'acme', 'm1', ?)`
  const override = { provider: 'acme', value: 'm1', set: { name: 'ü " corrected' }, note: 'why' }
  opened.db.sql.exec(correction, START - DAY, canonicalize(override))
  opened.db.sql.exec(correction, START, null)
  await opened.pass(HOUR)
  const last = `insert into remembered (provider, value, body) values ('acme', 'm1', ?)`
  opened.db.sql.exec(last, canonicalize(model({ value: 'm1' })))
}

/** Tables that belong to the running object (its alarms, its state at the source and in KV), or are derived. */
const NOT_MEMORY = [
  'state',
  'diffs',
  'jobs',
  'readings',
  'manifest_digests',
  'part_bodies',
  'part_inputs',
  '__drizzle_migrations',
  'sqlite_sequence',
]

/** Every table except the state, with payloads separately. */
export function tablesOf({ db }: OpenedRegistry): Record<string, unknown[]> {
  const tables = db.sql
    .exec<{ name: string }>(`select name from sqlite_master where type = 'table' order by name`)
    .toArray()
    .map(({ name }) => name)
    .filter((name) => !NOT_MEMORY.includes(name) && !name.startsWith('_cf_'))
  return Object.fromEntries(
    tables.map((table) => {
      const rows = db.sql.exec(`select * from ${table} order by 1, 2`).toArray()
      return [table, rows.map(withHashes)]
    }),
  )
}

/** Gzipped columns are compared by hash. Payloads are compared separately, because a backup may lack them. */
function withHashes({ payload: _, ...row }: Record<string, SqlStorageValue>): object {
  const columns = Object.entries(row).map(([name, value]) => [
    name,
    value instanceof ArrayBuffer ? sha256OfBytes(new Uint8Array(value)) : value,
  ])
  return Object.fromEntries(columns)
}

/** What an operator sees: the status, every commit and every pull. */
export function recordsOf(opened: OpenedRegistry): object {
  // Ages, next runs and warnings depend on the clock and the object, so they are left out.
  const { version, seq, counts, held, pinned, orphaned } = opened.registry.status()
  const status = { version, seq, counts, held, pinned, orphaned }
  return { status, rows: opened.commits(), pulls: unwrap(opened.registry.pulls(500, undefined)) }
}

/** The served bodies: the manifest of each commit, the diff from the first commit to it, and some histories. */
export function bodiesOf({ registry }: OpenedRegistry): Record<string, string> {
  const last = registry.current()?.seq ?? 0
  const seqs = Array.from({ length: last }, (_, index) => index + 1)
  const history = (kind: 'model' | 'provider', provider: string, value: string) =>
    registry.history({ kind, provider, value, limit: 500, asOf: last })
  const bodies: [string, Uint8Array | undefined][] = [
    ['versions', registry.versions(500, last)],
    ['history of a model', history('model', 'acme', 'm0')],
    ['history of a provider', history('provider', 'acme', '')],
    ...seqs.map((seq): [string, Uint8Array | undefined] => [`manifest ${seq}`, registry.manifest(seq)?.bytes]),
    ...seqs.map((seq): [string, Uint8Array | undefined] => [`diff 1 ${seq}`, registry.diff(1, seq, {})]),
  ]
  return Object.fromEntries(bodies.map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]))
}
