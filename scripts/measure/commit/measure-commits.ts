/**
 * CPU time of workerd for commits of a registry that begins empty in each round, in a process of its own: a registry
 * builds once a day, with code that was not compiled yet. `JSON.parse` is measured in the same process.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { type Answer, detailOf, outcomeOf, RegistryClient } from '../../../src/cli/shared/registry-client.ts'
import { PUBLISH_MS } from '../shared/send-days.ts'
import type { Harness } from '../workerd/harness.ts'
import type { Neighbour } from '../workerd/workerd-config.ts'
import { type Body, changeRows } from './read-body.ts'

export const PARSER: Neighbour = { name: 'parser', script: new URL('workers/parse-worker.js', import.meta.url) }
export const CHANGED_ROWS = 300
const PARSES = 10
/** So long ago that no pull is ahead of any clock. */
const FIRST_DAY = Date.parse('2026-01-01T02:00:00.000Z')
const DAY_MS = 86_400_000
/** Days of changed rows after the first build, and overrides after those. */
const TIMES = 3

export type Step = 'parse' | 'first' | 'publish' | 'changed' | 'same' | 'preview' | 'override'
/** CPU microseconds of each step, by round. */
export type CommitCosts = Record<Step, number[]>

export async function measureCommits(
  harness: Harness,
  token: string,
  body: Body,
  rounds: number,
  onRound: () => void,
): Promise<CommitCosts> {
  const costs: CommitCosts = { parse: [], first: [], publish: [], changed: [], same: [], preview: [], override: [] }
  const days = Array.from({ length: TIMES + 1 }, (_, day) => (day === 0 ? body : changeRows(body, CHANGED_ROWS, day)))
  for (let round = 0; round < rounds; round++) {
    await harness.clear()
    const measured = await measureRound(harness, new RegistryClient({ url: harness.url, token }), days)
    for (const [step, micros] of Object.entries(measured)) costs[step as Step].push(micros) // its own keys
    onRound()
  }
  return costs
}

async function measureRound(harness: Harness, client: RegistryClient, days: Body[]): Promise<Record<Step, number>> {
  const cpuOf = (call: () => Promise<unknown>) => cpuMicrosOf(harness, call)
  const pullOf = (day: number, at: number) => ({
    source: 'models.dev',
    fetchedAt: new Date(FIRST_DAY + at * DAY_MS).toISOString(),
    pages: [days[day]],
  })
  const send = async (day: number, at: number) =>
    expectOutcome(await client.post('/v1/admin/pulls', pullOf(day, at)), ['committed', 'unchanged'])
  // The code is loaded, and the tables are there.
  await client.get('/v1/status')
  const first = await cpuOf(() => send(0, 0))
  const publish = await cpuOf(() => wait(PUBLISH_MS))
  const changed: number[] = []
  for (let day = 1; day <= TIMES; day++) {
    changed.push(await cpuOf(() => send(day, day)))
    await wait(PUBLISH_MS)
  }
  const same = await cpuOf(() => send(TIMES, TIMES + 1))
  const [provider = '', value = ''] = someModel(days[0])
  const target = `/v1/admin/overrides/models/${encodeURIComponent(provider)}/${encodeURIComponent(value)}`
  const put = (note: string, query = '') =>
    cpuOf(async () => {
      const override = JSON.stringify({ set: { releaseDate: `2020-01-1${note}` }, note })
      const init = { method: 'PUT', body: override, contentType: 'application/json' }
      const response = await client.request(target + query, init)
      const answer = { status: response.status, body: await response.json() }
      expectOutcome(answer, query ? ['would-commit'] : ['committed'])
    })
  const preview: number[] = []
  const override: number[] = []
  for (let time = 1; time <= TIMES; time++) {
    preview.push(await put(String(time), '?dryRun=true'))
    override.push(await put(String(time)))
    await wait(PUBLISH_MS)
  }
  const parse = await measureParse(harness, JSON.stringify(days[0]))
  return { parse, first, publish, changed: mean(changed), same, preview: mean(preview), override: mean(override) }
}

/** The first model of the provider that is in the middle by its number of models. */
function someModel(body: Body = {}): string[] {
  const sorted = Object.entries(body).sort(
    ([, a], [, b]) => Object.keys(a.models).length - Object.keys(b.models).length,
  )
  const [provider = '', listed] = sorted[Math.floor(sorted.length / 2)] ?? []
  return [provider, Object.keys(listed?.models ?? {})[0] ?? '']
}

async function measureParse(harness: Harness, text: string): Promise<number> {
  const url = harness.urlOf(PARSER.name)
  await fetch(`${url}/?times=2`, { method: 'PUT', body: text })
  const micros = await cpuMicrosOf(harness, async () => (await fetch(`${url}/?times=${PARSES}`)).text())
  return micros / PARSES
}

async function cpuMicrosOf(harness: Harness, call: () => Promise<unknown>): Promise<number> {
  const before = harness.cpuMicros()
  await call()
  return harness.cpuMicros() - before
}

function expectOutcome(answer: Answer, wanted: string[]): void {
  const outcome = outcomeOf(answer)
  if (outcome && wanted.includes(outcome.outcome)) return
  throw new CommandError(`Cannot measure: ${outcome?.reasons ?? outcome?.outcome ?? detailOf(answer)}`)
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
