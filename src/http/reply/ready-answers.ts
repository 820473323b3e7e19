/**
 * Answers that were given before, by their URL: the next request for it needs no routing, no query and no look-up, only
 * the headers that depend on who asks. Each is the answer of one pointer and one configuration, and of no other.
 */
import { type Config, readsArePublic } from '../../config.ts'
import type { Pointer } from '../../core/schema/history.ts'
import { BoundedMap } from '../../edge/bounded-map.ts'
import { usablePointer } from '../../edge/pointer.ts'
import type { View } from '../../views/view.ts'
import type { Answer, Exchange } from '../exchange.ts'
import { STATUS } from '../problem.ts'
import { originOf } from './cors.ts'
import { type Audience, commonHeaders } from './headers.ts'
import { KeptBody } from './kept-body.ts'
import { addOwnHeaders, isMatched } from './reply.ts'

/** Fifty searches, or a thousand models. Half of the bytes are those of views that are in memory anyway. */
const MAX_BYTES = 4_000_000
/** Approximate overhead of an entry: its objects, two sets of headers, a slot of the map. */
const ENTRY_OVERHEAD_BYTES = 3000
const BYTES_PER_CHARACTER = 2

interface Ready {
  pointer: Pointer
  config: Config
  answer: Omit<Answer, 'body'>
  audience: Audience
  etag: string
  /** Absent where only the ETag is known: enough for a 304. */
  view: { body: KeptBody; contentType: string; total: number | undefined } | undefined
  /** For the origin that asked last. */
  headers: { origin: string | null; found?: Headers; unchanged?: Headers } | undefined
}

export class ReadyAnswers {
  readonly #ready = new BoundedMap<Ready>(MAX_BYTES)

  /** `pointer` was current before and after the answer was made. Nothing is kept that needs a token or must not be cached. */
  keep(exchange: Exchange, { body, ...answer }: Answer, audience: Audience, pointer: Pointer): void {
    const etag = answer.etag ?? ('etag' in body ? body.etag : undefined)
    const { config, request } = exchange
    if (etag === undefined || answer.lifetime === 'none' || !readsArePublic(config)) return
    const view = 'bytes' in body ? viewOf(body) : undefined
    const weight = (view?.body.weight ?? 0) + request.url.length * BYTES_PER_CHARACTER + ENTRY_OVERHEAD_BYTES
    this.#ready.set(request.url, { pointer, config, answer, audience, etag, view, headers: undefined }, weight)
  }

  has(url: string): boolean {
    return this.#ready.get(url) !== undefined
  }

  /** `undefined` where it has to be made. */
  reply(exchange: Exchange): Response | undefined {
    const ready = this.#ready.get(exchange.request.url)
    if (ready?.config !== exchange.config || ready.pointer !== usablePointer(exchange.tiers)) return undefined
    if (isMatched(exchange, ready.etag))
      return new Response(null, { status: STATUS.notModified, headers: headersOf(exchange, ready, 'unchanged') })
    if (!ready.view) return undefined
    return new Response(ready.view.body.open(), { headers: headersOf(exchange, ready, 'found') })
  }
}

function viewOf({ bytes, contentType, total }: View): NonNullable<Ready['view']> {
  // A slice, such as of a shard, would keep all that it was cut out of.
  const own = bytes.byteLength < bytes.buffer.byteLength ? bytes.slice() : bytes
  return { body: new KeptBody(own), contentType, total }
}

function headersOf(exchange: Exchange, ready: Ready, kind: 'found' | 'unchanged'): Headers {
  const origin = originOf(exchange.request)
  if (ready.headers?.origin !== origin) ready.headers = { origin }
  const present = ready.headers[kind]
  if (present) return present
  const { answer, audience, etag, view } = ready
  const type = kind === 'found' ? view?.contentType : undefined
  const headers = new Headers(commonHeaders(exchange, answer, audience, type))
  addOwnHeaders(headers, answer, etag, kind === 'found' ? view?.total : undefined)
  ready.headers[kind] = headers
  return headers
}
