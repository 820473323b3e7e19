/** One HTTP connection that is kept alive. `fetch` uses a pool, which hides which requests share a connection. */
import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import type { Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** No request here takes a second. */
const TIMEOUT_MS = 30_000

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

export class Connection {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #url: string
  readonly #sockets = new Set<Socket>()

  /** `url` is where the registry is, without a path. */
  constructor(url: string) {
    this.#url = url
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const asked = request(new URL(path, this.#url), { agent: this.#agent, headers, timeout: TIMEOUT_MS })
      asked.once('socket', (socket) => this.#sockets.add(socket))
      asked.once('timeout', () => asked.destroy(new Error(`GET ${path} took longer than ${TIMEOUT_MS / 1000} s`)))
      asked.once('error', reject)
      asked.once('response', (response) => {
        const { statusCode = 0, headers } = response
        buffer(response).then((body) => resolve({ status: statusCode, headers, body }), reject)
      })
      asked.end()
    })
  }

  /** More than one if the server closed it in between. */
  get sockets(): number {
    return this.#sockets.size
  }

  close(): void {
    this.#agent.destroy()
  }
}
