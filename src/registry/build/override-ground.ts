/**
 * What a change of overrides is checked against and built on: the active overrides, the last facts that they build on, and
 * the parts from the sources alone. Each part is read once, when it is first needed.
 */
import type { Override, Remembered } from '../../core/overrides/override.ts'
import type { Database } from '../store/database.ts'
import { activeOverrides, plainOverrides, readRemembered } from '../store/override-record.ts'
import { readSourcePart, type SourcePart } from './source-parts.ts'

export interface OverrideGround {
  overrides: readonly Override[]
  remembered: Remembered
  /** The part of a provider from the sources alone. */
  partOf: (provider: string) => SourcePart | undefined
}

/** Reads the current state. Read it again after the next change. */
export function readGround(db: Database): OverrideGround {
  const parts = new Map<string, SourcePart | undefined>()
  const partOf = (provider: string): SourcePart | undefined => {
    if (!parts.has(provider)) parts.set(provider, readSourcePart(db, provider))
    return parts.get(provider)
  }
  return { overrides: plainOverrides(activeOverrides(db)), remembered: readRemembered(db), partOf }
}
