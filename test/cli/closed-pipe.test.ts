/** The command where whoever reads its output ends first, as `head -n 1` does. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakePriceRegistry, startPriceRegistry } from '../support/cli/cost/fake-price-registry.ts'
import { period } from '../support/cli/cost/priced-rows.ts'
import { toLines } from '../support/cli/cost/usage-files.ts'
import { model } from '../support/rows.ts'

const SCRIPT = fileURLToPath(new URL('../../scripts/registry.ts', import.meta.url))
/** Of output: more than the pipe and the buffers on both of its sides hold. */
const ROWS = 5000

let registry: FakePriceRegistry
const folder = mkdtempSync(join(tmpdir(), 'closed-pipe-'))
const file = join(folder, 'usage.ndjson')
beforeAll(async () => {
  const pricing = { input: 1, output: 2 }
  const prices = { 'acme/acme-one': [period('2026-08-01', undefined, pricing)] }
  registry = await startPriceRegistry([model({ value: 'acme-one', lab: 'acme', firstParty: true, pricing })], prices)
  const row = { model: 'acme-one', at: '2026-09-01T00:00:00Z', usage: { prompt_tokens: 10, completion_tokens: 1 } }
  writeFileSync(file, toLines(...Array.from({ length: ROWS }, (_, index) => ({ ...row, request: `request ${index}` }))))
})
afterAll(() => {
  registry.close()
  rmSync(folder, { recursive: true })
})

type Pipe = 'stdout' | 'stderr'

/** With this pipe closed before anything is written, or after the first bytes. */
async function start(args: string[], closed: Pipe, after: 'the start' | 'the first bytes') {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  if (after === 'the start') child[closed].destroy()
  else child[closed].once('data', () => child[closed].destroy())
  const code = new Promise((resolve) => child.once('close', resolve))
  const others = await text(closed === 'stdout' ? child.stderr : child.stdout)
  return { code: await code, others }
}

describe('a command whose reader ends first', () => {
  it.each(['the start', 'the first bytes'] as const)('ends as if it had been read: after %s', async (after) => {
    const args = ['cost', file, '--by', 'request', '--format', 'ndjson', '--url', registry.url]
    expect(await start(args, 'stdout', after)).toEqual({ code: 0, others: '' })
  })

  it('prints its help without a reader', async () => {
    expect(await start(['--help'], 'stdout', 'the start')).toEqual({ code: 0, others: '' })
  })

  it('fails without a reader of its errors, too', async () => {
    expect(await start(['--halp'], 'stderr', 'the start')).toEqual({ code: 1, others: '' })
  })
})
