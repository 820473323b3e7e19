/**
 * Arena (LMArena), where people vote between answers. Votes measure preference, not correctness, so they never decide
 * `iq`. The source is its dataset on Hugging Face, read only while the dataset states its licence, and never its site.
 */
import { ok } from '../../core/failure.ts'
import { BOARD_LIMITS } from '../../core/guard/guard-limits.ts'
import type { Attribution } from '../../core/schema/history.ts'
import { CC_BY_4 } from '../licences.ts'
import { openSourceFailure } from '../open-source.ts'
import type { Source } from '../source.ts'
import { ARENA_CARD_URL, SOURCE_URLS } from '../source-urls.ts'
import { checkLicence } from './check-licence.ts'
import { fetchRows } from './fetch-rows.ts'
import { readBoard } from './read-board.ts'
import { readPages } from './read-page.ts'

const ATTRIBUTION: Attribution = {
  name: 'Arena (LMArena) leaderboard dataset',
  url: 'https://huggingface.co/datasets/lmarena-ai/leaderboard-dataset',
  license: CC_BY_4,
  note: 'Changed: ratings rounded to 5 points',
}

export const ARENA: Source = {
  name: 'arena',
  url: SOURCE_URLS.arena,
  attribution: ATTRIBUTION,
  limits: BOARD_LIMITS,
  keptPayloads: 30,
  async pull({ url, cardUrl = ARENA_CARD_URL }, _previous, fetch) {
    const licensed = await checkLicence(cardUrl, fetch)
    if (!licensed.ok) return licensed
    const pages = await fetchRows(url, fetch)
    if (!pages.ok) return pages
    const checked = ARENA.split(pages.value)
    return checked.ok ? ok({ pages: pages.value }) : checked
  },
  /** The board is one share, because all its ratings are from one day. */
  split(pages) {
    const rows = readPages(pages)
    if (!rows.ok) return rows
    if (readBoard(rows.value).scores.length === 0)
      return openSourceFailure('Arena', 'invalid', 'it contains no usable rating')
    return ok({ shares: new Map([['', pages]]) })
  },
  creatorsIn: () => [],
  read(share) {
    const { date, ...board } = readBoard(rowsOf(share))
    const note = date === undefined ? ATTRIBUTION.note : `Board of ${date}. ${ATTRIBUTION.note}`
    return { providers: [], models: [], rejected: [], ...board, attribution: [{ ...ATTRIBUTION, note }] }
  },
}

/** A share was validated when it was split. */
function rowsOf(share: unknown): Parameters<typeof readBoard>[0] {
  const rows = readPages(Array.isArray(share) ? share : [])
  if (!rows.ok) throw new Error(rows.failure.detail)
  return rows.value
}
