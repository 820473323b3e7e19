import type { Diff, VersionId } from '../../core/schema/history.ts'

/** What asking for a newer manifest came to. */
export interface CheckedUpdate {
  /** Whether a manifest at hand was replaced by another version. */
  updated: boolean
  /** The version that is current now. */
  version: VersionId
  /** What the update changed; `undefined` where the manifest was fetched whole. */
  diff: Diff | undefined
}
