/**
 * A registry on a real port that a test can make misbehave. It serves what it is given by the routes that a client
 * refreshes through, and writes down what it was asked.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Catalogue } from '../../../src/core/schema/model.ts'
import type { IqBasis } from '../../../src/core/vocabulary.ts'
import { catalogue, diffOf, type Published, published } from './published-versions.ts'

/** Answers in place of the registry; `false` leaves the answer to it. */
export type Misbehaviour = (path: string, response: ServerResponse, request: IncomingMessage) => boolean | undefined

export class FakeRegistry {
  readonly rows: Published[] = []
  /** Paths with their queries, in the order of arrival. */
  readonly asked: string[] = []
  misbehave: Misbehaviour = () => false
  #server: Server
  #port = 0

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
    const row = this.rows.at(-1)
    if (!row) throw new Error('The registry is empty')
    return row
  }

  commit(content: Catalogue, iqBasis?: IqBasis): Published {
    const row = published(content, this.rows.length + 1, iqBasis)
    this.rows.push(row)
    return row
  }

  /** What was asked since the last time, and forgets it. */
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
    this.asked.push(path)
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', 'Authorization, If-None-Match')
    if (request.method === 'OPTIONS') return void response.end()
    if (this.misbehave(path, response, request)) return
    this.#behave(new URL(path, 'http://registry'), response)
  }

  #behave({ pathname, searchParams }: URL, response: ServerResponse): unknown {
    const named = searchParams.get('version') ?? searchParams.get('to')
    const row = named === null ? this.current : this.#find(named)
    const from = this.#find(searchParams.get('from') ?? '')
    if (!row) return sendProblem(response, 404, 'not-found', 'no such version')
    const { version, etag, generatedAt } = row.manifest
    if (pathname === '/v1/version') return sendJson(response, { version, etag, generatedAt })
    if (pathname === '/v1/manifest') return sendText(response, row.text)
    if (pathname === '/v1/diff' && from) return sendJson(response, diffOf(from, row))
    return sendProblem(response, 404, 'not-found', `no ${pathname}`)
  }

  #find(version: string): Published | undefined {
    return this.rows.find(({ manifest }) => manifest.version === version)
  }
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
