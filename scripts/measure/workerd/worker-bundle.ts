/** The Worker as it would be deployed: bundled by wrangler into a folder, with the modules that workerd needs. */
import { readdirSync, readFileSync } from 'node:fs'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { PROJECT } from '../../shared/settings.ts'
import { askWrangler } from '../../shared/wrangler.ts'

export interface WorkerBundle {
  compatibilityDate: string
  /** File names, the one with the handlers first. */
  modules: string[]
}

export async function buildWorker(folder: string): Promise<WorkerBundle> {
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false' }
  const built = await askWrangler(['deploy', '--dry-run', '--outdir', folder], { cwd: PROJECT, env })
  if (built.code !== 0) throw new CommandError(`Cannot build the Worker:\n${built.output}${built.complaint}`)
  const texts = readdirSync(folder).filter((file) => file.endsWith('.sql'))
  return { compatibilityDate: readCompatibilityDate(), modules: ['index.js', ...texts] }
}

function readCompatibilityDate(): string {
  const text = readFileSync(new URL('wrangler.toml', PROJECT), 'utf8')
  const date = /^compatibility_date = "(.*)"$/m.exec(text)?.[1]
  if (date === undefined) throw new CommandError('Cannot read wrangler.toml: it has no compatibility_date')
  return date
}
