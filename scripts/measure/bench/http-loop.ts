/**
 * A client that sends the next request as soon as it gets a response, on several keep-alive connections. It uses plain
 * sockets, because workerd would have to wait for a slow client, and its wake-ups would be counted as CPU of the Worker.
 */
import { connect, type Socket } from 'node:net'
import { CommandError } from '../../../src/cli/shared/command.ts'

export interface Target {
  url: string
  /** The path of the request of that number. */
  path: (count: number) => string
  headers?: Record<string, string>
  /** The body of the request of that number: a POST. */
  body?: (count: number) => string
  status: number
}

const CONNECTIONS = 8
const END_OF_HEAD = '\r\n\r\n'

/** Sends requests for the given time, from the given number on. Returns the number of responses. */
export async function loopFor(target: Target, milliseconds: number, first = 0): Promise<number> {
  const until = performance.now() + milliseconds
  let sent = 0
  const next = () => (performance.now() < until ? requestOf(target, first + sent++) : undefined)
  await Promise.all(Array.from({ length: CONNECTIONS }, () => runConnection(target, next)))
  return sent
}

function requestOf({ url, path, headers = {}, body }: Target, count: number): string {
  const text = body?.(count)
  const length = text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) }
  const lines = Object.entries({ host: new URL(url).host, ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return `${[`${text === undefined ? 'GET' : 'POST'} ${path(count)} HTTP/1.1`, ...lines].join('\r\n')}${END_OF_HEAD}${text ?? ''}`
}

/** Sends until there is no next request. */
function runConnection({ url, status }: Target, next: () => string | undefined): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port), noDelay: true })
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      socket.destroy()
      reject(new CommandError(`Cannot measure ${url}: ${reason}`))
    }
    const send = () => {
      const request = next()
      if (request === undefined) socket.end(resolve)
      else socket.write(request)
    }
    socket.once('connect', send)
    socket.once('error', (error) => fail(error.message))
    socket.once('close', () => fail('the connection was closed'))
    readReplies(socket, (found) => (found === status ? send() : fail(`it answered with ${found}, not ${status}`)))
  })
}

function readReplies(socket: Socket, done: (status: number) => void): void {
  let head = ''
  let left = 0
  let status = 0
  socket.on('data', (chunk) => {
    let start = 0
    if (left === 0) {
      const before = head.length
      head += chunk.toString('latin1')
      const end = head.indexOf(END_OF_HEAD)
      if (end < 0) return
      // A reply without a length has no body here: what a Worker makes of bytes or text has one.
      status = Number(head.slice(9, 12))
      left = Number(/^content-length: (\d+)\r?$/im.exec(head.slice(0, end + 2))?.[1] ?? 0)
      start = end + END_OF_HEAD.length - before
      head = ''
    }
    left -= chunk.length - start
    if (left === 0) done(status)
  })
}
