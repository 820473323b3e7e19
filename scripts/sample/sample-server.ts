/**
 * Serves the sample's last responses of models.dev and Epoch on this machine, so that a registry with the sample pulls like
 * any other and finds nothing new.
 */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { lastPullsOf, readSample, type Sample } from './sample-pulls.ts'

export interface SampleServer {
  modelsDevUrl: string
  epochUrl: string
  /** Starts serving. Until then, every response has Retry-After, so that nothing is pulled before the history is loaded. */
  open(): void
  close(): Promise<void>
}

interface Reply {
  type: string
  body: string
}

export async function startSampleServer(sample: Sample = readSample()): Promise<SampleServer> {
  let isOpen = false
  const replies = repliesOf(sample)
  const server = createServer((request, response) => {
    const reply = replies.get(request.url ?? '')
    if (!isOpen) response.writeHead(503, { 'retry-after': '1' }).end('The sample is still being loaded')
    else if (reply) send(request, response, reply)
    else response.writeHead(404).end()
  })
  const url = await listen(server)
  return {
    modelsDevUrl: `${url}/api.json`,
    epochUrl: `${url}/eci_scores.csv`,
    open: () => {
      isOpen = true
    },
    close: () => close(server),
  }
}

/** By path. */
function repliesOf(sample: Sample): Map<string, Reply> {
  const replies = lastPullsOf(sample).map(({ source, pages: [page] }): [string, Reply] => {
    const body = typeof page === 'string' ? page : JSON.stringify(page)
    return source === 'epoch'
      ? ['/eci_scores.csv', { type: 'text/csv', body }]
      : ['/api.json', { type: 'application/json', body }]
  })
  return new Map(replies)
}

function send({ headers }: IncomingMessage, response: ServerResponse, { type, body }: Reply): void {
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`
  if (headers['if-none-match'] === etag) response.writeHead(304, { etag }).end()
  else response.writeHead(200, { etag, 'content-type': type }).end(body)
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string')
        reject(new Error('Cannot start the sample server: it has no port'))
      else resolve(`http://127.0.0.1:${address.port}`)
    })
  })
}

/** Also closes open connections: a keep-alive connection would keep the process running. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
