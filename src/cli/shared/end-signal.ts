/** When to end: on a signal, or when the `npm` or `bun` that ran the script has exited, because nothing else would end it. */
import { listProcesses, runnersAbove } from './runners.ts'

const SIGNALS: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']
const RUNNERS_POLL_MS = 500

export function waitForEnd(): Promise<void> {
  return new Promise((resolve) => {
    // Later signals change nothing: a terminal's Ctrl-C may come twice, from the terminal and from npm.
    for (const name of SIGNALS) process.on(name, () => resolve())
    // Without a runner, the parent is a shell, which may exit first.
    if (process.env.npm_lifecycle_event === undefined) return
    const runners = runnersAbove(process.pid, listProcesses())
    setInterval(() => !runners.every(isAlive) && resolve(), RUNNERS_POLL_MS).unref()
  })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
