/** The published package, with its cache file, on each JavaScript runtime that is installed. */
import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, realpathSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { NEWEST, wholeOf } from '../../support/client/fake-registry.ts'
import { startFake } from '../../support/client/fixture.ts'
import { catalogue, numbered } from '../../support/client/published-versions.ts'

const RUNTIMES: [name: string, args: string[]][] = [
  ['node', []],
  ['bun', []],
  ['deno', ['run', '--allow-all', '--no-lock', '--node-modules-dir=manual']],
]

const folder = inject('app')
beforeAll(() => {
  copyFileSync(fileURLToPath(new URL('../../support/client/runtime-app.mjs', import.meta.url)), join(folder, 'app.mjs'))
})

/** All executables of this name on the PATH, because there may be several versions of Node.js. */
function executables(name: string): string[] {
  const paths = (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, name))
  const found = [...(name === 'node' ? [process.execPath] : []), ...paths.filter((path) => existsSync(path))]
  return [...new Set(found.map((path) => realpathSync(path)))]
}

describe.each(RUNTIMES)('on %s', (name, args) => {
  const found = executables(name)
  it.runIf(found.length > 0)(
    found.length > 0 ? 'reads, keeps a file, and ends' : 'is left out, because it is not installed',
    async () => {
      for (const [index, executable] of found.entries()) {
        const fake = await startFake(catalogue([numbered(1)]))
        const { version } = fake.current.manifest
        const env = { ...process.env, XDG_CACHE_HOME: join(folder, `${name}-${index}`) }
        const { stdout } = await promisify(execFile)(executable, [...args, 'app.mjs', fake.url], { cwd: folder, env })
        expect(JSON.parse(stdout)).toEqual([
          { version, cached: false, stale: false },
          { version, cached: true, stale: false },
          { version, cached: true, stale: false },
          { version, cached: false, stale: false },
          { version, cached: true, stale: false },
          'acme-one',
        ])
        expect(fake.asked.slice(0, 3)).toEqual([NEWEST, wholeOf(fake.current), NEWEST])
        expect(fake.asked.filter((path) => path.startsWith('/v1/parts'))).toHaveLength(2)
      }
    },
  )
})

describe('on deno with access to the network alone', () => {
  const found = executables('deno')
  it.runIf(found.length > 0)('keeps everything in memory, and requests no other permission', async () => {
    for (const [index, executable] of found.entries()) {
      const fake = await startFake(catalogue([numbered(1)]))
      const audit = join(folder, `permissions-${index}.jsonl`)
      const args = ['run', '--allow-net', '--no-lock', '--node-modules-dir=manual', 'app.mjs', fake.url]
      const env = { ...process.env, DENO_AUDIT_PERMISSIONS: audit }
      const { stdout } = await promisify(execFile)(executable, args, { cwd: folder, env })
      expect(JSON.parse(stdout)).toHaveLength(6)
      const asked = readFileSync(audit, 'utf8').trim().split('\n')
      expect(asked.map((line) => JSON.parse(line).permission).filter((name) => name !== 'net')).toEqual([])
    }
  })
})
