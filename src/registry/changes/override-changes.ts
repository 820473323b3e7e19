/**
 * Changes of overrides: recorded, built on the last accepted pull, committed as one row, all or nothing. What a change
 * would make is shown by making it and rolling back, so that a dry run can never differ from the real one.
 */
import type { BuildSettings } from '../../config.ts'
import { type Failure, type FailureOf, fail, ok, type Result } from '../../core/failure.ts'
import { refusalOf } from '../../core/overrides/check-overrides.ts'
import type { KeyedOverride } from '../../core/overrides/override-schema.ts'
import type { Diff } from '../../core/schema/history.ts'
import type { Outcome } from '../../core/schema/operations.ts'
import { buildLatest, catchUp, rebuild } from '../build/builder.ts'
import { diffRows } from '../history/diffs.ts'
import { newestRow, outcomeOfRow } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import {
  activeOverride,
  activeOverrides,
  appendOverride,
  plainOverrides,
  readRemembered,
  type Target,
} from '../store/override-record.ts'
import { dropSetting, getSetting } from '../store/settings.ts'
import { etagOfOverride, meetsPreconditions, type Preconditions } from './preconditions.ts'

/** The preconditions are of the one target that is changed, or of the first. */
export interface OverrideRequest extends Preconditions {
  changes: TargetChange[]
  /** The name of the token. */
  by: string
  dryRun: boolean
}

export interface TargetChange extends Target {
  /** Absent to take the override back. */
  override?: KeyedOverride
}

export type OverrideOutcome = Outcome & { diff?: Diff }

export function changeOverrides(
  db: Database,
  request: OverrideRequest,
  settings: BuildSettings,
  at: number,
): Result<OverrideOutcome> {
  const refused = refuseConditions(db, request)
  if (refused) return fail(refused)
  const preview = previewChange(db, request, settings, at)
  if (!preview.ok || request.dryRun) return preview
  return db.attempt(() => {
    // What the sources or the settings changed is no work of the override's.
    const caughtUp = catchUp(db, settings, at)
    if (!caughtUp.ok) return caughtUp
    for (const { override, ...target } of request.changes) appendOverride(db, target, override, { at, by: request.by })
    const rebuilt = rebuild(db, settings, { cause: 'override', at })
    if (!rebuilt.ok) return rebuilt
    const pin = getSetting(db, 'pin')
    const outcome = outcomeOfRow(db, rebuilt.value)
    const { diff } = preview.value
    return ok({ ...outcome, ...(pin && { outcome: 'pinned' as const, pinned: pin.version }), ...(diff && { diff }) })
  })
}

function refuseConditions(db: Database, { changes, ...preconditions }: OverrideRequest): Failure | undefined {
  if (!newestRow(db)) {
    const detail = 'Cannot correct an empty registry: pull or import first'
    return { code: 'empty-registry', detail, retryAfterSeconds: 30 }
  }
  const [first] = changes
  const active = first && activeOverride(db, first)
  const etag = active && etagOfOverride(active.id)
  if (!meetsPreconditions(etag, preconditions)) {
    const detail = `Cannot change the override: it is ${etag ?? 'not there'}, which the condition excludes`
    return { code: 'precondition-failed', detail }
  }
  const missing = changes.find(({ override, ...target }) => !override && !activeOverride(db, target))
  return missing && noOverride(missing)
}

/** What the change would make; while pinned, against what lifting the pin would serve. */
function previewChange(
  db: Database,
  { changes, by }: OverrideRequest,
  settings: BuildSettings,
  at: number,
): Result<OverrideOutcome> {
  let preview: OverrideOutcome | undefined
  const isPinned = getSetting(db, 'pin') !== undefined
  const tried = db.attempt(() => {
    dropSetting(db, 'pin')
    const before = isPinned ? rebuild(db, settings, { cause: 'rebuild', at }) : catchUp(db, settings, at)
    if (!before.ok) return before
    const from = newestRow(db)
    for (const { override, ...target } of changes) appendOverride(db, target, override, { at, by })
    const refused = refuseTargets(db, changes, settings)
    if (refused) return fail(refused)
    const after = rebuild(db, settings, { cause: 'override', at })
    if (!after.ok) return after
    const to = newestRow(db)
    const diff = from && to && diffRows(db, from.seq, to.seq)
    const outcome = isPinned ? 'pinned' : after.value ? 'committed' : 'unchanged'
    preview = { outcome, ...(diff && { diff }) }
    return fail(PREVIEWED)
  })
  if (!tried.ok && preview) return ok(preview)
  return tried.ok ? ok({ outcome: 'unchanged' }) : tried
}

function refuseTargets(db: Database, changes: readonly TargetChange[], settings: BuildSettings): Failure | undefined {
  const latest = buildLatest(db, settings)
  if (!latest.ok) return latest.failure
  if (!latest.value)
    return { code: 'conflict', detail: 'Cannot take the override: there is no accepted pull to build on' }
  const puts = changes.flatMap(({ override }) => override ?? [])
  const takenBack = changes.filter(({ override }) => !override)
  const active = plainOverrides(activeOverrides(db))
  return refusalOf({ puts, takenBack }, { sources: latest.value.sources, active, remembered: readRemembered(db) })
}

/** Rolls a preview back; it never gets out. */
const PREVIEWED: FailureOf<'internal'> = { code: 'internal', detail: 'previewed' }

function noOverride({ provider, value }: Target): FailureOf<'not-found'> {
  const name = value === undefined ? provider : `${provider}/${value}`
  return { code: 'not-found', detail: `Cannot find an override of "${name}": there is none active` }
}
