/** From values to places on a chart, with the values at which an axis is marked. */

export interface Scale {
  place: (value: number) => number
  ticks: number[]
}

/** Of values above 0: each mark is about three times the one before it. */
export function logScale(values: readonly number[], [from, to]: readonly [number, number]): Scale {
  const low = Math.log10(Math.min(...values))
  const high = Math.log10(Math.max(...values))
  const margin = Math.max((high - low) * 0.04, 0.05)
  const [start, end] = [low - margin, high + margin]
  const exponents = Array.from(
    { length: Math.ceil(end) - Math.floor(start) + 1 },
    (_, index) => Math.floor(start) + index,
  )
  const ticks = exponents.flatMap((exponent) => [Number(`1e${exponent}`), Number(`3e${exponent}`)])
  return {
    place: (value) => from + ((Math.log10(value) - start) / (end - start)) * (to - from),
    ticks: ticks.filter((tick) => Math.log10(tick) >= start && Math.log10(tick) <= end),
  }
}

const ROUND = [1, 2, 2.5, 5, 10]
const MOST_TICKS = 7

export function linearScale(values: readonly number[], [from, to]: readonly [number, number]): Scale {
  const low = Math.min(...values)
  const high = Math.max(...values)
  const margin = Math.max((high - low) * 0.06, 1)
  const [start, end] = [low - margin, high + margin]
  const magnitude = 10 ** Math.floor(Math.log10((end - start) / MOST_TICKS))
  const step = magnitude * (ROUND.find((round) => (end - start) / (round * magnitude) <= MOST_TICKS) ?? 10)
  const first = Math.ceil(start / step)
  const count = Math.floor(end / step) - first + 1
  return {
    place: (value) => from + ((value - start) / (end - start)) * (to - from),
    ticks: Array.from({ length: count }, (_, index) => (first + index) * step),
  }
}
