/** An HTTP registry that accepts recorded pulls by the contract's rules for their times, and records them. */
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { sendJson, startLocalServer } from './local-server.ts'

export const TOKEN = 'fake-registry-token'

export interface FakeRegistry {
  url: string
  /** The times of the received pulls, in order of arrival. */
  received: string[]
  /** The received bodies. */
  bodies: unknown[]
  /** The time of the newest commit, in Unix milliseconds. */
  committedAt: number | undefined
  close(): void
}

interface SentPull {
  fetchedAt: string
  pages?: Record<string, unknown>[]
  body?: string
}

interface Reply {
  status: number
  body: unknown
}

/**
 * The only page of a pull decides its outcome: `{ content }` commits if it differs, `{ outcome }` is returned
 * unchanged.
 */
export async function startFakeRegistry(): Promise<FakeRegistry> {
  const taken = new Map<string, unknown>()
  let content: unknown
  let seq = 0
  let lastPull: { id: number; at: string; outcome: string } | undefined

  function takePull(sent: SentPull): Reply {
    const { fetchedAt, pages = [{ content: sent.body }] } = sent
    const at = Date.parse(fetchedAt)
    const key = `${at} ${JSON.stringify(pages)}`
    registry.received.push(fetchedAt)
    registry.bodies.push(sent)
    const first = taken.get(key)
    if (first !== undefined) return { status: 200, body: first }
    const [page] = pages
    if (page === undefined) return problem(400, 'it has no pages')
    if (registry.committedAt !== undefined && at <= registry.committedAt)
      return problem(409, 'not later than the newest')
    const isNew = page.outcome === undefined && page.content !== content
    if (isNew) {
      content = page.content
      registry.committedAt = at
      seq++
    }
    const outcome = page.outcome ?? (isNew ? 'committed' : 'unchanged')
    const answer = { outcome, version: `v1.${String(seq).padStart(12, '0')}`, seq, reasons: page.reasons }
    taken.set(key, answer)
    lastPull = { id: taken.size, at: new Date(at).toISOString(), outcome: String(outcome) }
    return { status: 200, body: answer }
  }

  function status(): Reply {
    const now = new Date().toISOString()
    const ageSeconds = registry.committedAt && Math.floor((Date.parse(now) - registry.committedAt) / 1000)
    const current = seq === 0 ? {} : { version: `v1.${String(seq).padStart(12, '0')}`, seq, ageSeconds }
    const sources = { 'artificial-analysis': { lastPull } }
    return { status: 200, body: { now, ...current, sources, held: [], orphaned: [], warnings: [] } }
  }

  async function answer(request: IncomingMessage): Promise<Reply> {
    if (request.headers.authorization !== `Bearer ${TOKEN}` && request.method === 'POST')
      return problem(401, 'send a token')
    return request.method === 'POST' ? takePull(JSON.parse(await text(request))) : status()
  }

  const server = await startLocalServer(async (request, response) => {
    const { status, body } = await answer(request)
    sendJson(response, status, body)
  })
  const registry: FakeRegistry = {
    url: server.url,
    received: [],
    bodies: [],
    committedAt: undefined,
    close: server.close,
  }
  return registry
}

function problem(status: number, detail: string): Reply {
  return { status, body: { status, detail } }
}
