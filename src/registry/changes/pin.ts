/** Rollback: a past catalogue made current again as a new row, and kept so until the pin is lifted. */
import { ok, type Result } from '../../core/failure.ts'
import type { Outcome } from '../../core/schema/operations.ts'
import type { Selector } from '../../core/selector.ts'
import { findRow, outcomeOfRow, revisionsAt } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { putSetting } from '../store/settings.ts'
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
