/** The points that no other dominates: none is at least as good on both axes and better on one. */

export interface Point {
  x: number
  /** More is better. */
  y: number
}

/** In the order of `x`. `better` is the better end of `x`: a price is better low, a speed high. */
export function paretoFront<T extends Point>(points: readonly T[], better: 'low' | 'high'): T[] {
  const sign = better === 'low' ? 1 : -1
  const ordered = [...points].sort((a, b) => sign * (a.x - b.x) || b.y - a.y)
  const front: T[] = []
  let best = Number.NEGATIVE_INFINITY
  for (const point of ordered) {
    if (point.y <= best) continue
    front.push(point)
    best = point.y
  }
  return front.sort((a, b) => a.x - b.x)
}
