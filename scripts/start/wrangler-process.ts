/**
 * Runs `wrangler dev` in its own process group, so that ending the group also ends workerd. Its output is shown only
 * when it fails.
 */
import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { keepOutput } from '../shared/child-output.ts'
import { PROJECT, SETTING_NAMES } from '../shared/settings.ts'
import { spawnWrangler } from '../shared/wrangler.ts'

/** workerd closes its databases within a second; a group that takes longer is stuck. */
const STOP_LIMIT_MS = 5_000
const POLL_MS = 50
const KEPT_OUTPUT = 20_000

export interface WranglerOptions {
  port: number
  state: string
  varsFile: string
  verbose: boolean
}

export interface Wrangler {
  /** Resolves when it ends for any reason. */
  ended: Promise<void>
  /** The end of its output. */
  output(): string
  stop(): Promise<void>
  /** Does not wait, for use while this process exits. */
  kill(): void
}

export function startWrangler({ port, state, varsFile, verbose }: WranglerOptions): Wrangler {
  const options = ['--ip', '127.0.0.1', '--port', String(port), '--inspector-port', '0', '--persist-to', state]
  const child = spawnWrangler(['dev', ...options, '--env-file', varsFile, '--show-interactive-dev-session=false'], {
    cwd: PROJECT,
    detached: true,
    env: childEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const show = (text: string) => verbose && process.stderr.write(text)
  const output = keepOutput([child.stdout, child.stderr], { last: KEPT_OUTPUT, onText: show })
  let complaint = ''
  const ended = new Promise<void>((resolve) => {
    child.once('error', ({ message }) => {
      complaint = message
      resolve()
    })
    child.once('exit', () => resolve())
  })
  return {
    ended,
    output: () => output() + complaint,
    stop: () => stop(child),
    kill: () => signal(child, 'SIGKILL'),
  }
}

/** The environment without the settings, which are in the file, and without variables that would make wrangler read others. */
function childEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env }
  for (const name of [...SETTING_NAMES, 'CLOUDFLARE_ENV']) delete env[name]
  return {
    ...env,
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    CLOUDFLARE_INCLUDE_PROCESS_ENV: 'false',
    CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: 'true',
    WRANGLER_SEND_METRICS: 'false',
  }
}

async function stop(child: ChildProcess): Promise<void> {
  signal(child, 'SIGTERM')
  const deadline = Date.now() + STOP_LIMIT_MS
  while (isAlive(child) && Date.now() < deadline) await wait(POLL_MS)
  signal(child, 'SIGKILL')
}

/** Whether any process of the group is left. */
function isAlive(child: ChildProcess): boolean {
  return signal(child, 0)
}

/** Whether there was anything to signal. */
function signal(child: ChildProcess, name: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false
  // Windows has no process groups: wrangler ends workerd there itself.
  if (process.platform === 'win32') return child.exitCode === null && child.kill(name)
  try {
    return process.kill(-child.pid, name)
  } catch {
    return false
  }
}
