/**
 * What the last accepted pull states, so that the guard need not read it again for the next one while the object is
 * awake. It is a function of the pull's pages, by whose digest it is known.
 */
import type { SourcePull } from '../../core/build/statement.ts'
import type { Database } from '../store/database.ts'

const known = new WeakMap<Database, { digest: string; pull: SourcePull }>()

export function rememberPull(db: Database, digest: string, pull: SourcePull): void {
  known.set(db, { digest, pull })
}

export function recallPull(db: Database, digest: string | null): SourcePull | undefined {
  const last = known.get(db)
  return digest !== null && last?.digest === digest ? last.pull : undefined
}
