/**
 * The least that a past manifest can take, each step by itself: the rows of the registry's current manifest in tables with
 * the indexes of the registry's, some of them with newer revisions, and the same rows as one value for each provider.
 * Plain JavaScript: workerd runs it as it is.
 */
import { DurableObject } from 'cloudflare:workers'
import { createHash } from 'node:crypto'

const TABLES = `
  create table entities (id integer primary key, kind text not null, provider text not null, value text not null,
    first_seq integer not null, gone_seq integer);
  create unique index entities_key on entities (kind, provider, value);
  create table revisions (id integer primary key, entity_id integer not null, from_seq integer not null, to_seq integer,
    body text not null);
  create unique index revisions_from on revisions (entity_id, from_seq);
  create table parts (provider text primary key not null, body blob not null);`
/** Later commits, and rows that each of them changes: as in the benchmark. */
const COMMITS = 4
const CHANGED_ROWS = 500
/** A past one, with newer revisions than its own. */
const SEQ = 3

/** As the registry finds them. */
const ROWS = `from (select * from entities indexed by entities_key order by kind, provider, value) e
  cross join revisions r on r.id = (select id from revisions indexed by revisions_from
    where entity_id = e.id and from_seq <= ?1 order by from_seq desc limit 1)
  where e.first_seq <= ?1 and (e.gone_seq is null or e.gone_seq > ?1) and (+r.to_seq is null or +r.to_seq > ?1)`

export class Registry extends DurableObject {
  #bytes = new Uint8Array()

  async fill() {
    const response = await this.env.REGISTRY_HTTP.fetch('http://registry/v1/manifest')
    this.#bytes = new Uint8Array(await response.arrayBuffer())
    const { models, providers } = JSON.parse(new TextDecoder().decode(this.#bytes))
    const rows = [
      ...models.map((model) => ['model', model.provider, model.value, JSON.stringify(model)]),
      ...providers.map((provider) => ['provider', provider.value, '', JSON.stringify(provider)]),
    ]
    const { sql } = this.ctx.storage
    sql.exec(TABLES)
    this.ctx.storage.transactionSync(() => {
      for (const [at, [kind, provider, value]] of rows.entries())
        sql.exec('insert into entities values (?, ?, ?, ?, 1, null)', at + 1, kind, provider, value)
      for (const [at, [, , , body]] of rows.entries()) this.#insertRevision(at + 1, 1, body)
      for (let seq = 2; seq <= 1 + COMMITS; seq++) this.#change(seq, rows)
      for (const [provider, ofProvider] of Map.groupBy(rows, ([, provider]) => provider))
        sql.exec(
          'insert into parts values (?, ?)',
          provider,
          new TextEncoder().encode(ofProvider.map(([, , , body]) => body).join()),
        )
    })
    return rows.length
  }

  /** Others at each commit, spread over all rows. */
  #change(seq, rows) {
    const step = Math.floor(rows.length / CHANGED_ROWS)
    for (let at = seq % step; at < rows.length; at += step) {
      const sql = 'update revisions set to_seq = ? where entity_id = ? and to_seq is null'
      this.ctx.storage.sql.exec(sql, seq, at + 1)
      this.#insertRevision(at + 1, seq, rows[at][3])
    }
  }

  #insertRevision(id, seq, body) {
    this.ctx.storage.sql.exec('insert into revisions (entity_id, from_seq, body) values (?, ?, ?)', id, seq, body)
  }

  bytes() {
    return this.#bytes
  }

  hash() {
    return createHash('sha256').update(this.#bytes).digest('hex')
  }

  /** The bodies are not read: of a text that is stored, SQLite knows the length. */
  find() {
    return this.ctx.storage.sql.exec(`select sum(octet_length(r.body)) as bytes ${ROWS}`, SEQ).one().bytes
  }

  readTexts() {
    let length = 0
    const rows = this.ctx.storage.sql.exec(`select e.provider, r.body ${ROWS}`, SEQ)
    for (const [, body] of rows.raw()) length += body.length
    return length
  }

  joinTexts() {
    const joined = `select e.kind, e.provider, cast(group_concat(r.body) as blob) ${ROWS} group by e.kind, e.provider`
    return concatenate(this.ctx.storage.sql.exec(joined, SEQ))
  }

  readParts() {
    return concatenate(this.ctx.storage.sql.exec('select body from parts'))
  }
}

/** Puts the values of the last column one after the other, and returns their length. */
function concatenate(cursor) {
  const values = Array.from(cursor.raw(), (row) => new Uint8Array(row.at(-1)))
  const whole = new Uint8Array(values.reduce((length, value) => length + value.byteLength, 0))
  let at = 0
  for (const value of values) {
    whole.set(value, at)
    at += value.byteLength
  }
  return whole.byteLength
}

export default {
  fetch() {
    return new Response('See the Durable Object')
  },
}
