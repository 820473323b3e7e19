/**
 * Epoch AI, whose Capabilities Index puts models on one scale across benchmarks: one value per model, at its best
 * setting. Only `eci_scores.csv` is read, because the files of single benchmarks have other owners' licences.
 */
import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import { BOARD_LIMITS } from '../../core/guard/guard-limits.ts'
import { CC_BY_4 } from '../licences.ts'
import { fetchIfChanged, htmlHintOf, openSourceFailure } from '../open-source.ts'
import type { Source } from '../source.ts'
import { SOURCE_URLS } from '../source-urls.ts'
import { type EciRecord, indexOf, nameOf, readRecords, readScores } from './read-scores.ts'

/** The file was 34 kB in August 2026. */
const MAX_BYTES = 2_000_000

export const EPOCH: Source = {
  name: 'epoch',
  url: SOURCE_URLS.epoch,
  attribution: {
    name: "Epoch AI, 'Epoch Capabilities Index', retrieved from epoch.ai/eci",
    url: 'https://epoch.ai/eci',
    license: CC_BY_4,
    note: 'Changed: rounded to integers',
  },
  limits: BOARD_LIMITS,
  keptPayloads: 30,
  textBody: true,
  async pull({ url }, { etag }, fetch) {
    const asked = { source: 'Epoch', setting: 'EPOCH_URL', url, accept: 'text/csv', maxBytes: MAX_BYTES }
    const reply = await fetchIfChanged(asked, etag, fetch)
    if (!reply.ok || reply.value === 'unchanged') return reply.ok ? ok('unchanged') : reply
    const { text, etag: next } = reply.value
    const hint = htmlHintOf(text)
    if (hint !== '') return openSourceFailure('Epoch', 'invalid', `the reply is not CSV${hint}`)
    const checked = readRecords(text)
    return checked.ok ? ok({ pages: [text], ...(next !== undefined && { etag: next }) }) : checked
  },
  /** The file is one page and one share, because all its scores are from one fit. */
  split(pages) {
    const [csv] = pages
    if (pages.length !== 1 || typeof csv !== 'string')
      return openSourceFailure('Epoch', 'invalid', 'it is not a single page of text')
    const checked = readRecords(csv)
    return checked.ok ? ok({ shares: new Map([['', csv]]) }) : checked
  },
  creatorsIn: () => [],
  read: (share) => ({ providers: [], models: [], rejected: [], ...readScores(recordsOf(share)) }),
  /** A re-fit changes nearly all values together; a newly measured model changes only its own. */
  isRescaled(previous, next) {
    const before = new Map(recordsOf(previous).map((record) => [nameOf(record), indexOf(record)]))
    const kept = recordsOf(next).filter((record) => before.get(nameOf(record)) !== undefined)
    const moved = kept.filter((record) => before.get(nameOf(record)) !== indexOf(record))
    return moved.length * 2 > kept.length
  },
}

/** A share was validated when it was split. */
function recordsOf(share: unknown): readonly EciRecord[] {
  const records: Result<readonly EciRecord[], SourceFailure> = readRecords(String(share))
  if (!records.ok) throw new Error(records.failure.detail)
  return records.value
}
