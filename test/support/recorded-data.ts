/** Real replies of the sources. They belong to the sources, so they are not part of the project. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** The folder that RECORDED_DATA names. Tests that need it are skipped if it is unset. */
export const recordedData: string | undefined = process.env.RECORDED_DATA || undefined

/** For the title of a skipped test. */
export const whySkipped = recordedData ? '' : ' (skipped: RECORDED_DATA is not set)'

export function recordedFile(...path: string[]): string {
  return join(recordedData ?? '', ...path)
}

/** JSON of a gzipped file. */
export function readRecorded(...path: string[]): unknown {
  return JSON.parse(gunzipSync(readFileSync(recordedFile(...path))).toString('utf8'))
}
