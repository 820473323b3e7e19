/** The versions that the last recorded days of models.dev lead to, by the code that the Worker runs. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { makeAlone } from '../../shared/sources-alone.ts'
import { recordedDays } from '../reading/recorded-days.ts'
import { type RecordedVersion, versionFrom } from './recorded-versions.ts'

/** `folder` contains `models-dev/history`; days without changes are skipped. */
export function* modelsDevVersions(folder: string, days: number): Generator<RecordedVersion> {
  const file = join(folder, 'models-dev', 'history', 'daily.ndjson.gz')
  // Each body shares its rows with the next one, so none can be kept for later.
  const total = countOf(recordedDays(file))
  let last: RecordedVersion | undefined
  let day = 0
  for (const { date, body } of recordedDays(file)) {
    if (++day <= total - days) continue
    const made = makeAlone([{ source: 'models.dev', pages: [body] }])
    if (!made.ok) continue
    const next = versionFrom(made.value, Date.parse(`${date}T02:00:00Z`), last?.info)
    if (next.info.root === last?.info.root) continue
    yield next
    last = next
  }
}

/** Of the newest whole body that is recorded. */
export function newestModelsDevVersion(folder: string): RecordedVersion {
  const body = readBody(join(folder, 'models-dev', NEWEST_BODY))
  const made = makeAlone([{ source: 'models.dev', pages: [body] }])
  if (!made.ok) throw new CommandError(`Cannot read ${NEWEST_BODY}: ${made.failure.detail}`)
  return versionFrom(made.value, Date.parse('2026-09-30T02:00:00Z'), undefined)
}

const NEWEST_BODY = 'api-2026-09-30.json.gz'

function readBody(path: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(path)).toString('utf8'))
}

function countOf(days: Iterable<unknown>): number {
  let count = 0
  for (const _day of days) count += 1
  return count
}
