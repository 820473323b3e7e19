/**
 * Runs the release of Bun whose digests package-lock.json has: `node scripts/bun/run-bun.mjs install`. It runs before the
 * project's own Node.js is installed, so it is plain JavaScript. The packages are those of the binaries: the package "bun"
 * would run a script to install them.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = new URL('./', import.meta.url)
const SYSTEMS = { darwin: 'darwin', linux: 'linux', win32: 'windows' }
const PROCESSORS = { arm64: 'aarch64', x64: 'x64' }

const name = `node_modules/@oven/bun-${SYSTEMS[process.platform]}-${PROCESSORS[process.arch]}`
const binary = fileURLToPath(new URL(`${name}/bin/bun${process.platform === 'win32' ? '.exe' : ''}`, FOLDER))

if (!isInstalled()) install()
process.exitCode = run(binary, process.argv.slice(2))

/** Whether npm has installed what is locked; it writes its own lock last. */
function isInstalled() {
  return existsSync(binary) && integrityIn('node_modules/.package-lock.json') === integrityIn('package-lock.json')
}

function integrityIn(lockFile) {
  const file = new URL(lockFile, FOLDER)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages[name]?.integrity : undefined
}

function install() {
  if (integrityIn('package-lock.json') === undefined)
    fail(`there is no release of it for ${process.platform} on ${process.arch} in scripts/bun/package-lock.json`)
  console.error('Installing Bun, which installs the rest')
  const args = ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
  const code = runNpm(args, { cwd: fileURLToPath(FOLDER), stdio: ['inherit', 'ignore', 'inherit'] })
  if (code !== 0 || !isInstalled()) fail(`npm could not install it (try "npm ci" in scripts/bun)`)
}

/** The npm that runs this script, if it is one: Windows starts npm itself through a shell alone. */
function runNpm(args, options) {
  const npm = process.env.npm_execpath
  if (npm?.endsWith('npm-cli.js')) return run(process.execPath, [npm, ...args], options)
  return run('npm', args, { ...options, shell: process.platform === 'win32' })
}

function run(file, args, options = {}) {
  const { status, error } = spawnSync(file, args, { stdio: 'inherit', ...options })
  if (error) fail(error.message)
  return status ?? 1
}

function fail(reason) {
  console.error(`Cannot run Bun: ${reason}`)
  process.exit(1)
}
