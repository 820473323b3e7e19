/** One reader on one connection: sends requests, checks responses, and records the versions, until it is stopped. */
import type { Chance } from '../shared/seeded-chance.ts'
import { ReplyChecker } from './check-reply.ts'
import { Connection, type Reply } from './connection.ts'
import { chooseRead, type Known, type Read } from './read-mix.ts'

/** Of the requests, those to the bare Worker in the same process: what the machine and workerd take alone. */
const BARE_SHARE = 0.1
/** How often a reader that has an ETag sends it along. */
const REVALIDATED_SHARE = 0.5

export interface ReadRecord {
  requests: number
  notModified: number
  milliseconds: number[]
}

export interface ReaderRecord {
  routes: Map<string, ReadRecord>
  /** The versions that were current, in order, without repeats. */
  seen: string[]
  complaints: string[]
  sockets: number
  bare: ReadRecord
}

export async function runReader(
  { url, bareUrl }: { url: string; bareUrl: string },
  known: Known,
  chance: Chance,
  isOver: () => boolean,
): Promise<ReaderRecord> {
  const connection = new Connection(url)
  const bare = new Connection(bareUrl)
  const checker = new ReplyChecker()
  const etags = new Map<string, string>()
  const record: ReaderRecord = { routes: new Map(), seen: [], complaints: [], sockets: 0, bare: emptyRecord() }
  while (!isOver()) {
    if (chance.next() < BARE_SHARE) await readBare(bare, record)
    const read = chooseRead(known, chance)
    const etag = chance.next() < REVALIDATED_SHARE ? etags.get(read.path) : undefined
    const started = performance.now()
    try {
      const reply = await connection.get(read.path, etag === undefined ? {} : { 'if-none-match': etag })
      count(record, read, reply, performance.now() - started)
      const checked = checker.check(read, reply)
      if ('complaint' in checked) record.complaints.push(`GET ${read.path}: ${checked.complaint}`)
      else if (read.version === undefined) remember(record.seen, checked.seen.version)
      if (reply.headers.etag !== undefined) etags.set(read.path, reply.headers.etag)
    } catch (error) {
      record.complaints.push(`GET ${read.path}: ${error instanceof Error ? error.message : error}`)
    }
  }
  record.sockets = connection.sockets
  connection.close()
  bare.close()
  return record
}

async function readBare(connection: Connection, { bare, complaints }: ReaderRecord): Promise<void> {
  const started = performance.now()
  const { status } = await connection.get('/')
  bare.requests++
  bare.milliseconds.push(performance.now() - started)
  if (status !== 200) complaints.push(`the bare Worker answered ${status}`)
}

function emptyRecord(): ReadRecord {
  return { requests: 0, notModified: 0, milliseconds: [] }
}

function count({ routes }: ReaderRecord, { route }: Read, { status }: Reply, milliseconds: number): void {
  const known = routes.get(route) ?? emptyRecord()
  known.requests++
  if (status === 304) known.notModified++
  known.milliseconds.push(milliseconds)
  routes.set(route, known)
}

function remember(seen: string[], next: string | undefined): void {
  if (next !== undefined && seen.at(-1) !== next) seen.push(next)
}
