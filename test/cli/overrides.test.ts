import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { styleText } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeChanges } from '../../src/cli/commands/overrides/diff-report.ts'
import type { PlannedChange } from '../../src/cli/commands/overrides/push-plan.ts'
import type { Context } from '../../src/cli/shared/command.ts'
import type { Paint } from '../../src/cli/shared/terminal.ts'
import type { KeyedOverride } from '../../src/core/overrides/override-schema.ts'
import type { Diff, VersionInfo } from '../../src/core/schema/history.ts'
import type { Model } from '../../src/core/schema/model.ts'
import {
  type FakeOverridesRegistry,
  startFakeOverridesRegistry,
  TOKEN,
} from '../support/cli/fake-overrides-registry.ts'
import { type RunResult, runPublished } from '../support/cli/run.ts'
import { catalogue, published } from '../support/client/published-versions.ts'

const PLAIN: Paint = (_, text) => text
const COLOURED: Paint = (style, text) => styleText(style, text, { validateStream: false })

const ROW: VersionInfo = {
  version: 'v1.0123456789ab',
  etag: `"${'0'.repeat(32)}"`,
  root: '0'.repeat(64),
  generatedAt: '2026-07-02T00:00:00.000Z',
  committedAt: '2026-07-02T00:00:00.000Z',
  seq: 1,
  cause: 'override',
  counts: { providers: 1, models: 1 },
  changes: { added: 0, removed: 0, changed: 0 },
  attribution: [],
  chain: '',
}
const NOTHING: Diff = {
  from: ROW,
  to: ROW,
  summary: { added: 0, removed: 0, changed: 0 },
  providers: { added: [], removed: [], changed: [] },
  models: { added: [], removed: [], changed: [] },
}
const model = (value: string): Model => ({
  id: `custom:p:${value}`,
  provider: 'p',
  value,
  name: 'N',
  alias: 'N',
  family: 'p/n',
  type: 'chat',
  status: 'active',
  pricing: { input: 1, output: 2.5 },
})
const PRICED: Diff = {
  ...NOTHING,
  summary: { added: 1, removed: 1, changed: 1 },
  providers: { ...NOTHING.providers, added: [{ value: 'p', name: 'P', status: 'active' }] },
  models: {
    added: [model('new')],
    removed: [model('gone')],
    changed: [
      {
        provider: 'p',
        value: 'm',
        changes: [
          { path: 'pricing.input', before: 1, after: 2 },
          { path: 'iq', before: 3 },
        ],
      },
    ],
  },
}
const override = (value: string, note = 'n'): KeyedOverride => ({ provider: 'p', value, hidden: true, note })

describe('describeChanges()', () => {
  const changes = ['gone', 'm', 'new', 'quiet'].map(
    (value): PlannedChange => ({ kind: 'new', override: override(value) }),
  )

  it('shows what is added, removed and changed, and which overrides change nothing', () => {
    expect(describeChanges(changes, PRICED, PLAIN)).toBe(`+ provider p  "P"
- p/gone
+ p/new  "N"  USD per 1M tokens: input 1, output 2.5
~ p/m
    pricing.input  1 -> 2
    iq  3 -> unknown
Providers: 1 added, 0 removed, 0 changed
Models: 1 added, 1 removed, 1 changed

Overrides that do not change the manifest:
  p/quiet (new)`)
  })

  it('writes the same text in colour', () => {
    const text = describeChanges(changes, PRICED, COLOURED)
    expect(text).toContain('\x1b[32m+ p/new')
    expect(text).toContain('\x1b[31m- p/gone')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    expect(text.replaceAll(/\x1b\[\d+m/g, '')).toBe(describeChanges(changes, PRICED, PLAIN))
  })

  it('never sends control characters in a name to the terminal', () => {
    const added = [{ ...model('new'), name: 'A\x1b[2J' }]
    const diff = { ...PRICED, models: { ...PRICED.models, added } }
    expect(describeChanges(changes, diff, PLAIN)).not.toContain('\x1b')
  })
})

describe('overrides', () => {
  let registry: FakeOverridesRegistry
  let folder: string
  beforeEach(async () => {
    registry = await startFakeOverridesRegistry(PRICED)
    folder = await mkdtemp(join(tmpdir(), 'overrides-'))
    await writeFile(join(folder, 'p.json'), JSON.stringify({ models: { m: { hidden: true, note: 'n' } } }))
  })
  afterEach(async () => {
    registry.close()
    await rm(folder, { recursive: true })
  })

  const runOn = (args: string[], context: Partial<Context> = {}): Promise<RunResult> =>
    runPublished(['overrides', ...args, folder, '--url', registry.url], { ADMIN_TOKEN: TOKEN }, context)

  it('diff exits with 2 when a push would change the manifest, and sends nothing', async () => {
    const { code, output } = await runOn(['diff'])
    expect(output).toContain('pricing.input  1 -> 2')
    expect(code).toBe(2)
    expect(registry.sent).toEqual([])
  })

  it('diff exits with 0, and reports it, if a push would change only the record of overrides', async () => {
    registry.diff = NOTHING
    const { code, output } = await runOn(['diff'])
    expect(output).toContain('The manifest does not change.')
    expect(output).toContain('p/m (new)')
    expect(code).toBe(0)
  })

  it('diff exits with 0 if the files equal the active overrides', async () => {
    registry.active = [override('m')]
    expect((await runOn(['diff'])).code).toBe(0)
  })

  it('push sends what differs as one request and prints the outcome', async () => {
    registry.active = [override('old'), { ...override('x'), provider: 'q' }]
    const { code, output } = await runOn(['push', '--yes'])
    expect(registry.sent).toEqual([[override('m'), { provider: 'p', value: 'old', delete: true }]])
    expect(output).toContain('Committed: v1.0123456789ab, seq 7')
    expect(code).toBe(0)
  })

  it('push --all deletes the overrides of providers without a file', async () => {
    registry.active = [override('m'), { ...override('x'), provider: 'q' }]
    await runOn(['push', '--yes', '--all'])
    expect(registry.sent).toEqual([[{ provider: 'q', value: 'x', delete: true }]])
  })

  it('push asks first, and needs --yes if it cannot ask', async () => {
    expect(await runOn(['push'], { confirm: async () => false })).toMatchObject({ code: 1 })
    await expect(runOn(['push'])).rejects.toThrow(/no terminal to confirm at.*--yes/)
    expect(registry.sent).toEqual([])
    expect(await runOn(['push'], { confirm: async () => true })).toMatchObject({ code: 0 })
    expect(registry.sent).toHaveLength(1)
  })

  it('push neither asks nor sends if there is nothing to send', async () => {
    registry.active = [override('m')]
    expect((await runOn(['push'])).code).toBe(0)
    expect(registry.sent).toEqual([])
  })

  it('names every base that is missing when the registry refuses', async () => {
    const hosted = (slug: string) => ({ inheritFrom: { provider: 'openai', value: slug }, note: 'n' })
    const models = {
      a: hosted('gpt-5'),
      b: hosted('renamed'),
      c: hosted('gone'),
      d: { inheritFrom: { provider: 'p', value: 'a' }, note: 'n' },
    }
    await writeFile(join(folder, 'p.json'), JSON.stringify({ models }))
    registry.served = published(catalogue([{ ...model('gpt-5'), provider: 'openai' }])).text
    registry.refusal = { status: 409, detail: 'cannot inherit from "openai/renamed": no such model' }
    const stopped = runOn(['push', '--yes'])
    await expect(stopped).rejects.toThrow('cannot inherit from "openai/renamed": no such model (409)')
    await expect(stopped).rejects.toThrow(/ {2}openai\/renamed, for p\/b\n {2}openai\/gone, for p\/c$/)
    expect(registry.sent).toEqual([])
  })

  it('sends nothing when a file is wrong', async () => {
    await writeFile(join(folder, 'q.json'), '{"models": {"m": {"set": {"iq": 6}, "note": "n"}}}')
    await expect(runOn(['push', '--yes'])).rejects.toThrow(/q\.json": models\.m\.set\.iq: Too big/)
    expect(registry.sent).toEqual([])
  })

  it('sends no more than the registry accepts at once', async () => {
    registry.active = Array.from({ length: 1001 }, (_, index) => override(`m${index}`))
    await expect(runOn(['push', '--yes'])).rejects.toThrow(
      /1002 overrides differ, but one request can contain at most 1000/,
    )
  })

  it('pull writes what the registry has, so that diff finds nothing', async () => {
    registry.active = [{ provider: 'q', set: { name: 'Q' }, note: 'n' }, override('x', 'y')]
    await writeFile(join(folder, 'p.json'), '{ "comment": "mine" }')
    expect((await runOn(['pull'])).code).toBe(0)
    expect(await readdir(folder)).toEqual(['p.json', 'q.json'])
    expect((await runOn(['diff'])).output).toMatch(/: 0\n$/)
  })

  it('pull writes nothing while a file has an override that was never sent', async () => {
    const before = await readFile(join(folder, 'p.json'), 'utf8')
    const stopped = runOn(['pull'])
    await expect(stopped).rejects.toThrow(/some that were never sent to http:.*: p\/m\nPush them first, or use --force/)
    expect(await readFile(join(folder, 'p.json'), 'utf8')).toBe(before)
    registry.active = [override('x')]
    await expect(runOn(['pull'])).rejects.toThrow(': p/m\n')
    expect((await runOn(['pull', '--force'])).code).toBe(0)
    expect((await runOn(['diff'])).output).toMatch(/: 0\n$/)
  })

  it('pull replaces what the registry had once', async () => {
    registry.past = Array.from({ length: 700 }, (_, index) => override(index === 600 ? 'm' : `m${index}`))
    registry.active = [override('x')]
    expect((await runOn(['pull'])).code).toBe(0)
    expect((await runOn(['diff'])).output).toMatch(/: 0\n$/)
  })

  it('prints the error of a registry that refuses reads', async () => {
    const stopped = runPublished(['overrides', 'pull', folder, '--url', registry.url], {
      ADMIN_TOKEN: 'a-token-of-another',
    })
    await expect(stopped).rejects.toThrow("Cannot read the registry's overrides: send a token (401)")
  })

  it.each([
    [['drop', 'x'], 'Cannot read the command line: unknown command "drop" (see --help)'],
    [['dif', 'x'], 'Cannot read the command line: unknown command "dif", did you mean diff? (see --help)'],
    [['pull', 'x', '--all'], 'Cannot read the command line: unknown option "--all" (see --help)'],
    [['diff'], 'Cannot read the command line: missing required argument "directory" (see --help)'],
    [['diff', 'nowhere'], 'Cannot read the folder "nowhere": no such folder'],
    [['diff', 'x', '--url', 'y'], 'Cannot diff overrides: "y" is not a URL such as http://localhost:8787'],
  ])('stops on %j', async (args, message) => {
    await expect(runPublished(['overrides', ...args], { ADMIN_TOKEN: TOKEN })).rejects.toThrow(message)
  })

  it('runs as a command with an exit code, without colour if NO_COLOR is set', async () => {
    const child = spawn('node', ['scripts/registry.ts', 'overrides', 'diff', folder, '--url', registry.url], {
      env: { ...process.env, ADMIN_TOKEN: TOKEN, NO_COLOR: '1' },
    })
    const code = new Promise((resolve) => child.once('exit', resolve))
    const output = await text(child.stdout)
    expect(output).toContain('~ p/m\n')
    expect(output).not.toContain('\x1b')
    expect(await code).toBe(2)
  })
})
