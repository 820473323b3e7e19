/**
 * The SDKs of `test/sdks`, installed once into a folder for temporary files: with them the project would be ten times as
 * large. That needs the network, so that tests which need them run where SDK_TESTS is set.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const areSdksWanted = Boolean(process.env.SDK_TESTS)

/** What the title of a skipped test says. */
export const whyWithoutSdks = areSdksWanted ? '' : ' (skipped: SDK_TESTS is not set)'

export const SDKS = fileURLToPath(new URL('../../sdks', import.meta.url))
const FILES = ['package.json', 'package-lock.json']

/** The folder, whose `node_modules` has them. Another lock, another folder. */
export function installSdks(): string {
  const lock = readFileSync(join(SDKS, 'package-lock.json'))
  const folder = join(tmpdir(), `llm-sdks-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`)
  if (existsSync(folder)) return folder
  // Under another name until it is whole: a test that was stopped must not leave half of it behind.
  const partial = `${folder}.${process.pid}`
  mkdirSync(partial, { recursive: true })
  for (const file of FILES) cpSync(join(SDKS, file), join(partial, file))
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: partial, stdio: 'pipe' })
  try {
    renameSync(partial, folder)
  } catch {
    // Another test was faster.
    rmSync(partial, { recursive: true, force: true })
  }
  return folder
}
