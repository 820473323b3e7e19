/** Runs wrangler as a command of this project: in the background, to read its output, or for the user to see. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseJson } from '../../src/cli/shared/files.ts'
import { keepOutput } from './child-output.ts'
import { PROJECT } from './settings.ts'

export interface Asked {
  code: number
  output: string
  complaint: string
}

/** Without a terminal, so that it never waits for an answer. */
export async function askWrangler(args: string[], options: SpawnOptions = {}): Promise<Asked> {
  const child = spawnWrangler(args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = keepOutput([child.stdout])
  const complaint = keepOutput([child.stderr])
  return { code: await codeOf(child), output: output(), complaint: complaint() }
}

/** The JSON list in the output of a command, which may begin with notes, such as one of a newer version. */
export function parseListOutput(output: string): unknown {
  const start = output.search(/^\[/m)
  return start < 0 ? undefined : parseJson(output.slice(start))
}

/** Returns its exit code. */
export function runWrangler(args: string[], env: Record<string, string>): Promise<number> {
  return codeOf(spawnWrangler(args, { env: { ...process.env, ...env }, stdio: 'inherit' }))
}

export function spawnWrangler(args: string[], options: SpawnOptions): ChildProcess {
  const bin = fileURLToPath(new URL('node_modules/wrangler/bin/wrangler.js', PROJECT))
  return spawn(process.execPath, [bin, ...args], options)
}

function codeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}
