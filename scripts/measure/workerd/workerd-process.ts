/** workerd as a child in a process group of its own: a terminal's Ctrl-C reaches this script alone, which then ends it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { keepOutput } from '../../shared/child-output.ts'
import { PROJECT } from '../../shared/settings.ts'

const STOP_LIMIT_MS = 10_000
const KEPT_OUTPUT = 20_000

export interface WorkerdProcess {
  pid: number
  /** By the names of the sockets. */
  ports: ReadonlyMap<string, number>
  /** The end of its output. */
  output(): string
  stop(): Promise<void>
  /** Does not wait, for use while this process exits. */
  kill(): void
}

export interface WorkerdOptions {
  /** Of each file: writes beyond it fail as on a full disk. */
  maxFileBytes?: number | undefined
  /** Whether it listens as `INSPECTOR`, too. */
  inspect?: boolean | undefined
}

export const INSPECTOR = 'inspector'

/** Runs a configuration until it listens on its sockets: by then the code of its Workers has been evaluated. */
export async function startWorkerd(
  configFile: string,
  sockets: readonly string[],
  { maxFileBytes, inspect = false }: WorkerdOptions = {},
): Promise<WorkerdProcess> {
  // File descriptor 3 gets the ports on which workerd listens.
  const command = [workerdBinary(), 'serve', configFile, '--control-fd=3']
  if (inspect) command.push('--inspector-addr=127.0.0.1:0')
  const [file = '', ...args] = maxFileBytes === undefined ? command : withFileLimit(maxFileBytes, command)
  const child = spawn(file, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const output = keepOutput([child.stdout, child.stderr], { last: KEPT_OUTPUT })
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  const ports = await readPorts(child, inspect ? [...sockets, INSPECTOR] : sockets)
  if (child.pid === undefined || ports === undefined) {
    // Its error output may not have been read yet.
    await once(child, 'close')
    throw new CommandError(`Cannot run workerd:\n${output()}`)
  }
  const stop = async () => {
    await stopChild(child)
    process.off('exit', kill)
  }
  return { pid: child.pid, ports, output, stop, kill }
}

/** In the unit of POSIX. */
const BLOCK_BYTES = 512

/** A write beyond the limit fails, where the signal for it is ignored; without that it would end the process. */
function withFileLimit(bytes: number, command: string[]): string[] {
  const script = 'trap "" XFSZ; ulimit -f "$0"; exec "$@"'
  return ['sh', '-c', script, String(Math.ceil(bytes / BLOCK_BYTES)), ...command]
}

/** wrangler's own copy, so that the runtime is the one that the Worker is developed on. */
function workerdBinary(): string {
  const requireFromWrangler = createRequire(new URL('node_modules/wrangler/package.json', PROJECT))
  const { default: path }: { default: string } = requireFromWrangler('workerd')
  return path
}

/** `undefined` if it ends before it listens on all of them. */
async function readPorts(child: ChildProcess, sockets: readonly string[]): Promise<Map<string, number> | undefined> {
  const control = child.stdio[3]
  if (!(control instanceof Readable)) return undefined
  const ports = new Map<string, number>()
  for await (const line of createInterface(control)) {
    const { event, socket, port }: { event: string; socket: string; port: number } = JSON.parse(line)
    if (event === 'listen') ports.set(socket, port)
    if (event === 'listen-inspector') ports.set(INSPECTOR, port)
    if (sockets.every((name) => ports.has(name))) return ports
  }
  return undefined
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
  await ended
  clearTimeout(timer)
}
