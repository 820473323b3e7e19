/**
 * A registry on a real port that a test can make misbehave. It serves what it is given by the routes that a client
 * refreshes through, and records its requests.
 */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Catalogue } from '../../../src/core/schema/model.ts'
import type { IqBasis } from '../../../src/core/vocabulary.ts'
import { answerOf, Refused } from './fake-answers.ts'
import { catalogue, diffOf, type Published, published } from './published-versions.ts'

/** Answers in place of the registry; `false` leaves the answer to it. */
export type Misbehaviour = (path: string, response: ServerResponse, request: IncomingMessage) => boolean | undefined

/** What a client asks about the newest commit. */
export const NEWEST = '/v1/versions?limit=1'

/** What it asks for a manifest whole. */
export const wholeOf = ({ manifest }: Published): string => `/v1/manifest?version=${manifest.version}`

export class FakeRegistry {
  readonly commits: Published[] = []
  /** Paths with their queries, in the order of arrival; for those about the newest commit, without what always differs. */
  readonly asked: string[] = []
  misbehave: Misbehaviour = () => false
  #server: Server
  #port = 0
  #seq = 0

  private constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response))
  }

  static async start(first: Catalogue = catalogue()): Promise<FakeRegistry> {
    const fake = new FakeRegistry()
    fake.commit(first)
    await fake.listen()
    return fake
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  get current(): Published {
    const commit = this.commits.at(-1)
    if (!commit) throw new Error('The registry is empty')
    return commit
  }

  commit(content: Catalogue, iqBasis?: IqBasis): Published {
    const commit = published(content, ++this.#seq, iqBasis)
    this.commits.push(commit)
    return commit
  }

  /** Returns the requests since the last call, and forgets them. */
  takeAsked(): string[] {
    return this.asked.splice(0)
  }

  /** On the port it had before, after `close`. */
  listen(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.listen(this.#port, '127.0.0.1', () => {
        this.#port = (this.#server.address() as AddressInfo).port // it listens on a port
        resolve()
      })
    })
  }

  /** From now on connections are refused, and open ones broken off. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '/'
    this.asked.push(path.startsWith(NEWEST) ? NEWEST : path)
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-expose-headers', 'ETag, X-Registry-Version')
    response.setHeader('access-control-allow-headers', 'Authorization, If-None-Match')
    if (request.method === 'OPTIONS') return void response.end()
    if (this.misbehave(path, response, request)) return
    this.#behave(new URL(path, 'http://registry'), response, request)
  }

  #behave(url: URL, response: ServerResponse, request: IncomingMessage): unknown {
    const { pathname, searchParams } = url
    if (pathname === '/v1/versions') return sendCommits(response, request, this.#rowsBefore(searchParams))
    if (pathname.startsWith('/v1/parts/')) return sendPart(response, this.commits, pathname.slice('/v1/parts/'.length))
    const named = searchParams.get('version') ?? searchParams.get('to')
    const at = searchParams.get('at')
    const commit = at ? this.#at(at) : named === null ? this.current : this.#find(named)
    const from = this.#find(searchParams.get('from') ?? '')
    if (!commit) return sendProblem(response, 404, 'not-found', 'no such version')
    response.setHeader('x-registry-version', commit.manifest.version)
    try {
      const answer = pathname === '/v1/diff' && from ? diffOf(from, commit) : answerOf(commit, url)
      if (answer === undefined) return sendProblem(response, 404, 'not-found', `no ${pathname}`)
      return sendTagged(response, request, typeof answer === 'string' ? answer : JSON.stringify(answer))
    } catch (error) {
      return sendRefusal(response, error)
    }
  }

  /** Newest first. */
  #rowsBefore(query: URLSearchParams): object[] {
    const before = Number(query.get('before') ?? Number.POSITIVE_INFINITY)
    const commits = this.commits.map(({ info }) => info).filter(({ seq }) => seq < before)
    return commits.reverse().slice(0, Number(query.get('limit') ?? 50))
  }

  /** At the end of a day. */
  #at(day: string): Published | undefined {
    return this.commits.findLast(({ info }) => info.committedAt.slice(0, 10) <= day)
  }

  #find(version: string): Published | undefined {
    return this.commits.find(({ manifest }) => manifest.version === version)
  }
}

function sendCommits(response: ServerResponse, request: IncomingMessage, commits: object[]): true {
  return sendTagged(response, request, JSON.stringify(commits))
}

/** With an ETag, by which it need not be sent again. */
function sendTagged(response: ServerResponse, request: IncomingMessage, text: string): true {
  const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`
  response.setHeader('etag', etag)
  if (request.headers['if-none-match'] !== etag) return sendText(response, text)
  response.writeHead(304).end()
  return true
}

function sendPart(response: ServerResponse, commits: Published[], digest: string): true {
  const text = commits.map(({ parts }) => parts.get(digest)).find((part) => part !== undefined)
  return text === undefined ? sendProblem(response, 404, 'not-found', 'no such part') : sendText(response, text)
}

const STATUSES: Record<string, number> = { 'invalid-request': 400, 'not-found': 404, 'ambiguous-model': 409 }

function sendRefusal(response: ServerResponse, error: unknown): true {
  if (!(error instanceof Refused)) throw error
  const { failure } = error
  const status = STATUSES[failure.code] ?? 500
  response.writeHead(status, { 'content-type': 'application/problem+json' })
  response.end(JSON.stringify({ type: 'about:blank', title: 'A problem', status, ...failure }))
  return true
}

export function sendJson(response: ServerResponse, json: unknown): true {
  return sendText(response, JSON.stringify(json))
}

export function sendText(response: ServerResponse, text: string, contentType = 'application/json'): true {
  response.writeHead(200, { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }).end(text)
  return true
}

export function sendProblem(
  response: ServerResponse,
  status: number,
  code: string,
  detail: string,
  headers: Record<string, string> = {},
): true {
  const body = JSON.stringify({ type: 'about:blank', title: 'A problem', status, code, detail })
  response.writeHead(status, { 'content-type': 'application/problem+json', ...headers }).end(body)
  return true
}
