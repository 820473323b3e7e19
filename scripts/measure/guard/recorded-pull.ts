/** A recorded pull as the guard sees it, whatever its source. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { GuardedRow } from '../../../src/core/guard/guarded-row.ts'

export type Rows = readonly GuardedRow[]

export interface RecordedPull {
  label: string
  /** Unix milliseconds. */
  at: number
  /** A provider that did not change since the pull before keeps the same array. */
  providers: ReadonlyMap<string, Rows>
}

export function readGzip(path: string): string {
  return gunzipSync(readFileSync(path)).toString('utf8')
}
