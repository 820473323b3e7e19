/** The result of reading one body, compared with the body itself. */

import { CommandError } from '../../../src/cli/shared/command.ts'
import { limitsAboveContext, withoutLimits } from '../../../src/core/build/context-limits.ts'
import { compact } from '../../../src/core/compact.ts'
import { canonicalize } from '../../../src/core/json/canonical.ts'
import type { ModelStatement, Reading } from '../../../src/core/statements/statement.ts'
import { readModelsDev } from '../../../src/sources/models-dev/read-body.ts'
import { readNaively, type ServedProvider, type ServedRow } from './naive-reading.ts'

export interface BodyMeasure extends Reading {
  rows: number
  /** Providers of which a sum is not the source's, with both. */
  sums: string[]
  /** Rows in which the independent reading has other facts. */
  differing: string[]
}

export function measureBody(body: unknown): BodyMeasure {
  const result = readModelsDev(body)
  if (!result.ok) throw new CommandError(result.failure.detail)
  // A body that was read is an object of providers with models.
  const served = Object.values(body as Record<string, ServedProvider>)
  const byProvider = Map.groupBy(result.value.models, ({ provider }) => provider)
  return {
    ...result.value,
    rows: served.reduce((count, { models }) => count + Object.keys(models).length, 0),
    sums: served.flatMap((provider) => compareSums(provider, byProvider.get(provider.id) ?? [])),
    differing: served.flatMap((provider) => compareRows(provider, byProvider.get(provider.id) ?? [])),
  }
}

/** The sums, as in the source and as read. Zeros that mean unknown do not affect a sum. */
const SUMS: [name: string, theirs: (row: ServedRow) => unknown, ours: (model: ModelStatement) => number | undefined][] =
  [
    ['rows', () => 1, () => 1],
    ['input price', ({ cost }) => cost?.input, ({ facts }) => facts.pricing?.input],
    ['output price', ({ cost }) => cost?.output, ({ facts }) => facts.pricing?.output],
    ['cache read price', ({ cost }) => cost?.cache_read, ({ facts }) => facts.pricing?.cacheRead],
    ['cache write price', ({ cost }) => cost?.cache_write, ({ facts }) => facts.pricing?.cacheWrite],
    ['tiers', tiersOf, ({ facts }) => facts.pricing?.tiers?.length],
    ['context window', ({ limit }) => limit?.context, ({ facts }) => facts.metrics?.contextWindow],
    ['open weights', ({ open_weights }) => Number(open_weights), ({ facts }) => Number(facts.openWeights)],
  ]

function tiersOf({ cost }: ServedRow): number {
  return cost?.tiers?.length ?? (cost?.context_over_200k ? 1 : 0)
}

function compareSums({ id, models }: ServedProvider, read: ModelStatement[]): string[] {
  return SUMS.flatMap(([name, theirsOf, oursOf]) => {
    const theirs = Object.values(models).reduce((sum, row) => sum + (Number(theirsOf(row)) || 0), 0)
    const ours = read.reduce((sum, model) => sum + (oursOf(model) || 0), 0)
    return Math.abs(theirs - ours) > 1e-6 ? [`${id}: ${name} ${theirs} at the source, ${ours} read`] : []
  })
}

function compareRows(provider: ServedProvider, read: ModelStatement[]): string[] {
  const ours = new Map(read.map((model) => [model.value, model]))
  return Object.values(provider.models).flatMap((row) => {
    const model = ours.get(row.id.trim())
    if (model === undefined) return [`${provider.id}/${row.id}: not read`]
    const { type: _, ...facts } = model.facts
    const expected = canonicalize(readNaively(provider, row))
    const metrics = facts.metrics && withoutLimits(facts.metrics, limitsAboveContext(facts.metrics))
    const actual = canonicalize(compact({ ...model, facts: { ...facts, metrics } }))
    return expected === actual ? [] : [`${provider.id}/${row.id}:\n    ours  ${actual}\n    other ${expected}`]
  })
}
