/**
 * A local stand-in for the API of Artificial Analysis (AA) that serves the last day of the sample in AA's shape, with its
 * key, its pages, its errors and its rate-limit headers, and for models.dev with a snapshot of it. The quota is only
 * said, never used up.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type SampleTier, samplePulls } from './sample-pages.ts'

const BASE_PATH = '/api/v2'
const TIERS: Record<string, SampleTier> = { '/language/models/free': 'free', '/language/models': 'pro' }
const MODELS_DEV_PATH = '/models-dev/api.json'
const SNAPSHOT = new URL('models-dev.json', import.meta.url)
const DAILY_QUOTA = { free: 100, pro: 500 } as const
const DAY_SECONDS = 86_400

export interface SampleServer {
  baseUrl: string
  modelsDevUrl: string
  /** Serves pulls from now on. Before, every request is answered with Retry-After, so that nothing is pulled ahead of history. */
  open(): void
  close(): Promise<void>
}

interface Reply {
  status: number
  headers: Record<string, string>
  body: unknown
}

export async function startSampleServer(apiKey: string, now: () => number = Date.now): Promise<SampleServer> {
  let isOpen = false
  const answerWith = createSample(apiKey, now)
  const server = createServer((request, response) => {
    if (!isOpen) send(response, notYet())
    else if (request.url === MODELS_DEV_PATH) sendSnapshot(request, response)
    else send(response, answerWith(request))
  })
  await listen(server)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The sample source listens on no port')
  return {
    baseUrl: `http://127.0.0.1:${address.port}${BASE_PATH}`,
    modelsDevUrl: `http://127.0.0.1:${address.port}${MODELS_DEV_PATH}`,
    open: () => {
      isOpen = true
    },
    close: () => close(server),
  }
}

/** What the API answers to a request. */
function createSample(apiKey: string, now: () => number) {
  const pages = { free: lastPages('free'), pro: lastPages('pro') }
  return ({ method, url, headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): Reply => {
    const { pathname, searchParams } = new URL(url ?? '/', 'http://sample')
    const tier = pathname.startsWith(BASE_PATH) ? TIERS[pathname.slice(BASE_PATH.length)] : undefined
    if (headers['x-api-key'] !== apiKey) return problem(401, 'Invalid or missing API key')
    if (tier === undefined) return problem(404, 'Not found')
    if (method !== 'GET') return problem(405, 'Method not allowed', { allow: 'GET' })
    const page = /^[1-9]\d*$/.test(searchParams.get('page') ?? '1')
      ? Number(searchParams.get('page') ?? '1')
      : Number.NaN
    const body = pages[tier][page - 1]
    if (body === undefined) return problem(400, `page must be a number from 1 to ${pages[tier].length}`)
    return { status: 200, headers: quotaHeaders(now()), body }
  }
}

function sendSnapshot({ headers }: IncomingMessage, response: ServerResponse): void {
  const body = readFileSync(SNAPSHOT)
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`
  if (headers['if-none-match'] === etag) response.writeHead(304, { etag }).end()
  else response.writeHead(200, { etag, 'content-type': 'application/json' }).end(body)
}

function lastPages(tier: SampleTier): unknown[] {
  return samplePulls(tier).at(-1)?.pages ?? []
}

function quotaHeaders(now: number): Record<string, string> {
  const limit = DAILY_QUOTA.pro
  return {
    'x-aa-tier': 'pro',
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(limit - 1),
    'x-ratelimit-reset': String((Math.floor(now / 1000 / DAY_SECONDS) + 1) * DAY_SECONDS),
  }
}

function problem(status: number, error: string, headers: Record<string, string> = {}): Reply {
  return { status, headers, body: { error } }
}

function notYet(): Reply {
  return problem(503, 'The sample is still being loaded', { 'retry-after': '1' })
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
}

/** Ends open connections too: a client that keeps one alive would hold the process. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
