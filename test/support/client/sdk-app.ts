/** A folder with an app that uses the SDKs and the published client, like a user's app. */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { installSdks } from './installed-sdks.ts'

export interface SdkApp {
  folder: string
  /** Runs a file of the app on this Node.js, and returns its output. */
  run(file: string, env: Record<string, string>): Promise<string>
  remove(): void
}

/** `sources`: folders to copy files from. `client`: a folder in which `@rttnd/llm` is installed. */
export function createSdkApp(sources: string[], client: string): SdkApp {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'llm-sdk-app-')))
  const installed = join(installSdks(), 'node_modules')
  mkdirSync(join(folder, 'node_modules'))
  for (const name of readdirSync(installed)) symlinkSync(join(installed, name), join(folder, 'node_modules', name))
  cpSync(join(client, 'node_modules/@rttnd'), join(folder, 'node_modules/@rttnd'), { recursive: true })
  for (const source of sources)
    cpSync(source, folder, {
      recursive: true,
      filter: (path) => !path.includes('node_modules') && !path.includes('package'),
    })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  return {
    folder,
    async run(file, env) {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], {
        ...{ cwd: folder, timeout: 30_000 },
        env: { PATH: process.env.PATH, ...env },
      })
      return stdout + stderr
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
