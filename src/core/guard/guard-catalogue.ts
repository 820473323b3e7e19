/**
 * The guard for a catalogue of many providers. A loss that shows in the whole catalogue holds the pull. A loss at a few
 * providers holds only those: they keep their last accepted rows, and the rest of the pull is accepted. Unchanged
 * providers are passed as totals, so that their rows need not be read.
 */
import { type Allowance, type CatalogueLimits, exceeds } from './guard-limits.ts'
import type { GuardedRow } from './guarded-row.ts'
import { formatCount, formatShare, type HoldReason, reasonOf } from './hold-reason.ts'
import { limitsOfProvider } from './provider-limits.ts'
import { reasonsOfTally } from './reasons-to-hold.ts'
import { idsOf, sumOfTallies, type Tally, tallyOf } from './tally.ts'
import { sumOfTotals, type Totals, totalsOf } from './totals.ts'

export type RowsByProvider = ReadonlyMap<string, readonly GuardedRow[]>

export interface CatalogueVerdict {
  /** Why the whole pull is held. */
  hold?: HoldReason[]
  /** Providers that keep their last accepted rows, or are left out if they are new; empty if the whole pull is held. */
  heldProviders: Map<string, HoldReason[]>
}

/**
 * A provider that is only in `previous` was removed, and counts as having lost all its rows; one that is only in `next`
 * is new. Neither map contains the providers counted in `unchanged`.
 */
export function guardCatalogue(
  previous: RowsByProvider,
  next: RowsByProvider,
  limits: CatalogueLimits,
  unchanged: Totals = sumOfTotals([]),
): CatalogueVerdict {
  if (previous.size === 0 && unchanged.providers === 0) return { heldProviders: new Map() }
  const tallies = talliesOf(previous, next)
  const heldProviders = new Map(
    [...tallies]
      .map(([provider, tally]) => [provider, reasonsOfTally(tally, limitsOfProvider(provider, limits))] as const)
      .filter(([, reasons]) => reasons.length > 0),
  )
  const comparison = { previous, next, tallies, unchanged }
  const hold = reasonsForWhole(comparison, limits)
  if (hold.length === 0) return { heldProviders }
  if (heldProviders.size > limits.maxProvidersAlone) return { hold, heldProviders: new Map() }
  const rest = reasonsForWhole(withoutProviders(comparison, heldProviders), limits)
  return rest.length === 0 ? { heldProviders } : { hold, heldProviders: new Map() }
}

interface Comparison {
  previous: RowsByProvider
  next: RowsByProvider
  tallies: ReadonlyMap<string, Tally>
  unchanged: Totals
}

function talliesOf(previous: RowsByProvider, next: RowsByProvider): Map<string, Tally> {
  const liveIds = idsOf([...next.values()].flat())
  const providers = new Set([...previous.keys(), ...next.keys()])
  return new Map(
    [...providers].map((provider) => [
      provider,
      tallyOf(previous.get(provider) ?? [], next.get(provider) ?? [], liveIds),
    ]),
  )
}

function reasonsForWhole({ previous, next, tallies, unchanged }: Comparison, limits: CatalogueLimits): HoldReason[] {
  const gone = [...previous.keys()].filter((provider) => !next.has(provider))
  const known = previous.size + unchanged.providers
  return [
    ...lostProviders(gone, known, limits.providersLost),
    ...reasonsOfTally(sumOfTallies(tallies.values(), unchanged), limits.whole),
  ]
}

function lostProviders(gone: string[], known: number, limit: Allowance): HoldReason[] {
  if (!exceeds(gone.length, known, limit)) return []
  const count = `${formatCount(gone.length)} of ${formatCount(known)}`
  return [reasonOf('providers-lost', `${count} providers are missing, more than ${formatShare(limit.maxShare)}`, gone)]
}

/** The comparison if these providers had not changed. */
function withoutProviders(
  { previous, next, tallies, unchanged }: Comparison,
  held: ReadonlyMap<string, unknown>,
): Comparison {
  const rest = <T>(entries: ReadonlyMap<string, T>) => new Map([...entries].filter(([provider]) => !held.has(provider)))
  const kept = [...held.keys()].flatMap((provider) => {
    const rows = previous.get(provider)
    return rows ? [totalsOf(rows)] : []
  })
  return {
    previous: rest(previous),
    next: rest(next),
    tallies: rest(tallies),
    unchanged: sumOfTotals([unchanged, ...kept]),
  }
}
