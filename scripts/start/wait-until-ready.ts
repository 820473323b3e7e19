/** Waiting for a port to be free, and for the registry to answer on it. */
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { CommandError } from '../../src/cli/shared/command.ts'

const POLL_MS = 100
/** The first start of a cold machine took 20 s. */
const READY_LIMIT_MS = 60_000
const REQUEST_LIMIT_MS = 5_000

export async function requireFreePort(port: number): Promise<void> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new CommandError(portMessage(port, error.code))))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()))
  })
}

/** Whether it responded in time. Rejects when `signal` is aborted. */
export async function waitUntilReady(port: number, signal: AbortSignal): Promise<boolean> {
  const deadline = Date.now() + READY_LIMIT_MS
  while (Date.now() < deadline) {
    if (await isHealthy(port)) return true
    await wait(POLL_MS, undefined, { signal })
  }
  return false
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(REQUEST_LIMIT_MS) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

function portMessage(port: number, code: string | undefined): string {
  const reason = code === 'EADDRINUSE' ? `port ${port} is in use` : `port ${port} cannot be used (${code})`
  return `Cannot start the registry: ${reason}: set PORT to another`
}
