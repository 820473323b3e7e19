/** A fake registry that accepts backfills, with only what the command needs. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { sendJson, startLocalServer } from '../cli/local-server.ts'

export const TOKEN = '0123456789abcdef'

interface SentDay {
  at: string
  source: string
  delta: object
}

export interface FakeBackfillRegistry {
  url: string
  /** The times of the days in each request. */
  readonly batches: string[][]
  readonly days: SentDay[]
  /** Answers every day that is sent from then on. */
  refuse: { status: number; detail: string } | undefined
  /** Breaks the connection at this request, counted from 1. */
  breakAt: number | undefined
  close(): void
}

export async function startFakeBackfillRegistry(): Promise<FakeBackfillRegistry> {
  const registry: FakeBackfillRegistry = {
    ...{ url: '', batches: [], days: [], refuse: undefined, breakAt: undefined, close: () => undefined },
  }
  const server = await startLocalServer((request, response) => void answer(registry, request, response))
  return Object.assign(registry, server)
}

async function answer(registry: FakeBackfillRegistry, request: IncomingMessage, response: ServerResponse) {
  const { refuse, days, batches } = registry
  if (refuse && request.method === 'POST') return sendJson(response, refuse.status, { detail: refuse.detail })
  if (request.headers.authorization !== `Bearer ${TOKEN}`) return sendJson(response, 401, { detail: 'Wrong token' })
  if (request.method === 'POST') {
    const sent = ((await json(request)) as { days: SentDay[] }).days
    if (sent.length === 0) return sendJson(response, 400, { detail: 'Cannot backfill: there are no days' })
    if (registry.breakAt === batches.length + 1) return response.destroy()
    batches.push(sent.map(({ at }) => at))
    days.push(...sent)
  }
  const lastAt = days.at(-1)?.at
  return sendJson(response, 200, { commits: days.length, ...(lastAt !== undefined && { lastAt }) })
}
