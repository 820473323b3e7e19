/**
 * The least that a commit can do, each step by itself: a body that crosses to an object, is parsed there and hashed, and
 * its rows as they are put into tables with the indexes of the registry's. Plain JavaScript: workerd runs it as it is.
 */
import { DurableObject } from 'cloudflare:workers'

const TABLES = `
  create table entities (id integer primary key, kind text not null, provider text not null, value text not null,
    first_seq integer not null, gone_seq integer);
  create unique index entities_key on entities (kind, provider, value);
  create table revisions (id integer primary key, entity_id integer not null, from_seq integer not null, to_seq integer,
    body text not null);
  create unique index revisions_from on revisions (entity_id, from_seq);
  create unique index revisions_open on revisions (entity_id) where to_seq is null;
  create index revisions_from_seq on revisions (from_seq);
  create index revisions_to_seq on revisions (to_seq) where to_seq is not null;`
/** A statement takes 100 parameters. */
const ROWS_PER_STATEMENT = 25

export class Registry extends DurableObject {
  #bytes = new Uint8Array()
  #text = ''
  #rows = []
  #seq = 0

  transfer(bytes) {
    this.#bytes = bytes
  }

  parse() {
    return Object.keys(JSON.parse(this.#text)).length
  }

  async hash() {
    await crypto.subtle.digest('SHA-256', this.#bytes)
  }

  /** The text, what the inserts put in, and the tables: not of the floor. */
  prepare() {
    this.#text = new TextDecoder().decode(this.#bytes)
    this.#rows = Object.entries(JSON.parse(this.#text)).flatMap(([provider, { models }]) =>
      Object.entries(models).map(([value, model]) => [provider, value, JSON.stringify(model)]),
    )
    this.ctx.storage.sql.exec('drop table if exists revisions; drop table if exists entities;')
    this.ctx.storage.sql.exec(TABLES)
  }

  insert() {
    this.#seq = 1
    this.ctx.storage.transactionSync(() => {
      for (let start = 0; start < this.#rows.length; start += ROWS_PER_STATEMENT) {
        const rows = this.#rows.slice(start, start + ROWS_PER_STATEMENT)
        const entities = rows.map((_, at) => `(${start + at + 1}, 'model', ?, ?, 1)`)
        this.ctx.storage.sql.exec(
          `insert into entities (id, kind, provider, value, first_seq) values ${entities.join(', ')}`,
          ...rows.flatMap((row) => row.slice(0, 2)),
        )
        this.#insertBodies(rows.map(([, , body], at) => [start + at + 1, body]))
      }
    })
  }

  /** So many rows with another body, spread over all of them. */
  change(count) {
    this.#seq++
    const step = Math.floor(this.#rows.length / count)
    const ids = Array.from({ length: count }, (_, at) => at * step + 1)
    this.ctx.storage.transactionSync(() => {
      this.ctx.storage.sql.exec(
        `update revisions set to_seq = ? where id in (
          select r.id from json_each(?) j cross join revisions r where r.entity_id = j.value and r.to_seq is null)`,
        ...[this.#seq, JSON.stringify(ids)],
      )
      for (let start = 0; start < count; start += ROWS_PER_STATEMENT)
        this.#insertBodies(ids.slice(start, start + ROWS_PER_STATEMENT).map((id) => [id, this.#rows[id - 1][2]]))
    })
  }

  #insertBodies(revisions) {
    const values = revisions.map((_, at) => `(?${2 * at + 2}, ?1, ?${2 * at + 3})`)
    this.ctx.storage.sql.exec(
      `insert into revisions (entity_id, from_seq, body) values ${values.join(', ')}`,
      ...[this.#seq, ...revisions.flat()],
    )
  }
}

export default {
  async fetch(request, { REGISTRY_DO }) {
    const [, step, count] = new URL(request.url).pathname.split('/')
    const object = REGISTRY_DO.getByName('floor')
    const given = request.method === 'POST' ? new Uint8Array(await request.arrayBuffer()) : Number(count)
    await object[step](given)
    return new Response('done')
  },
}
