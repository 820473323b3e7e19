/**
 * The SDKs of `test/sdks`, installed once into a temporary folder, because they would make the project ten times as
 * large. Installing them needs the network, so tests that use them run only if SDK_TESTS is set.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const areSdksWanted = Boolean(process.env.SDK_TESTS)

/** For the title of a skipped test. */
export const whyWithoutSdks = areSdksWanted ? '' : ' (skipped: SDK_TESTS is not set)'

export const SDKS = fileURLToPath(new URL('../../sdks', import.meta.url))
const FILES = ['package.json', 'package-lock.json']

/** Returns the folder with the SDKs in its `node_modules`. Each lock file has its own folder. */
export function installSdks(): string {
  const lock = readFileSync(join(SDKS, 'package-lock.json'))
  const folder = join(tmpdir(), `llm-sdks-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`)
  if (existsSync(folder)) return folder
  // Installed under another name first, so that an interrupted test does not leave a partial folder behind.
  const partial = `${folder}.${process.pid}`
  mkdirSync(partial, { recursive: true })
  for (const file of FILES) cpSync(join(SDKS, file), join(partial, file))
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: partial, stdio: 'pipe' })
  try {
    renameSync(partial, folder)
  } catch {
    // Another test has installed it meanwhile.
    rmSync(partial, { recursive: true, force: true })
  }
  return folder
}
