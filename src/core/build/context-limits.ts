/** Finds limits that contradict the context window: neither prompt nor output can be longer than it. Pure. */
import type { Metrics } from '../schema/model.ts'

export type Limit = 'maxInput' | 'maxOutput'
const PARTS_OF_CONTEXT: readonly Limit[] = ['maxInput', 'maxOutput']

export function limitsAboveContext(metrics: Metrics = {}): readonly Limit[] {
  const { contextWindow = Number.POSITIVE_INFINITY } = metrics
  return PARTS_OF_CONTEXT.filter((limit) => (metrics[limit] ?? 0) > contextWindow)
}

export function withoutLimits(metrics: Metrics | undefined, limits: readonly Limit[]): Metrics {
  return { ...metrics, ...Object.fromEntries(limits.map((limit) => [limit, undefined])) }
}
