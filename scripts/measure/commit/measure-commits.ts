/**
 * CPU time of workerd for commits of a registry that begins empty in each round, in a process of its own: a registry
 * builds once a day, with code that was not compiled yet. `JSON.parse` is measured in the same process.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { type Answer, detailOf, outcomeOf, RegistryClient } from '../../../src/cli/shared/registry-client.ts'
import { PUBLISH_MS } from '../shared/sent-day.ts'
import type { Harness } from '../workerd/harness.ts'
import type { Neighbour } from '../workerd/workerd-config.ts'
import { type Body, changeRows } from './read-body.ts'

export const PARSER: Neighbour = { name: 'parser', script: new URL('workers/parse-worker.js', import.meta.url) }
export const CHANGED_ROWS = 300
const PARSES = 10
/** Long ago, so that no pull is in the future. */
const FIRST_DAY = Date.parse('2026-01-01T02:00:00.000Z')
const DAY_MS = 86_400_000
/** Days of changed rows of each kind, and overrides. */
const TIMES = 3

const STEPS = [
  ...(['parse', 'first', 'publish', 'changed', 'scattered', 'same', 'refused'] as const),
  ...(['preview', 'override', 'evicted', 'evicted again'] as const),
] as const
export type Step = (typeof STEPS)[number]
/** CPU microseconds of each step, by round. */
export type CommitCosts = Record<Step, number[]>

export async function measureCommits(
  harness: Harness,
  token: string,
  body: Body,
  rounds: number,
  onRound: () => void,
): Promise<CommitCosts> {
  const costs: Partial<CommitCosts> = {}
  for (let round = 0; round < rounds; round++) {
    await harness.clear()
    const measured = await new Round(harness, token, body).measure()
    for (const step of STEPS) costs[step] = [...(costs[step] ?? []), measured[step]]
    onRound()
  }
  return costs as CommitCosts // with every step of a round
}

class Round {
  readonly #harness: Harness
  readonly #token: string
  #client: RegistryClient
  readonly #body: Body
  #day = 0

  constructor(harness: Harness, token: string, body: Body) {
    this.#harness = harness
    this.#token = token
    this.#client = new RegistryClient({ url: harness.url, token })
    this.#body = body
  }

  async measure(): Promise<Record<Step, number>> {
    // The code is loaded, and the tables are there.
    await this.#client.get('/v1/status')
    const first = await this.#send(this.#body)
    const publish = await this.#cpuOf(() => wait(PUBLISH_MS))
    const changed = await this.#sendChanges(false)
    const scattered = await this.#sendChanges(true)
    const last = changeRows(this.#body, CHANGED_ROWS, TIMES, true)
    const same = await this.#send(last, ['unchanged'])
    this.#day -= 1
    const refused = await this.#send(this.#body, [])
    const { preview, override } = await this.#override()
    const evicted = await this.#sendEvicted(1)
    const again = await this.#sendEvicted(2)
    const parse = await this.#parse(JSON.stringify(this.#body))
    const others = { publish, changed, scattered, same, refused, preview, override }
    return { parse, first, ...others, evicted, 'evicted again': again }
  }

  /** Nothing is in memory, and no code is compiled: as after a day without a request. */
  async #sendEvicted(time: number): Promise<number> {
    await this.#harness.restart()
    this.#client = new RegistryClient({ url: this.#harness.url, token: this.#token })
    await this.#client.get('/v1/status')
    // The earlier overrides have the current time.
    return this.#sendOf(new Date().toISOString(), changeRows(this.#body, CHANGED_ROWS, TIMES + time))
  }

  async #sendChanges(isScattered: boolean): Promise<number> {
    const micros: number[] = []
    for (let time = 1; time <= TIMES; time++) {
      micros.push(await this.#send(changeRows(this.#body, CHANGED_ROWS, time, isScattered)))
      await wait(PUBLISH_MS)
    }
    return mean(micros)
  }

  /** As of the next day, unless the day is set back: then it is refused, which no outcome is wanted for. */
  async #send(body: Body, wanted = ['committed']): Promise<number> {
    const fetchedAt = new Date(FIRST_DAY + this.#day * DAY_MS).toISOString()
    this.#day += 1
    return this.#sendOf(fetchedAt, body, wanted)
  }

  async #sendOf(fetchedAt: string, body: Body, wanted = ['committed']): Promise<number> {
    const pull = JSON.stringify({ source: 'models.dev', fetchedAt, pages: [body] })
    return this.#request('POST', '/v1/admin/pulls', pull, wanted)
  }

  /** Each of another date, of a model of the provider that is in the middle by its number of models. */
  async #override(): Promise<Pick<Record<Step, number>, 'preview' | 'override'>> {
    const path = `/v1/admin/overrides/models/${someModel(this.#body).map(encodeURIComponent).join('/')}`
    const preview: number[] = []
    const override: number[] = []
    for (let time = 1; time <= TIMES; time++) {
      const body = JSON.stringify({ set: { releaseDate: `2020-01-0${time}` }, note: 'Measured' })
      preview.push(await this.#request('PUT', `${path}?dryRun=true`, body, ['would-commit']))
      override.push(await this.#request('PUT', path, body, ['committed']))
      await wait(PUBLISH_MS)
    }
    return { preview: mean(preview), override: mean(override) }
  }

  async #request(method: string, path: string, body: string, wanted: string[]): Promise<number> {
    return this.#cpuOf(async () => {
      const response = await this.#client.request(path, { method, body, contentType: 'application/json' })
      expectOutcome({ status: response.status, body: await response.json() }, wanted)
    })
  }

  async #parse(text: string): Promise<number> {
    const url = this.#harness.urlOf(PARSER.name)
    await fetch(`${url}/?times=2`, { method: 'PUT', body: text })
    const micros = await this.#cpuOf(async () => (await fetch(`${url}/?times=${PARSES}`)).text())
    return micros / PARSES
  }

  async #cpuOf(call: () => Promise<unknown>): Promise<number> {
    const before = this.#harness.cpuMicros()
    await call()
    return this.#harness.cpuMicros() - before
  }
}

function someModel(body: Body): string[] {
  const sorted = Object.entries(body).sort(
    ([, a], [, b]) => Object.keys(a.models).length - Object.keys(b.models).length,
  )
  const [provider = '', listed] = sorted[Math.floor(sorted.length / 2)] ?? []
  return [provider, Object.keys(listed?.models ?? {})[0] ?? '']
}

function expectOutcome(answer: Answer, wanted: string[]): void {
  const outcome = outcomeOf(answer)
  if (outcome ? wanted.includes(outcome.outcome) : wanted.length === 0) return
  throw new CommandError(`Cannot measure: ${outcome?.reasons ?? outcome?.outcome ?? detailOf(answer)}`)
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
