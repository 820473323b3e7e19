/** What the source states on a day, and the faults that it has had. */
import { aaRow, type Facts } from '../../rows.ts'

/** Models `m0`, `m1`, ... each with a price, an index and a speed. */
export function ordinaryDay(count = 60, facts: Facts = {}): Facts[] {
  return Array.from({ length: count }, (_, index) => aaRow({ slug: `m${index}`, ...facts }))
}

/** A successful reply without a third of the rows. */
export function withoutAThird(rows: Facts[]): Facts[] {
  return rows.slice(Math.ceil(rows.length / 3))
}

/** An outage of the source's own measurements. */
export function withoutSpeeds(rows: Facts[]): Facts[] {
  return rows.map((row) => ({ ...row, performance: { median_output_tokens_per_second: null } }))
}

export function withoutPrices(rows: Facts[]): Facts[] {
  return rows.map((row) => ({ ...row, pricing: { price_1m_input_tokens: null, price_1m_output_tokens: null } }))
}

export function withoutIndices(rows: Facts[]): Facts[] {
  return rows.map((row) => ({ ...row, evaluations: { artificial_analysis_intelligence_index: null } }))
}
