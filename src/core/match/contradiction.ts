/** What makes two statements unlikely to be of one model, however alike their names: far release dates, far prices. */
import type { StatedFacts } from '../build/statement.ts'

export type Contradiction = 'release-date' | 'price'
type Facts = Pick<StatedFacts, 'releaseDate' | 'pricing'>

const DAY_MILLISECONDS = 86_400_000
/** Sources date a model by its announcement, its preview or its general release. */
const MAX_DAYS_APART = 60
/** Hosts and regions ask two or three times another's price. */
const MAX_PRICE_RATIO = 5

export function contradictionOf(a: Facts, b: Facts): Contradiction | undefined {
  const days = daysApart(a.releaseDate, b.releaseDate)
  if (days !== undefined && days > MAX_DAYS_APART) return 'release-date'
  if (areFarApart(a.pricing?.input, b.pricing?.input)) return 'price'
  return areFarApart(a.pricing?.output, b.pricing?.output) ? 'price' : undefined
}

/** `undefined` where one date is unknown. */
export function daysApart(a: string | undefined, b: string | undefined): number | undefined {
  if (a === undefined || b === undefined) return undefined
  return Math.abs(Date.parse(a) - Date.parse(b)) / DAY_MILLISECONDS
}

/** Free of charge says who pays, not what the model is worth: it contradicts no price. */
function areFarApart(a: number | undefined, b: number | undefined): boolean {
  if (!a || !b) return false
  return Math.max(a, b) > MAX_PRICE_RATIO * Math.min(a, b)
}
