/** The Worker as it would be deployed: bundled by wrangler into a folder, with the modules that workerd has to be told of. */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { PROJECT } from '../../shared/settings.ts'

export interface WorkerBundle {
  compatibilityDate: string
  /** File names, the one with the handlers first. */
  modules: string[]
}

export async function buildWorker(folder: string): Promise<WorkerBundle> {
  await runWrangler(['deploy', '--dry-run', '--outdir', folder])
  const texts = readdirSync(folder).filter((file) => file.endsWith('.sql'))
  return { compatibilityDate: readCompatibilityDate(), modules: ['index.js', ...texts] }
}

function runWrangler(args: string[]): Promise<void> {
  const bin = fileURLToPath(new URL('node_modules/wrangler/bin/wrangler.js', PROJECT))
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: PROJECT,
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new CommandError(`Cannot build the Worker:\n${output}`)),
    )
  })
}

function readCompatibilityDate(): string {
  const text = readFileSync(new URL('wrangler.toml', PROJECT), 'utf8')
  const date = /^compatibility_date = "(.*)"$/m.exec(text)?.[1]
  if (date === undefined) throw new CommandError('Cannot read wrangler.toml: it has no compatibility_date')
  return date
}
