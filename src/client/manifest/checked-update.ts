import type { Diff, VersionId } from '../../core/schema/history.ts'

/** What asking for a newer manifest came to. */
export interface CheckedUpdate {
  /** Whether another version replaced the client's manifest. */
  updated: boolean
  /** The version that is current now. */
  version: VersionId
  /** What the update changed; `undefined` where the manifest was fetched whole. */
  diff: Diff | undefined
}
