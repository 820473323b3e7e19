/** Rows in the Free shape of Artificial Analysis (AA). All of it is made up, names included. */
import type { Chance } from './seeded-chance.ts'

const MAKERS = 40
const EFFORTS = ['', ' (low)', ' (high)', ' (Reasoning)', ' (Non-reasoning)']

export interface MadeUpRow {
  id: string
  name: string
  slug: string
  release_date: string
  model_creator: { id: string; name: string }
  evaluations: Record<string, number | null>
  artificial_analysis_intelligence_index_cost: null
  pricing: Prices
  performance: Speeds
}

interface Prices {
  price_1m_input_tokens: number | null
  price_1m_output_tokens: number | null
  price_1m_cache_hit_tokens: number | null
  price_1m_cache_write_tokens: number | null
}

interface Speeds {
  median_output_tokens_per_second: number | null
  median_time_to_first_token_seconds: number | null
  median_time_to_first_answer_token_seconds: number | null
  median_end_to_end_response_time_seconds: number | null
}

/** Model number `number` as it begins. About half of AA's rows have a speed, two thirds a price. */
export function createRow(number: number, chance: Chance): MadeUpRow {
  const maker = chance.below(MAKERS)
  const effort = chance.below(EFFORTS.length)
  const release = `20${String(10 + chance.below(16))}-0${1 + chance.below(9)}-1${chance.below(10)}`
  return {
    id: uuidOf(1, number),
    name: `Family ${maker} Model ${number}${EFFORTS[effort]}`,
    slug: `family-${maker}-model-${number}`,
    release_date: release,
    model_creator: { id: uuidOf(2, maker), name: `Maker ${maker}` },
    evaluations: scoresOf(chance),
    artificial_analysis_intelligence_index_cost: null,
    pricing: pricesOf(chance, chance.next() < 0.67),
    performance: speedsOf(chance, chance.next() < 0.55),
  }
}

export function hasSpeed(row: MadeUpRow): boolean {
  return row.performance.median_output_tokens_per_second !== null
}

export function hasPrice(row: MadeUpRow): boolean {
  return row.pricing.price_1m_input_tokens !== null
}

/** Speeds and delays move a little, all of them at once. */
export function moveSpeed(row: MadeUpRow, chance: Chance): void {
  const factor = 0.9 + 0.2 * chance.next()
  // Relative to today's factor, so that speeds do not drift towards 0 over the years.
  const speed = Math.min(400, Math.max(10, (row.performance.median_output_tokens_per_second ?? 80) * factor))
  row.performance = speedsAt(speed, chance)
}

export function movePrice(row: MadeUpRow, chance: Chance): void {
  row.pricing = pricesOf(chance, true)
}

function scoresOf(chance: Chance): Record<string, number | null> {
  const isScored = chance.next() < 0.94
  return {
    artificial_analysis_intelligence_index: isScored ? chance.between(3, 60, 1) : null,
    artificial_analysis_coding_index: isScored ? chance.between(3, 60, 1) : null,
    artificial_analysis_agentic_index: chance.next() < 0.4 ? chance.between(3, 60, 1) : null,
  }
}

function pricesOf(chance: Chance, isPriced: boolean): Prices {
  const input = chance.between(0.05, 10, 2)
  return {
    price_1m_input_tokens: isPriced ? input : null,
    price_1m_output_tokens: isPriced ? Number((input * 4).toFixed(2)) : null,
    price_1m_cache_hit_tokens: isPriced && chance.next() < 0.5 ? Number((input / 10).toFixed(3)) : null,
    price_1m_cache_write_tokens: null,
  }
}

function speedsOf(chance: Chance, isMeasured: boolean): Speeds {
  const speeds = speedsAt(20 + 200 * chance.next(), chance)
  if (isMeasured) return speeds
  return {
    median_output_tokens_per_second: null,
    median_time_to_first_token_seconds: null,
    median_time_to_first_answer_token_seconds: null,
    median_end_to_end_response_time_seconds: null,
  }
}

function speedsAt(speed: number, chance: Chance): Speeds {
  const first = 0.2 + 2 * chance.next()
  const answer = first + 10 * chance.next()
  return {
    median_output_tokens_per_second: Number(speed.toFixed(3)),
    median_time_to_first_token_seconds: Number(first.toFixed(3)),
    median_time_to_first_answer_token_seconds: Number(answer.toFixed(3)),
    median_end_to_end_response_time_seconds: Number((answer + 500 / speed).toFixed(3)),
  }
}

function uuidOf(kind: number, number: number): string {
  return `${String(kind).padStart(8, '0')}-0000-8000-8000-${String(number).padStart(12, '0')}`
}
