/** Real replies of the sources, which belong to them and so are not part of the project. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** The folder that RECORDED_DATA names; tests that need it are skipped where it is unset. */
export const recordedData: string | undefined = process.env.RECORDED_DATA || undefined

/** What the title of a skipped test says. */
export const whySkipped = recordedData ? '' : ' (skipped: RECORDED_DATA is not set)'

export function recordedFile(...path: string[]): string {
  return join(recordedData ?? '', ...path)
}

/** JSON of a gzipped file. */
export function readRecorded(...path: string[]): unknown {
  return JSON.parse(gunzipSync(readFileSync(recordedFile(...path))).toString('utf8'))
}
