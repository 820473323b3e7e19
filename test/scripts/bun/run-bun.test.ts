/** The launcher in a folder of its own, with an npm that installs a file in place of Bun. */
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const PROJECT = new URL('../../../', import.meta.url)
const SOURCE = fileURLToPath(new URL('scripts/bun', PROJECT))
const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'))

/** Installs a script that prints its arguments for every locked package, unless it is to install nothing. */
const NPM = `
const { cpSync, mkdirSync, writeFileSync } = require('node:fs')
console.log('added packages')
console.error('npm ' + process.argv.slice(2, 4).join(' '))
if (process.env.INSTALLS_NOTHING) process.exit(0)
for (const name of Object.keys(JSON.parse(require('node:fs').readFileSync('package-lock.json', 'utf8')).packages)) {
  if (name === '') continue
  mkdirSync(name + '/bin', { recursive: true })
  writeFileSync(name + '/bin/bun', '#!/bin/sh\\necho bun "$@"\\nexit 3\\n', { mode: 0o755 })
}
cpSync('package-lock.json', 'node_modules/.package-lock.json')
`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-bun-'))
  for (const file of readdirSync(SOURCE).filter((name) => name !== 'node_modules'))
    cpSync(join(SOURCE, file), join(folder, file))
  writeFileSync(join(folder, 'npm-cli.js'), NPM)
})
afterEach(() => rmSync(folder, { recursive: true }))

function runBun(env: Record<string, string> = {}): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const options = { env: { ...process.env, npm_execpath: join(folder, 'npm-cli.js'), ...env } }
  return new Promise((resolve) => {
    execFile(process.execPath, [join(folder, 'run-bun.mjs'), 'install', '--help'], options, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    )
  })
}

describe('run-bun.mjs', () => {
  it('installs Bun without its install scripts the first time, and then runs it', async () => {
    const bun = { code: 3, stdout: 'bun install --help\n' }
    const installed = 'Installing Bun, which installs the rest\nnpm ci --ignore-scripts\n'
    expect(await runBun()).toEqual({ ...bun, stderr: installed })
    expect(await runBun()).toEqual({ ...bun, stderr: '' })
  })

  it('installs it again after the lock has changed', async () => {
    await runBun()
    const lock = join(folder, 'package-lock.json')
    writeFileSync(lock, readFileSync(lock, 'utf8').replaceAll('sha512-', 'sha512-A'))
    expect((await runBun()).stderr).toContain('npm ci')
  })

  it('fails if npm did not install it', async () => {
    const { code, stderr } = await runBun({ INSTALLS_NOTHING: 'true' })
    expect(code).toBe(1)
    expect(stderr).toMatch(/Cannot run Bun: npm could not install it \(try "npm ci" in scripts\/bun\)\n$/)
  })
})

describe('the lock of Bun', () => {
  it('has a digest of every package, of the version in package.json', () => {
    const { packageManager } = readJson(fileURLToPath(new URL('package.json', PROJECT)))
    const { '': _, ...packages } = readJson(join(SOURCE, 'package-lock.json')).packages
    expect(Object.keys(packages)).toHaveLength(5)
    for (const [name, { version, integrity }] of Object.entries<Record<string, string>>(packages)) {
      expect(`bun@${version}`, name).toBe(packageManager)
      expect(integrity, name).toMatch(/^sha512-/)
    }
  })
})
