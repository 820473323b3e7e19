/** Artificial Analysis (AA), which measures models by each reasoning effort. Its API needs a key. */
import { lossesOf } from '../../core/guard.ts'
import type { Source } from '../source.ts'
import { fetchPull } from './fetch-pull.ts'
import { AA_ATTRIBUTION, readPull, sourceFailure } from './read-pull.ts'

export const ARTIFICIAL_ANALYSIS: Source = {
  name: 'artificial-analysis',
  url: 'https://artificialanalysis.ai/api/v2',
  // Not a free licence: redistribution needs its consent.
  licence: 'https://artificialanalysis.ai/docs/legal/Terms-of-Use.pdf',
  attribution: AA_ATTRIBUTION,
  // Its replies carry no ETag: every pull is read whole.
  async pull({ url, apiKey, tier }, _previous, fetch) {
    if (apiKey === undefined) return sourceFailure('unauthorized', 'AA_API_KEY is not set')
    return fetchPull({ apiKey, tier: tier === 'pro' ? 'pro' : 'free', baseUrl: url }, fetch)
  },
  read: readPull,
  guard: (previous, next) => lossesOf(previous.statements, next.statements),
}
