/**
 * Judges a pull by comparing it with what was accepted last: it is held as a whole, for some providers, or not at all. A
 * loss that an earlier pull showed long enough ago is confirmed and accepted.
 */
import { checkSize } from '../../../core/guard/check-size.ts'
import { confirms } from '../../../core/guard/confirm-hold.ts'
import { type CatalogueVerdict, guardCatalogue } from '../../../core/guard/guard-catalogue.ts'
import type { GuardLimits } from '../../../core/guard/guard-limits.ts'
import type { GuardedRow } from '../../../core/guard/guarded-row.ts'
import type { HoldReason } from '../../../core/guard/hold-reason.ts'
import { limitsOfProvider } from '../../../core/guard/provider-limits.ts'
import { reasonsToHold } from '../../../core/guard/reasons-to-hold.ts'
import type { Source } from '../../../sources/source.ts'
import type { Database } from '../../store/database.ts'
import { readHold, WHOLE } from '../../store/holds.ts'
import { lastAcceptedPull } from '../../store/pulls.ts'
import { type ComparedShares, guardedRows, rowsToGuard } from '../shares.ts'

export interface Judged {
  source: Source
  /** Unix milliseconds. */
  at: number
  forced: boolean
}

export interface Verdict {
  hold?: HoldReason[]
  heldProviders: ReadonlyMap<string, HoldReason[]>
}

export function judge(
  db: Database,
  { source, at, forced }: Judged,
  compared: ComparedShares,
  tier: string | undefined,
): Verdict {
  const size = sizeReason(compared)
  // A larger catalogue cannot be served, even with `force`.
  if (size) return { hold: [size], heldProviders: new Map() }
  const last = lastAcceptedPull(db, source.name)
  // A change of tier starts a new baseline: two tiers do not state the same facts.
  if (forced || !last || (last.tier ?? undefined) !== tier) return { heldProviders: new Map() }
  const { previous, next, unchanged } = rowsToGuard(db, source, compared)
  const verdict = isOneShare(compared)
    ? guardWhole(source, previous.get(WHOLE), next.get(WHOLE))
    : guardCatalogue(previous, next, source.limits, unchanged)
  if (verdict.hold) return { ...unlessConfirmed(db, source, at, compared, verdict.hold), heldProviders: new Map() }
  const held = [...verdict.heldProviders].filter(
    ([provider, reasons]) => !isConfirmed(db, source, provider, { at, reasons, rows: [...(next.get(provider) ?? [])] }),
  )
  return { heldProviders: new Map(held) }
}

/** The reasons as texts for the record. Those for a held provider begin with its name. */
export function reasonsOf({ hold, heldProviders }: Verdict): string[] | undefined {
  if (hold) return hold.map(textOfReason)
  const reasons = [...heldProviders].flatMap(([provider, held]) => held.map((it) => `${provider}: ${textOfReason(it)}`))
  return reasons.length > 0 ? reasons : undefined
}

export function textOfReason({ text, examples }: HoldReason): string {
  return examples.length > 0 ? `${text}: ${examples.join(', ')}` : text
}

export function sizeReason({ counts, shares }: ComparedShares): HoldReason | undefined {
  return checkSize({ rows: counts.models, bytes: shares.reduce((sum, { text }) => sum + text.length, 0) })
}

const isOneShare = ({ shares }: ComparedShares): boolean => shares.every(({ provider }) => provider === WHOLE)

/** A source with a single share is held only as a whole. */
function guardWhole(
  { limits }: Source,
  previous: readonly GuardedRow[] = [],
  next: readonly GuardedRow[] = previous,
): CatalogueVerdict {
  const hold = reasonsToHold(previous, next, limits.whole)
  return { ...(hold.length > 0 && { hold }), heldProviders: new Map() }
}

function unlessConfirmed(
  db: Database,
  source: Source,
  at: number,
  { shares }: ComparedShares,
  reasons: HoldReason[],
): { hold?: HoldReason[] } {
  const rows = shares.flatMap((share) => guardedRows(db, source, share))
  return isConfirmed(db, source, WHOLE, { at, reasons, rows }) ? {} : { hold: reasons }
}

function isConfirmed(
  db: Database,
  source: Source,
  provider: string,
  next: { at: number; reasons: HoldReason[]; rows: GuardedRow[] },
): boolean {
  const first = readHold(db, source.name, provider)
  return first !== undefined && confirms(first, next, limitsOfHold(source, provider))
}

/** The limits for a hold of the whole pull, or of one provider. */
export function limitsOfHold({ limits }: Source, provider: string): GuardLimits {
  return provider === WHOLE ? limits.whole : limitsOfProvider(provider, limits)
}
