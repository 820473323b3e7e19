/**
 * Takes one pull of a source into the memory: recorded with its payload, judged by the source's guard, and accepted as
 * a whole, for all providers but some, or not at all. Builds nothing: a run builds once, after all its sources. Must run
 * inside a transaction.
 */
import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import { checkSize } from '../../core/guard/check-size.ts'
import { confirms, firstHeld } from '../../core/guard/confirm-hold.ts'
import { guardCatalogue } from '../../core/guard/guard-catalogue.ts'
import type { GuardedRow } from '../../core/guard/guarded-row.ts'
import type { HoldReason } from '../../core/guard/hold-reason.ts'
import { totalsOf } from '../../core/guard/totals.ts'
import type { Source, SourceSettings } from '../../sources/source.ts'
import { rememberNames } from '../build/readings.ts'
import { deleteAccepted, readAcceptedShare, type Share, writeAccepted } from '../store/accepted.ts'
import { type Database, fitsInRow } from '../store/database.ts'
import { deleteHold, listHolds, readHold, WHOLE, writeHold } from '../store/holds.ts'
import { insertPull, lastAcceptedPull, packPayload, prunePayloads } from '../store/pulls.ts'
import { updateSourceState } from '../store/settings.ts'
import { type ComparedShares, compareShares, guardedRows, rowsToGuard, sharesOf } from './shares.ts'

export interface Arrival {
  source: Source
  pages: unknown[]
  /** The same as JSON. */
  pagesText: string
  digest: string
  /** Unix milliseconds. */
  at: number
  origin: 'live' | 'import'
  forced: boolean
  rateLimitRemaining?: number | undefined
  /** Of a live pull, for the next one. */
  asked?: { url: SourceSettings['url']; etag?: string }
}

export interface Ingested {
  pullId: number
  isAccepted: boolean
}

export function ingest(db: Database, arrival: Arrival): Result<Ingested, SourceFailure> {
  const { source, pages, pagesText, at, origin, forced } = arrival
  const split = source.split(pages)
  if (!split.ok) return split
  const compared = compareShares(db, source, sharesOf(split.value.shares))
  const payload = packPayload(new Date(at).toISOString(), pagesText)
  if (!fitsInRow(payload)) return tooLarge(source)
  const verdict = judge(db, arrival, compared, split.value.tier)
  const isAccepted = verdict.hold === undefined
  const pullId = insertPull(db, {
    ...{ source: source.name, at, origin, forced, payload, digest: arrival.digest, ...compared.counts },
    ...{ tier: split.value.tier, indexVersion: split.value.indexVersion, unread: compared.unread },
    rateLimitRemaining: arrival.rateLimitRemaining,
    outcome: isAccepted ? 'unchanged' : 'held',
    ...(verdict.hold && { reasons: verdict.hold.map(textOfReason) }),
  })
  recordHolds(db, { source, compared, pullId, at }, verdict)
  if (isAccepted) accept(db, { source, compared, pullId, at }, new Set(verdict.heldProviders.keys()))
  if (arrival.asked) updateSourceState(db, source.name, { etag: undefined, ...arrival.asked })
  return ok({ pullId, isAccepted })
}

interface Verdict {
  hold?: HoldReason[]
  heldProviders: ReadonlyMap<string, HoldReason[]>
}

function judge(
  db: Database,
  { source, at, forced }: Arrival,
  compared: ComparedShares,
  tier: string | undefined,
): Verdict {
  const size = checkSize({ rows: compared.counts.models, bytes: bytesOf(compared.shares) })
  // Nothing larger can be served, whoever asks for it.
  if (size) return { hold: [size], heldProviders: new Map() }
  const last = lastAcceptedPull(db, source.name)
  // A change of tier starts a new baseline: two tiers do not state the same facts.
  if (forced || !last || (last.tier ?? undefined) !== tier) return { heldProviders: new Map() }
  const { previous, next, unchanged } = rowsToGuard(db, source, compared)
  const verdict = guardCatalogue(previous, next, source.limits, unchanged)
  if (verdict.hold) return { ...unlessConfirmed(db, source, at, compared, verdict.hold), heldProviders: new Map() }
  const held = [...verdict.heldProviders].filter(
    ([provider, reasons]) => !isConfirmed(db, source, provider, { at, reasons, rows: [...(next.get(provider) ?? [])] }),
  )
  return { heldProviders: new Map(held) }
}

const bytesOf = (shares: readonly Share[]): number => shares.reduce((sum, { text }) => sum + text.length, 0)

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
  const limits = provider === WHOLE ? source.limits.whole : source.limits.provider
  return first !== undefined && confirms(first, next, limits)
}

interface Recorded {
  source: Source
  compared: ComparedShares
  pullId: number
  at: number
}

/** What is held from now on; what the pull no longer shows is over. */
function recordHolds(db: Database, recorded: Recorded, { hold, heldProviders }: Verdict): void {
  const { source, compared } = recorded
  if (hold) return recordHold(db, recorded, WHOLE, hold, compared.shares)
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
  const next = { at, reasons, rows: shares.flatMap((share) => guardedRows(db, source, share)) }
  const limits = provider === WHOLE ? source.limits.whole : source.limits.provider
  const first = firstHeld(readHold(db, source.name, provider), next, limits)
  writeHold(db, source.name, { ...first, provider, pullId })
}

/** Makes the changed shares what is accepted, but for those of held providers. */
export function accept(db: Database, recorded: Recorded, held: ReadonlySet<string>): void {
  const { source, compared, pullId, at } = recorded
  const isRescaled = compared.changed.some((share) => startsScale(db, source, share))
  for (const share of compared.changed) if (!held.has(share.provider)) acceptShare(db, source, share, pullId)
  for (const provider of compared.gone) if (!held.has(provider)) deleteAccepted(db, source.name, provider)
  const scaled = isRescaled ? { scaledAt: at } : {}
  updateSourceState(db, source.name, { acceptedPull: pullId, confirmedAt: at, ...scaled })
  prunePayloads(db, source.name, source.keptPayloads)
}

/** The first share of a source that does not name its scale, or one on another scale than before. */
function startsScale(db: Database, source: Source, share: Share): boolean {
  if (!source.isRescaled) return false
  const before = readAcceptedShare(db, source.name, share.provider)
  return before === undefined || source.isRescaled(JSON.parse(before.text), JSON.parse(share.text))
}

export function acceptShare(db: Database, source: Source, share: Share, pullId: number): void {
  rememberNames(db, source, share)
  const totals = totalsOf(guardedRows(db, source, share))
  if (!writeAccepted(db, source.name, { ...share, pullId, totals }))
    throw new Error(`Cannot store "${share.provider}" of ${source.name}: it exceeds the 2 MB of a row`)
}

export function textOfReason({ text, examples }: HoldReason): string {
  return examples.length > 0 ? `${text}: ${examples.join(', ')}` : text
}

function tooLarge({ name }: Source): { ok: false; failure: SourceFailure } {
  const detail = `Cannot pull from ${name}: its reply exceeds 1.9 MB compressed, more than one row can hold`
  return { ok: false, failure: { code: 'source-failed', reason: 'too-large', detail } }
}
