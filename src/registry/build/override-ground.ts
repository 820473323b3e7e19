/**
 * What overrides stand on: all that are active, what the sources had last of what they build on, and the parts of the
 * sources, each read when it is first asked for. A change is checked against it and built on it, and reads it once.
 */
import type { Override, Remembered } from '../../core/overrides/override.ts'
import type { Database } from '../store/database.ts'
import { activeOverrides, plainOverrides, readRemembered } from '../store/override-record.ts'
import { readSourcePart, type SourcePart } from './source-parts.ts'

export interface OverrideGround {
  overrides: readonly Override[]
  remembered: Remembered
  /** What the sources alone make of a provider. */
  partOf: (provider: string) => SourcePart | undefined
}

/** As it is now: read it again after the next change. */
export function readGround(db: Database): OverrideGround {
  const parts = new Map<string, SourcePart | undefined>()
  const partOf = (provider: string): SourcePart | undefined => {
    if (!parts.has(provider)) parts.set(provider, readSourcePart(db, provider))
    return parts.get(provider)
  }
  return { overrides: plainOverrides(activeOverrides(db)), remembered: readRemembered(db), partOf }
}
