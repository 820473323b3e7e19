/** Runs wrangler as a command of this project: to look at what it says, or for the user to see. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { PROJECT } from './settings.ts'

export interface Asked {
  code: number
  output: string
  complaint: string
}

/** Asks without a terminal, so that it never waits for an answer. */
export async function askWrangler(args: string[]): Promise<Asked> {
  const child = spawnWrangler(args, {}, 'pipe')
  const asked = { code: 1, output: '', complaint: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    asked.output += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    asked.complaint += text
  })
  asked.code = await codeOf(child)
  return asked
}

/** Its exit code. */
export function runWrangler(args: string[], env: Record<string, string>): Promise<number> {
  return codeOf(spawnWrangler(args, env, 'inherit'))
}

function spawnWrangler(args: string[], env: Record<string, string>, output: 'pipe' | 'inherit') {
  const bin = fileURLToPath(new URL('node_modules/wrangler/bin/wrangler.js', PROJECT))
  return spawn(process.execPath, [bin, ...args], {
    env: { ...process.env, ...env },
    stdio: [output === 'pipe' ? 'ignore' : 'inherit', output, output],
  })
}

function codeOf(child: ReturnType<typeof spawnWrangler>): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}
