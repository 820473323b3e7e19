/** Plans the parts of the catalogue from all accepted facts. */

import type { BuildSettings } from '../../config.ts'
import type { BuildPlan } from '../../core/build/build-parts.ts'
import { PlanMemory } from '../../core/build/plan-memory.ts'
import { planReadings } from '../../core/build/plan-readings.ts'
import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import type { Attribution } from '../../core/schema/history.ts'
import { chooseScale, type IqScale } from '../../core/score.ts'
import { creditsOf } from '../../sources/credits.ts'
import type { Source, SourceReading } from '../../sources/source.ts'
import { SOURCES } from '../../sources/sources.ts'
import { toTime } from '../history/history.ts'
import { type AcceptedSummary, hasAccepted, listAccepted } from '../store/accepted.ts'
import type { Database } from '../store/database.ts'
import { lastAcceptedPull } from '../store/pulls.ts'
import { sourceState } from '../store/state.ts'
import { acceptedReading } from './readings.ts'

export interface Planned extends BuildPlan {
  scale: IqScale
  /** The attribution of every source that is in use. */
  attribution: Attribution[]
  /** By provider, the digests of the shares that state anything about it. */
  stated: ReadonlyMap<string, readonly string[]>
}

/** `undefined` if nothing has been accepted yet. */
export function planAccepted(db: Database, settings: BuildSettings): Result<Planned | undefined, SourceFailure> {
  const used = sourcesInUse(db, settings)
  if (used.length === 0) return ok(undefined)
  const readings = used.flatMap((one) => one.readings)
  const scale = scaleOf(db, settings)
  const planned = planReadings(readings, scale, settings.providers.keeps, memoryOf(db))
  if (!planned.ok) return planned
  const stated = statedBy(
    used.flatMap(({ shares }) => shares),
    readings,
  )
  return ok({ ...planned.value, scale, attribution: creditsOf(used), stated })
}

/** The memory of the last plan. Per database, because a test may open several. */
const memories = new WeakMap<Database, PlanMemory>()

function memoryOf(db: Database): PlanMemory {
  const memory = memories.get(db) ?? new PlanMemory()
  memories.set(db, memory)
  return memory
}

/** `shares` and `readings` must be in the same order. */
function statedBy(shares: readonly AcceptedSummary[], readings: readonly SourceReading[]): Map<string, string[]> {
  const stated = new Map<string, string[]>()
  for (const [index, { providers, models }] of readings.entries()) {
    const named = new Set([...providers, ...models].map(({ provider }) => provider))
    for (const provider of named) stated.set(provider, [...(stated.get(provider) ?? []), shares[index]?.digest ?? ''])
  }
  return stated
}

interface UsedSource {
  source: Source
  shares: AcceptedSummary[]
  /** In the order of `shares`. */
  readings: SourceReading[]
}

function sourcesInUse(db: Database, { off }: BuildSettings): UsedSource[] {
  return SOURCES.filter(({ name }) => !off.includes(name))
    .map((source) => ({ source, shares: listAccepted(db, source.name) }))
    .filter(({ shares }) => shares.length > 0)
    .map(({ source, shares }) => {
      const readings = shares.map((share) => acceptedReading(db, source, share))
      return { source, shares, readings }
    })
}

export function scaleOf(db: Database, { iqBasis, iqThresholds, off }: BuildSettings): IqScale {
  const isMeasured = !off.includes('artificial-analysis') && hasAccepted(db, 'artificial-analysis')
  return chooseScale({ iqBasis, iqThresholds }, isMeasured)
}

/** The name of the scale of `iq`. Scores on different scales cannot be compared. */
export function scaleNameOf(db: Database, { basis }: IqScale): string | undefined {
  switch (basis) {
    case 'artificial-analysis': {
      const indexVersion = lastAcceptedPull(db, basis)?.indexVersion
      return typeof indexVersion === 'number' ? `${basis}@${indexVersion}` : undefined
    }
    case 'epoch': {
      const { scaledAt } = sourceState(db, basis)
      return scaledAt === undefined ? undefined : `${basis}@${toTime(scaledAt).slice(0, 10)}`
    }
  }
}
