/**
 * Changes of overrides: recorded, built on what is accepted, as one commit, all or nothing. A dry run makes
 * the same change in a transaction that is rolled back, so it can never differ from the real one.
 */
import type { BuildSettings } from '../../config.ts'
import { type Failure, type FailureOf, fail, ok, type Result } from '../../core/failure.ts'
import { affectedProviders, neededProviders } from '../../core/overrides/affected-providers.ts'
import { checkOverrides } from '../../core/overrides/check-overrides.ts'
import type { KeyedOverride } from '../../core/overrides/override-schema.ts'
import type { Diff } from '../../core/schema/history.ts'
import type { Outcome } from '../../core/schema/operations.ts'
import { type Built, buildOverridden } from '../build/builder.ts'
import { type OverrideGround, readGround } from '../build/override-ground.ts'
import { diffSince } from '../history/diffs.ts'
import { newestCommit, outcomeOfCommit } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { activeOverride, appendOverride, type Target } from '../store/override-record.ts'
import { deleteState, getState } from '../store/state.ts'
import { etagOfOverride, meetsPreconditions, type Preconditions } from './preconditions.ts'
import { catchUp, commitBuilt, rebuild } from './rebuild.ts'

/** The preconditions apply to the first target. */
export interface OverrideRequest extends Preconditions {
  changes: TargetChange[]
  /** The name of the token. */
  by: string
  dryRun: boolean
}

export interface TargetChange extends Target {
  /** Absent to delete the override. */
  override?: KeyedOverride
}

export type OverrideOutcome = Outcome & { diff?: Diff }

export function changeOverrides(
  db: Database,
  request: OverrideRequest,
  settings: BuildSettings,
  at: number,
): Result<OverrideOutcome> {
  const refused = checkConditions(db, request)
  if (refused) return fail(refused)
  const pin = getState(db, 'pin')
  const change = { ...request, settings, at }
  const work = () => (pin ? changePinned(db, change, pin.version) : changeCurrent(db, change))
  if (!request.dryRun) return db.attempt(work)
  const preview = db.preview(work)
  if (!preview.ok) return preview
  // A preview stores no commit, so the outcome names none.
  const { outcome, diff } = preview.value
  const wouldCommit = outcome === 'committed' || (outcome === 'pinned' && hasChanges(diff))
  return ok({ outcome: wouldCommit ? 'would-commit' : 'would-not-change', ...(diff && { diff }) })
}

function checkConditions(db: Database, { changes, ...preconditions }: OverrideRequest): Failure | undefined {
  if (!newestCommit(db)) {
    const detail = 'Cannot change the overrides: the registry is empty; pull or import first'
    return { code: 'empty-registry', detail, retryAfterSeconds: 30 }
  }
  const [first] = changes
  const active = first && activeOverride(db, first)
  const etag = active && etagOfOverride(active.id)
  if (!meetsPreconditions(etag, preconditions)) {
    const detail = `Cannot change the override: its etag is ${etag ?? 'absent'}, which does not satisfy the precondition`
    return { code: 'precondition-failed', detail }
  }
  const missing = changes.find(({ override, ...target }) => !override && !activeOverride(db, target))
  return missing && noOverride(missing)
}

type Change = OverrideRequest & { settings: BuildSettings; at: number }

function changeCurrent(db: Database, change: Change): Result<OverrideOutcome> {
  const { settings, at } = change
  // Changes caused by new settings or code since the last build are committed first, separately from this change.
  const caughtUp = catchUp(db, settings, at)
  if (!caughtUp.ok) return caughtUp
  const from = newestCommit(db)
  const built = buildChanged(db, change)
  if (!built.ok) return built
  const row = commitBuilt(db, built.value, { cause: 'override', at })
  return ok({ ...outcomeOfCommit(db, row), ...diffSince(db, from) })
}

/** Records the change without a commit. The diff shows its effect once the pin is lifted. */
function changePinned(db: Database, change: Change, pinned: string): Result<OverrideOutcome> {
  const { settings, at } = change
  const lifted = db.preview(() => {
    deleteState(db, 'pin')
    const before = rebuild(db, settings, { cause: 'rebuild', at, whole: true })
    if (!before.ok) return before
    const from = newestCommit(db)
    const built = buildChanged(db, change)
    if (!built.ok) return built
    commitBuilt(db, built.value, { cause: 'override', at })
    return ok(diffSince(db, from))
  })
  if (!lifted.ok) return lifted
  const built = buildChanged(db, change)
  if (!built.ok) return built
  const row = commitBuilt(db, built.value, { cause: 'override', at })
  return ok({ ...outcomeOfCommit(db, row), outcome: 'pinned', pinned, ...lifted.value })
}

/** Checks and records the change, and builds the parts that it affects. */
function buildChanged(db: Database, { changes, by, settings, at }: Change): Result<Built> {
  for (const { override, ...target } of changes) appendOverride(db, target, override, { at, by })
  const ground = readGround(db)
  const refused = checkTargets(ground, changes)
  if (refused) return fail(refused)
  const changed = changes.map(({ provider }) => provider)
  return ok(buildOverridden(db, settings, { changed, at, ground }))
}

function checkTargets(
  { overrides: active, remembered, partOf }: OverrideGround,
  changes: readonly TargetChange[],
): Failure | undefined {
  const puts = changes.flatMap(({ override }) => override ?? [])
  const deleted = changes.filter(({ override }) => !override)
  const needed = neededProviders(affectedProviders(changes, active), active)
  const parts = [...needed].flatMap((provider) => partOf(provider) ?? [])
  const sources = { providers: parts.map(({ provider }) => provider), models: parts.flatMap(({ models }) => models) }
  return checkOverrides({ puts, deleted }, { sources, active, remembered })
}

function hasChanges(diff: Diff | undefined): boolean {
  if (!diff) return false
  const { providers, summary } = diff
  const changes = [providers.added, providers.removed, providers.changed]
  return Object.values(summary).some((count) => count > 0) || changes.some((list) => list.length > 0)
}

function noOverride({ provider, value }: Target): FailureOf<'not-found'> {
  const name = value === undefined ? provider : `${provider}/${value}`
  return { code: 'not-found', detail: `Cannot find an override of "${name}": no active override` }
}
