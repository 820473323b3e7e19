/** Runs scripts as users start them: through npm and by their files. */
import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NODE_20 } from '../../support/cli/node-20.ts'
import { FakeRegistry } from '../../support/client/fake-registry.ts'

const PROJECT = new URL('../../../', import.meta.url)

interface Ended {
  code: number | string | null | undefined
  stdout: string
  stderr: string
}

function start(file: string, args: string[], env: Record<string, string | undefined> = {}): Promise<Ended> {
  const options = { cwd: fileURLToPath(PROJECT), env: { ...process.env, NO_COLOR: '1', ...env } }
  return new Promise((resolve) => {
    execFile(file, args, options, (error, stdout, stderr) => resolve({ code: error ? error.code : 0, stdout, stderr }))
  })
}

const scripts = globSync('scripts/{build,checks}/*.ts', { cwd: PROJECT }).filter((file) =>
  readFileSync(new URL(file, PROJECT), 'utf8').includes('await runScript('),
)

describe.each(scripts)('%s', (script) => {
  it('prints its help instead of running', async () => {
    const { code, stdout, stderr } = await start(process.execPath, [script, '--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^Usage: .*\n.*Exit codes:/s)
  })

  it('refuses an unknown option', async () => {
    const complaint = 'Cannot read the command line: unknown option "--halp", did you mean --help? (see --help)\n'
    expect(await start(process.execPath, [script, '--halp'])).toEqual({ code: 1, stdout: '', stderr: complaint })
  })
})

it('every script that is run directly has help', () => {
  const package_ = JSON.parse(readFileSync(new URL('package.json', PROJECT), 'utf8'))
  const run = Object.values<string>(package_.scripts).flatMap(
    (line) => /scripts\/(?!registry)\S+\.ts/.exec(line)?.[0] ?? [],
  )
  expect(scripts).toEqual(expect.arrayContaining(run))
  expect(scripts.length).toBeGreaterThanOrEqual(7)
})

describe('an option that npm consumes', () => {
  it('is refused with the right spelling, and nothing is done', async () => {
    const { code, stderr } = await start('npm', ['run', '--silent', 'seed', '--sample'])
    expect(code).toBe(1)
    expect(stderr).toContain('npm consumed --sample; write "--" before it: npm run seed -- --sample\n')
  })

  it('is also refused by npm start', async () => {
    // The environment that npm sets, without running npm.
    const npm = { npm_command: 'start', npm_lifecycle_event: 'start', npm_config_empty: 'true' }
    const { code, stdout, stderr } = await start(process.execPath, ['scripts/registry.ts', 'start'], npm)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('npm consumed --empty; write "--" before it: npm start -- --empty\n')
  })
})

describe('the examples', () => {
  let registry: FakeRegistry
  beforeAll(async () => {
    registry = await FakeRegistry.start()
  })
  afterAll(() => registry.close())

  /** Runs npm with the oldest installed Node.js, which cannot run TypeScript. */
  const runExample = (...args: string[]) => {
    const path = `${NODE_20 ? NODE_20.replace(/node$/, '') : ''}${delimiter}${process.env.PATH}`
    const env = { PATH: path, REGISTRY_URL: registry.url, READ_TOKEN: '' }
    return start('npm', ['run', '--silent', 'example', '--', ...args], env)
  }

  it.each(['find-a-model', 'choose-effort', 'own-models', 'compare-costs', 'distinguish-errors'])(
    'run by their names, with any installed Node.js: %s',
    async (name) => {
      expect(await runExample(name)).toMatchObject({ code: 0, stdout: expect.stringMatching(/./) })
    },
  )

  it('are listed for an unknown name', async () => {
    const { code, stderr } = await runExample('pick-a-model')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^Cannot run the example "pick-a-model": not one of choose-effort, .*, find-a-model/)
  })
})
