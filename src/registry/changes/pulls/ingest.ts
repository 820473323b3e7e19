/**
 * Ingests one pull of a source: recorded with its payload, judged by the source's guard, and accepted as
 * a whole, for all providers but some, or not at all. Builds nothing: a run builds once, after all its sources. Must run
 * inside a transaction.
 */
import { ok, type Result, type SourceFailure } from '../../../core/failure.ts'
import { firstHeld } from '../../../core/guard/confirm-hold.ts'
import type { HoldReason } from '../../../core/guard/hold-reason.ts'
import { totalsOf } from '../../../core/guard/totals.ts'
import type { Source, SourceSettings } from '../../../sources/source.ts'
import { rememberNames } from '../../build/readings.ts'
import { deleteAccepted, packShares, readAcceptedShare, type Share, writeAccepted } from '../../store/accepted.ts'
import { type Database, fitsInRow } from '../../store/database.ts'
import { deleteHold, listHolds, readHold, WHOLE, writeHold } from '../../store/holds.ts'
import { packPayload } from '../../store/payload.ts'
import { insertPull, prunePayloads } from '../../store/pulls.ts'
import { updateSourceState } from '../../store/state.ts'
import { type ComparedShares, compareShares, guardedRows } from '../shares.ts'
import type { ArrivedPull } from './arrived-pull.ts'
import { type Judged, judge, limitsOfHold, reasonsOf, type Verdict } from './judge.ts'

export interface Arrival extends Judged {
  pull: ArrivedPull
  origin: 'live' | 'import'
  rateLimitRemaining?: number | undefined
  /** For a live pull: the URL and ETag for the next conditional request. */
  asked?: { url: SourceSettings['url']; etag?: string }
}

export interface Ingested {
  pullId: number
  isAccepted: boolean
  /** Whether it states anything that differs from what was accepted before. */
  isChanged: boolean
}

export function ingest(db: Database, arrival: Arrival): Result<Ingested, SourceFailure> {
  const { source, pull, at, origin, forced } = arrival
  const shares = packShares(db, source.name, pull.shares)
  const compared = compareShares(db, source, shares)
  if (compared.repeated !== undefined) return repeatedRow(source, compared.repeated)
  const payload = packPayload({ fetchedAt: new Date(at).toISOString(), pagesText: pull.pagesText, shares })
  if (!fitsInRow(payload)) return tooLarge(source)
  const verdict = judge(db, arrival, compared, pull.tier)
  const isAccepted = verdict.hold === undefined
  const pullId = insertPull(db, {
    ...{ source: source.name, at, origin, forced, payload, digest: pull.digest, ...compared.counts },
    ...{ tier: pull.tier, indexVersion: pull.indexVersion, unread: compared.unread },
    rateLimitRemaining: arrival.rateLimitRemaining,
    outcome: isAccepted ? 'unchanged' : 'held',
    reasons: reasonsOf(verdict),
  })
  const held = new Set(verdict.heldProviders.keys())
  recordHolds(db, { source, compared, pullId, at }, verdict)
  if (isAccepted) accept(db, { source, compared, pullId, at }, held)
  if (arrival.asked) updateSourceState(db, source.name, askedOf(arrival.asked, verdict))
  return ok({ pullId, isAccepted, isChanged: isChanged(compared, held) })
}

function isChanged({ changed, gone }: ComparedShares, held: ReadonlySet<string>): boolean {
  return [...changed.map(({ provider }) => provider), ...gone].some((provider) => !held.has(provider))
}

/** Drops the ETag of held content, so that the next pull fetches it again and can confirm it. */
function askedOf({ url, etag }: NonNullable<Arrival['asked']>, { hold, heldProviders }: Verdict) {
  return { url, etag: hold || heldProviders.size > 0 ? undefined : etag }
}

interface Recorded {
  source: Source
  compared: ComparedShares
  pullId: number
  at: number
}

/** Replaces the holds. A hold ends if the pull no longer shows its loss. */
function recordHolds(db: Database, recorded: Recorded, { hold, heldProviders }: Verdict): void {
  const { source, compared } = recorded
  if (hold) {
    recordHold(db, recorded, WHOLE, hold, compared.shares)
    return
  }
  for (const { provider } of listHolds(db, source.name))
    if (!heldProviders.has(provider)) deleteHold(db, source.name, provider)
  for (const [provider, reasons] of heldProviders)
    recordHold(
      db,
      recorded,
      provider,
      reasons,
      compared.shares.filter((share) => share.provider === provider),
    )
}

function recordHold(
  db: Database,
  { source, pullId, at }: Recorded,
  provider: string,
  reasons: HoldReason[],
  shares: readonly Share[],
): void {
  // A pull that is too large is never confirmed, and its rows may not fit into a row of the table.
  const isTooLarge = reasons.some(({ code }) => code === 'too-large')
  const rows = isTooLarge ? [] : shares.flatMap((share) => guardedRows(db, source, share))
  const next = { at, reasons, rows }
  const limits = limitsOfHold(source, provider)
  const first = firstHeld(readHold(db, source.name, provider), next, limits)
  writeHold(db, source.name, { ...first, provider, pullId })
}

/** Accepts the changed shares, except those of held providers. */
export function accept(db: Database, recorded: Recorded, held: ReadonlySet<string>): void {
  const { source, compared, pullId, at } = recorded
  const isRescaled = compared.changed.some((share) => startsScale(db, source, share))
  for (const share of compared.changed) if (!held.has(share.provider)) acceptShare(db, source, share, pullId)
  for (const provider of compared.gone) if (!held.has(provider)) deleteAccepted(db, source.name, provider)
  const scaled = isRescaled ? { scaledAt: at } : {}
  updateSourceState(db, source.name, { acceptedPull: pullId, confirmedAt: at, ...scaled })
  prunePayloads(db, source.name, source.keptPayloads)
}

/** For a source that does not name its scale: whether the share is the first one, or is on another scale than before. */
function startsScale(db: Database, source: Source, share: Share): boolean {
  if (!source.isRescaled) return false
  const before = readAcceptedShare(db, source.name, share.provider)
  return before === undefined || source.isRescaled(JSON.parse(before.text), share.json ?? JSON.parse(share.text))
}

export function acceptShare(db: Database, source: Source, share: Share, pullId: number | null): void {
  rememberNames(db, source, share)
  const totals = totalsOf(guardedRows(db, source, share))
  if (!writeAccepted(db, source.name, { ...share, pullId, totals }))
    throw new Error(`Cannot store "${share.provider}" of ${source.name}: it exceeds the 2 MB of a row`)
}

function repeatedRow({ name }: Source, row: string): { ok: false; failure: SourceFailure } {
  const detail = `Cannot pull from ${name}: it lists "${row}" twice`
  return { ok: false, failure: { code: 'source-failed', reason: 'inconsistent', detail } }
}

function tooLarge({ name }: Source): { ok: false; failure: SourceFailure } {
  const detail = `Cannot pull from ${name}: its response exceeds 1.9 MB compressed, the limit of one database row`
  return { ok: false, failure: { code: 'source-failed', reason: 'too-large', detail } }
}
