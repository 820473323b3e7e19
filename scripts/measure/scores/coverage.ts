/** Which first-party chat families since a date have a score. */
import type { Model } from '../../../src/core/schema/model.ts'

export interface FamilyCoverage {
  family: string
  /** When its first row at its own lab was released. */
  released: string
  hasIq: boolean
  hasScore: boolean
}

const SINCE = '2025'

export function coverageOf(models: readonly Model[]): FamilyCoverage[] {
  const own = models.filter(({ firstParty, type }) => firstParty && type === 'chat')
  return [...Map.groupBy(own, ({ family }) => family)]
    .map(([family, rows]) => coverageOfFamily(family, rows))
    .filter(({ released }) => released >= SINCE)
    .sort((a, b) => (a.family < b.family ? -1 : 1))
}

function coverageOfFamily(family: string, rows: readonly Model[]): FamilyCoverage {
  const [released = ''] = rows.flatMap(({ releaseDate }) => releaseDate ?? []).sort()
  const hasIq = rows.some(({ iq }) => iq !== undefined)
  const hasScore = rows.some(({ metrics = {} }) => (metrics.epochCapabilitiesIndex ?? metrics.arenaText) !== undefined)
  return { family, released, hasIq, hasScore }
}
