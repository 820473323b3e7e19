/** What an isolate of a workerd that was started with its inspector keeps, by V8's protocol for debuggers. */
import { once } from 'node:events'
import { CommandError } from '../../../src/cli/shared/command.ts'

/** V8 needs it, so that garbage can be collected when it is wanted. */
export const COLLECT_FLAG = '--expose-gc'

/** The heap of JavaScript, what the runtime holds for it, and the bytes of its buffers, after all garbage was collected. */
export async function keptBytes(port: number, worker: string): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${worker}`)
  await once(socket, 'open')
  try {
    const session = new Session(socket)
    const [context] = await session.contexts()
    // Twice: what the first leaves to be freed by finalizers goes with the second.
    await session.call('Runtime.evaluate', { expression: 'gc(); gc()', contextId: context })
    const { usedSize, embedderHeapUsedSize, backingStorageSize } = await session.call('Runtime.getHeapUsage')
    return Number(usedSize) + Number(embedderHeapUsedSize) + Number(backingStorageSize)
  } finally {
    socket.close()
  }
}

type Reply = Record<string, unknown>

class Session {
  readonly #socket: WebSocket
  readonly #contexts: number[] = []
  readonly #waiting = new Map<number, (message: { result?: Reply; error?: unknown }) => void>()

  constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data))
      this.#waiting.get(message.id)?.(message)
      if (message.method === 'Runtime.executionContextCreated') this.#contexts.push(message.params.context.id)
    })
  }

  async call(method: string, params: object = {}): Promise<Reply> {
    const id = this.#waiting.size + 1
    const replied = new Promise<{ result?: Reply; error?: unknown }>((resolve) => this.#waiting.set(id, resolve))
    this.#socket.send(JSON.stringify({ id, method, params }))
    const { result, error } = await replied
    if (!result) throw new CommandError(`Cannot inspect the Worker: ${method}: ${JSON.stringify(error)}`)
    return result
  }

  /** That of a Worker is announced once they are asked for. */
  async contexts(): Promise<number[]> {
    await this.call('Runtime.enable')
    while (this.#contexts.length === 0) await once(this.#socket, 'message')
    return this.#contexts
  }
}
