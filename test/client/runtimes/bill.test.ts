/** One bill, priced in three ways against the Worker itself: by the client, over HTTP, and by the command. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cost } from '../../../src/cli/commands/cost.ts'
import type { ClientError, CostLine, Reader } from '../../../src/client/index.ts'
import { run } from '../../support/cli/run.ts'
import { connect } from '../../support/client/fixture.ts'
import {
  type BilledRow,
  isGone,
  isUnsure,
  listedAt,
  NIGHTLY,
  PROMOTED,
  PROMOTION,
  randomBill,
} from '../../support/client/random-bill.ts'
import { type RealRegistry, startRegistry } from '../../support/client/real-registry.ts'
import { add, multiply, plain } from '../../support/core/naive/naive-cost.ts'
import { modelsDev } from '../../support/sources/models-dev-catalogue.ts'

const BILL = randomBill(10_000)
/** The most items that one request accepts. */
const BATCH = 1000

/** The cost of one row, or the code of why it is unknown. */
interface Answer {
  usd?: number
  lines?: CostLine[]
  code?: string
}

let real: RealRegistry
const folder = mkdtempSync(join(tmpdir(), 'bill-'))

beforeAll(async () => {
  real = await startRegistry({ MODELS_DEV_URL: 'https://models.dev.invalid/api.json' })
  for (const [index, factor] of [1, 1.1, 0.9].entries())
    expect((await real.pullModelsDev(modelsDev(listedAt(factor, index === 2)), index + 1)).outcome).toBe('committed')
  expect((await real.override('models/openai/nightly', NIGHTLY)).outcome).toBe('committed')
  expect((await real.override(`models/openai/${PROMOTED}`, PROMOTION)).outcome).toBe('committed')
}, 60_000)
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await real?.close()
})

async function priceOverHttp(rows: BilledRow[]): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let at = 0; at < rows.length; at += BATCH) {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } }
    const response = await fetch(`${real.url}/v1/cost`, { ...init, body: JSON.stringify(rows.slice(at, at + BATCH)) })
    if (!response.ok) throw new Error(await response.text())
    const batch = (await response.json()) as (Answer & { problem?: { code: string } })[] // by the contract
    answers.push(...batch.map(({ usd, lines, problem }) => answerOf(usd, lines, problem?.code)))
  }
  return answers
}

async function priceByCommand(rows: BilledRow[]): Promise<{ answers: Answer[]; total: number; code: number }> {
  const file = join(folder, 'usage.ndjson')
  const receipts = join(folder, 'receipts.ndjson')
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  const ran = await run(cost, [file, '--url', real.url, '--receipts', receipts, '--format', 'ndjson'])
  const linesOf = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  const answers = linesOf(readFileSync(receipts, 'utf8')).map(({ usd, lines, problem }) =>
    answerOf(usd, lines, problem?.code),
  )
  return { answers, total: linesOf(ran.output).at(-1).usd, code: ran.code }
}

/** Uses the manifest that was current at the time of each row, and a request if it does not have the price. */
async function priceByClient(rows: BilledRow[]): Promise<Answer[]> {
  // All rows at once wait for each other.
  const registry = connect(real, { timeout: 100_000 })
  const { data: versions = [] } = await registry.getVersions()
  const readers = new Map<string, Reader>(versions.map(({ version }) => [version, registry.at(version)]))
  return Promise.all(
    rows.map(async ({ provider, model, usage, at, mode }) => {
      const current = versions.find(({ committedAt }) => committedAt <= at)
      const isForRegistry = model === PROMOTED || isUnsure(model)
      const reader = isForRegistry ? registry : readers.get(current?.version ?? '')
      if (!reader) return { code: 'unknown-price' }
      const { data, error } = await reader.costOf(provider ? { provider, value: model } : model, usage, { at, mode })
      return answerOf(data?.usd, data?.lines, error && codeOf(error))
    }),
  )
}

function codeOf(error: ClientError): string {
  if (error.name === 'CostError') return error.failure.code
  return error.name === 'ProblemError' ? (error.code ?? error.name) : error.name
}

function answerOf(usd?: number, lines?: CostLine[], code?: string): Answer {
  return usd === undefined ? { code } : { usd, lines }
}

describe('a bill of 10,000 rows of all shapes', () => {
  it('is the same to the last digit from client, HTTP and command', async () => {
    const [http, byCommand, byClient] = [
      await priceOverHttp(BILL),
      await priceByCommand(BILL),
      await priceByClient(BILL),
    ]
    expect(byCommand.answers).toEqual(http)
    expect(byClient).toEqual(http)
    const gone = http.filter((_, index) => isGone(`${BILL[index]?.model}`))
    expect(new Set(gone.map(({ code }) => code))).toEqual(
      new Set([undefined, 'unknown-price', 'unknown-mode', 'ambiguous-model']),
    )
    const promoted = http.filter((_, index) => BILL[index]?.model === PROMOTED).flatMap(({ lines = [] }) => lines)
    expect(promoted.some(({ price }) => price === 0.375)).toBe(true)
    const lines = http.flatMap(({ lines = [] }) => lines)
    const exact = lines.map(({ tokens, price }) => multiply(multiply(plain(price), `${tokens}`), '0.000001'))
    expect(byCommand.total).toBe(Number(exact.reduce(add, '0')))
    // The test proves little unless most rows have a price, and every kind of price occurs.
    expect(http.filter(({ usd }) => usd !== undefined).length).toBeGreaterThan(3000)
    expect(new Set(lines.map(({ kind }) => kind)).size).toBe(8)
    expect(lines.some(({ tier }) => tier) && lines.some(({ mode }) => mode) && lines.some(({ window }) => window)).toBe(
      true,
    )
    expect(byCommand.code).toBe(3)
  }, 120_000)
})
