/** Peak hours of a provider, derived from its price list. */
import { describe, expect, it } from 'vitest'
import { costOf } from '../../../src/core/pricing/cost-of.ts'
import { DEEPSEEK } from '../../support/core/usage-rows/priced-models.ts'

const USAGE = { prompt_tokens: 1_000_000, completion_tokens: 100_000, total_tokens: 1_100_000 }

describe('the cost of a request to DeepSeek V4 Pro', () => {
  it.each([
    ['on Monday before the first peak', '2026-08-17T00:59:59Z', 0.858],
    ['in the first peak', '2026-08-17T01:00:00Z', 1.716],
    ['between the peaks', '2026-08-17T04:00:00Z', 0.858],
    ['in the second peak', '2026-08-17T09:59:59Z', 1.716],
    ['after the peaks', '2026-08-17T10:00:00Z', 0.858],
    ['on a Saturday', '2026-08-22T02:00:00Z', 0.858],
    ['on a public holiday', '2026-10-01T02:00:00Z', 0.858],
  ])('%s', (_, at, usd) => {
    expect(costOf(DEEPSEEK, USAGE, { at })).toMatchObject({ ok: true, value: { usd } })
  })
})
