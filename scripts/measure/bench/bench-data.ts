/**
 * The pulls of a benchmark: a catalogue of models.dev on several days, the last of which is as recorded, and scores, which
 * searches use. Without recorded responses, both are generated, with the same size.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Body, changeRows, readBody } from '../commit/read-body.ts'
import { createListing, createProvider } from '../shared/made-up-body.ts'
import { madeUpDays } from '../shared/made-up-days.ts'
import type { MadeUpRow } from '../shared/made-up-row.ts'
import { Chance } from '../shared/seeded-chance.ts'

/** Of each day. */
const CHANGED_ROWS = 500
/** The last is not past. */
export const DAYS = 5
/** Long ago, so that no pull is in the future. */
const FIRST_DAY = Date.parse('2026-01-01T02:00:00.000Z')
const DAY_MS = 86_400_000
/** Of 2026-09-30. */
const PROVIDERS = 225
const MODELS = 8337
/** That Artificial Analysis has. */
const SCORED = 700

type BenchPull = { source: string; fetchedAt: string } & ({ body: string } | { pages: object[] })

export interface BenchData {
  name: string
  pulls: BenchPull[]
}

export async function readBenchData(recorded: string | undefined): Promise<BenchData> {
  const file = recorded === undefined ? '' : join(recorded, 'models-dev', 'api-2026-09-30.json.gz')
  return existsSync(file) && recorded !== undefined
    ? { name: 'models.dev of 2026-09-30', pulls: pullsOf(recordedScores(recorded), await readBody(file)) }
    : { name: 'a made-up catalogue', pulls: pullsOf(madeUpScores(), madeUpBody()) }
}

function pullsOf(scores: BenchPull, last: Body): BenchPull[] {
  const bodies = Array.from({ length: DAYS }, (_, day) =>
    day === DAYS - 1 ? last : changeRows(last, CHANGED_ROWS, day + 1, true),
  )
  const days = bodies.map((body, day) => ({
    source: 'models.dev',
    fetchedAt: timeOf(day + 1),
    body: JSON.stringify(body),
  }))
  return [scores, ...days]
}

function recordedScores(folder: string): BenchPull {
  const body = readFileSync(join(folder, 'scores', 'epoch', 'eci_scores.2026-08-11.csv'), 'utf8')
  return { source: 'epoch', fetchedAt: timeOf(0), body }
}

function madeUpScores(): BenchPull {
  const [day] = madeUpDays(1, SCORED, 1)
  const pages = day?.pages.map((page) => ({ ...page, tier: 'pro', data: page.data.map(withProFacts) }))
  return { source: 'artificial-analysis', fetchedAt: timeOf(0), pages: pages ?? [] }
}

/** A third of the models have vision. */
function withProFacts(row: MadeUpRow): object {
  const none = { text: false, image: false, video: false, speech: false }
  const input = { ...none, text: true, image: Number(row.id.slice(-12)) % 3 === 0 }
  return { ...row, modalities: { input, output: { ...none, text: true } } }
}

function madeUpBody(): Body {
  const chance = new Chance(1)
  const perProvider = Math.ceil(MODELS / PROVIDERS)
  const providers = Array.from({ length: PROVIDERS }, (_, number) => {
    const rows = Array.from({ length: perProvider }, (_, count) => createListing(number, count, chance))
    const provider = createProvider(number)
    return [provider.id, { ...provider, models: Object.fromEntries(rows.map((row) => [row.id, row])) }]
  })
  return Object.fromEntries(providers)
}

const timeOf = (day: number): string => new Date(FIRST_DAY + day * DAY_MS).toISOString()
