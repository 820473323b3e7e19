import type { Diff, VersionId } from '../../core/schema/history.ts'

/** The outcome of a check for a newer version. */
export interface CheckedUpdate {
  /** Whether another version replaced the client's. */
  updated: boolean
  /** The version that is current now. */
  version: VersionId
  /** What the update changed; `undefined` if unknown: use `getDiff`. */
  diff: Diff | undefined
}
