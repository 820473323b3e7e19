/** Rollback: a past catalogue made current again as a new row, and kept so until the pin is lifted. */
import type { BuildSettings } from '../../config.ts'
import { ok, type Result } from '../../core/failure.ts'
import type { Outcome } from '../../core/schema/operations.ts'
import type { Selector } from '../../core/selector.ts'
import { rebuild } from '../build/builder.ts'
import { findRow } from '../history/find-row.ts'
import { outcomeOfRow, revisionsAt } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { dropSetting, putSetting } from '../store/settings.ts'
import { commitRevisions } from './commit.ts'

/** Pins a version. What is current already makes no row, but is pinned all the same. */
export function rollBack(db: Database, selector: Selector, reason: string, now: number): Result<Outcome> {
  return db.transaction(() => {
    const found = findRow(db, selector)
    if (!found.ok) return found
    const { seq, version, attribution } = found.value
    const row = commitRevisions(db, { revisions: revisionsAt(db, seq), attribution, cause: 'rollback', at: now })
    putSetting(db, 'pin', { version, since: now, reason })
    return ok({ ...outcomeOfRow(db, row), pinned: version })
  })
}

/** Makes current what the latest facts make, as if there had never been a pin. */
export function liftPin(db: Database, settings: BuildSettings, now: number): Result<Outcome> {
  return db.attempt(() => {
    dropSetting(db, 'pin')
    const rebuilt = rebuild(db, settings, { cause: 'rebuild', at: now })
    return rebuilt.ok ? ok(outcomeOfRow(db, rebuilt.value)) : rebuilt
  })
}
