/** The path of a step line in a box: flat from each point to the next, and broken where a value is unknown. Pure. */
import type { StepPoint } from './step-series.ts'

export interface StepBox {
  width: number
  height: number
  /** The times at its left and right sides. */
  from: number
  until: number
  /** The values at its bottom and top. */
  low: number
  high: number
}

export function stepPath(points: readonly StepPoint[], box: StepBox): string {
  let path = ''
  let isDrawing = false
  for (const [index, { at, value }] of points.entries()) {
    if (value === undefined) {
      isDrawing = false
      continue
    }
    const next = points[index + 1]
    const y = yOf(value, box)
    path += isDrawing ? `V${y}` : `M${xOf(Date.parse(at), box)} ${y}`
    path += `H${xOf(next ? Date.parse(next.at) : box.until, box)}`
    isDrawing = true
  }
  return path
}

export function xOf(time: number, { width, from, until }: StepBox): number {
  return until > from ? round(((time - from) / (until - from)) * width) : width
}

export function yOf(value: number, { height, low, high }: StepBox): number {
  return high > low ? round(height - ((value - low) / (high - low)) * height) : height / 2
}

const round = (position: number): number => Math.round(position * 10) / 10
