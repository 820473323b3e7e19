import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CommandError } from '../../src/cli/shared/command.ts'
import { startPriceRegistry } from '../support/cli/cost/fake-price-registry.ts'
import {
  type FakeOverridesRegistry,
  startFakeOverridesRegistry,
  TOKEN,
} from '../support/cli/fake-overrides-registry.ts'
import { type FakeRegistry, startFakeRegistry } from '../support/cli/fake-registry.ts'
import { runPublished } from '../support/cli/run.ts'
import { anyBroken } from '../support/fuzz/any-broken.ts'
import { anyNastyJson, anyNastyText, mutated } from '../support/fuzz/any-nasty.ts'
import { model } from '../support/rows.ts'

const RUNS = 60

let folder: string
let prices: Awaited<ReturnType<typeof startPriceRegistry>>
let pulls: FakeRegistry
let overrides: FakeOverridesRegistry
beforeAll(async () => {
  prices = await startPriceRegistry([model({ pricing: { input: 1, output: 2 } })])
  pulls = await startFakeRegistry()
  overrides = await startFakeOverridesRegistry({})
})
afterAll(() => {
  for (const registry of [prices, pulls, overrides]) registry.close()
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fuzz-'))
})
afterEach(() => rm(folder, { recursive: true }))

type Content = string | number[]

/** Content that is nearly valid for a command, with something wrong in it. */
function anyContentLike(...values: unknown[]): fc.Arbitrary<Content> {
  const value = fc.constantFrom(...values)
  const text = fc.oneof(
    value.map((json) => JSON.stringify(json)),
    mutated(value).map((json) => JSON.stringify(json)),
    anyNastyJson.map((json) => JSON.stringify(json)),
    anyNastyText,
  )
  const lines = fc.array(text, { maxLength: 3 }).map((all) => all.join('\n'))
  const bytes = fc.uint8Array({ maxLength: 40 }).map((all) => [...all])
  return fc.oneof(
    lines,
    bytes,
    anyBroken(lines).map((content) => content ?? ''),
  )
}

/** Writes bytes to a file. A file named .gz may be compressed or not. */
async function write(name: string, content: Content, isCompressed: boolean): Promise<string> {
  const path = join(folder, name)
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content)
  await writeFile(path, isCompressed ? gzipSync(bytes) : bytes)
  return path
}

/** The command ends with an exit code or with an error message of its own. */
async function endsPlainly(args: string[], env: Record<string, string> = {}): Promise<void> {
  let ran: Awaited<ReturnType<typeof runPublished>>
  try {
    ran = await runPublished(args, env)
  } catch (error) {
    expect(error).toBeInstanceOf(CommandError)
    expect(String(error)).not.toMatch(/\n\s+at .*:\d+/)
    return
  }
  expect([0, 1, 2, 3]).toContain(ran.code)
  expect(ran.output + ran.notes).not.toMatch(/\n\s+at .*:\d+|\b(TypeError|RangeError|SyntaxError)\b/)
}

const anyName = (...names: string[]) => fc.constantFrom(...names)
const USAGE = { model: 'acme/one', time: '2026-01-31T00:00:00Z', input_tokens: 10, output_tokens: 3 }
const AI_SDK = { model: 'one', usage: { inputTokens: 10, inputTokenDetails: { cacheReadTokens: 2 }, outputTokens: 3 } }

describe('whatever is in a file', { timeout: 60_000 }, () => {
  it('cost prints sums or an error', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          anyContentLike(USAGE, AI_SDK, [USAGE], { usage: USAGE }),
          fc.array(anyNastyText, { maxLength: 6 }).map((cells) => `model,time,input_tokens\n${cells.join(',')}\n`),
        ),
        anyName('usage.json', 'usage.ndjson', 'usage.csv', 'usage.json.gz'),
        fc.boolean(),
        async (content, name, isCompressed) =>
          endsPlainly(['cost', await write(name, content, isCompressed), '--url', prices.url, '--utc']),
      ),
      { numRuns: RUNS },
    ))

  it('restore refuses it before anything is sent', () =>
    fc.assert(
      fc.asyncProperty(
        anyContentLike(
          { format: 'llm-registry-backup', formatVersion: 1, exportedAt: '2026-01-31T00:00:00.000Z', seq: 1 },
          { table: 'settings', row: { key: 'pin', value: '{}' } },
          { lines: 1, digest: '0'.repeat(64) },
        ),
        anyName('backup.ndjson', 'backup.ndjson.gz'),
        fc.boolean(),
        async (content, name, isCompressed) =>
          endsPlainly(['restore', await write(name, content, isCompressed), '--url', overrides.url], {
            ADMIN_TOKEN: TOKEN,
          }),
      ),
      { numRuns: RUNS },
    ))

  it('replay skips files that are not pulls', () =>
    fc.assert(
      fc.asyncProperty(
        anyContentLike({ fetchedAt: '2026-01-31T00:00:00.000Z', pages: [{ content: 'a' }] }),
        anyName('1.json', '1.json.gz', '2.json'),
        fc.boolean(),
        async (content, name, isCompressed) => {
          await rm(join(folder, 'pulls'), { recursive: true, force: true })
          await mkdir(join(folder, 'pulls'))
          await write(join('pulls', name), content, isCompressed)
          await endsPlainly(['replay', join(folder, 'pulls'), '--url', pulls.url], { ADMIN_TOKEN: TOKEN })
        },
      ),
      { numRuns: RUNS },
    ))

  it('overrides push reports what is wrong, and then sends nothing', () =>
    fc.assert(
      fc.asyncProperty(
        anyContentLike({ comment: 'x', models: { one: { set: { iq: 3 }, note: 'n' } } }, { provider: { note: 'n' } }),
        anyName('acme.json', 'Acme.json', '%41cme.json', '%zz.json', 'a%2Fb.json'),
        async (content, name) => {
          await rm(join(folder, 'overrides'), { recursive: true, force: true })
          await mkdir(join(folder, 'overrides'))
          await write(join('overrides', name), content, false)
          await endsPlainly(['overrides', 'push', join(folder, 'overrides'), '--yes', '--url', overrides.url], {
            ADMIN_TOKEN: TOKEN,
          })
        },
      ),
      { numRuns: RUNS },
    ))

  it('endless nesting ends a command with an error', async () => {
    const deep = '['.repeat(3000) + ']'.repeat(3000)
    const modes = `{"fast":{"request":{"body":{"a":${deep}}}}}`
    await write('usage.json', `[{"model":"acme/one","usage":${deep}}]`, false)
    await endsPlainly(['cost', join(folder, 'usage.json'), '--url', prices.url])
    await mkdir(join(folder, 'overrides'))
    const file = `{"models":{"one":{"set":{"pricing":{"input":1,"modes":${modes}}},"note":"n"}}}`
    await write('overrides/acme.json', file, false)
    await endsPlainly(['overrides', 'push', join(folder, 'overrides'), '--yes', '--url', overrides.url], {
      ADMIN_TOKEN: TOKEN,
    })
    await write('backup.ndjson', `{"table":"settings","row":${deep}}\n`, false)
    await endsPlainly(['restore', join(folder, 'backup.ndjson'), '--url', overrides.url], { ADMIN_TOKEN: TOKEN })
  })
})
