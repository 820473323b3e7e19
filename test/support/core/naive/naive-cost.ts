/**
 * Costs by a second implementation, written from the contract alone: sums with decimal digits as on paper, and each
 * price looked up backwards, from the last step to the base price.
 */
import type { PriceWindow, Pricing } from '../../../../src/core/schema/pricing.ts'
import { PRICES } from '../../../../src/core/vocabulary.ts'

type Kind = (typeof PRICES)[number]

export interface NaiveRequest {
  tokens: Partial<Record<Kind, number>>
  mode?: string | undefined
  at?: string | undefined
}

/** The exact sum as decimal text; `undefined` if a price is unknown. */
export function naiveCost(pricing: Pricing, request: NaiveRequest): string | undefined {
  const { tokens } = request
  const prompt = ['input', 'inputAudio', 'cacheRead', 'cacheWrite', 'cacheWrite1h'] as const
  const length = prompt.reduce((sum, kind) => sum + (tokens[kind] ?? 0), 0)
  const mode = request.mode === undefined ? undefined : pricing.modes?.[request.mode]
  if (request.mode !== undefined && !mode) return undefined
  const tiers = (mode ? mode.tiers : pricing.tiers) ?? []
  const reached = [...tiers].sort((a, b) => b.above - a.above).filter((tier) => length > tier.above)
  if (mode && !mode.tiers && pricing.tiers?.some((tier) => length > tier.above)) return undefined
  const window = pricing.windows?.find((candidate) => naiveHolds(candidate, request.at ?? ''))
  const named = [window?.prices, ...reached, mode, pricing]
  if (mode && ![...reached, mode].some((prices) => PRICES.some((kind) => prices[kind] !== undefined))) return undefined
  let sum = '0'
  for (const kind of PRICES) {
    if (!tokens[kind]) continue
    const price = named.find((prices) => prices?.[kind] !== undefined)?.[kind]
    if (price === undefined) return undefined
    const each = multiply(plain(price), plain(window?.factor ?? 1))
    sum = add(sum, multiply(multiply(each, String(tokens[kind])), '0.000001'))
  }
  return sum
}

/** Goes back minute by minute to where the window could have started. */
export function naiveHolds({ from, to, days, except }: PriceWindow, at: string): boolean {
  const minute = 60_000
  let time = Math.floor(Date.parse(at) / minute) * minute
  for (let back = 0; back < 24 * 60; back += 1) {
    const text = new Date(time).toISOString()
    const clock = text.slice(11, 16)
    if (back > 0 && new Date(time + minute).toISOString().slice(11, 16) === to) return false
    if (clock === from) {
      const weekday = ((new Date(time).getUTCDay() + 6) % 7) + 1
      return (days ?? [weekday]).includes(weekday) && !(except ?? []).includes(text.slice(0, 10))
    }
    time -= minute
  }
  return false
}

/** The number as text, without an exponent. */
export function plain(value: number): string {
  const [digits = '', exponent = '0'] = String(value).split('e')
  const [whole = '', fraction = ''] = digits.split('.')
  const zeros = '0'.repeat(Math.abs(Number(exponent)))
  const all = Number(exponent) < 0 ? `${zeros}${whole}${fraction}` : `${whole}${fraction}${zeros}`
  const point = Number(exponent) < 0 ? whole.length : whole.length + Number(exponent)
  return `${all.slice(0, point)}.${all.slice(point)}`
}

export function add(one: string, other: string): string {
  const [[a, b], places] = align(one, other)
  let carry = 0
  let digits = ''
  for (let index = a.length - 1; index >= 0; index -= 1) {
    const sum = Number(a[index]) + Number(b[index]) + carry
    digits = `${sum % 10}${digits}`
    carry = sum > 9 ? 1 : 0
  }
  return withPoint(`${carry}${digits}`, places)
}

export function multiply(one: string, other: string): string {
  const places = placesOf(one) + placesOf(other)
  const a = [...one.replace('.', '')].reverse().map(Number)
  const b = [...other.replace('.', '')].reverse().map(Number)
  const cells = new Array<number>(a.length + b.length + 1).fill(0)
  for (const [i, x] of a.entries()) for (const [j, y] of b.entries()) cells[i + j] = (cells[i + j] ?? 0) + x * y
  let carry = 0
  const digits = cells.map((cell) => {
    const sum = cell + carry
    carry = Math.floor(sum / 10)
    return sum % 10
  })
  return withPoint(digits.reverse().join(''), places)
}

function placesOf(text: string): number {
  return text.split('.')[1]?.length ?? 0
}

function align(one: string, other: string): [[string, string], number] {
  const places = Math.max(placesOf(one), placesOf(other))
  const filled = [one, other].map((text) => text.replace('.', '') + '0'.repeat(places - placesOf(text)))
  const length = Math.max(...filled.map((text) => text.length))
  const [a = '', b = ''] = filled.map((text) => text.padStart(length, '0'))
  return [[a, b], places]
}

function withPoint(digits: string, places: number): string {
  const padded = digits.padStart(places + 1, '0')
  return `${padded.slice(0, padded.length - places)}.${padded.slice(padded.length - places)}`
}
