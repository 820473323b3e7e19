/** The pulls that a benchmark runs on: made-up days in the Pro shape, whose capabilities a search can ask for. */
import { madeUpDays } from '../shared/made-up-days.ts'
import type { MadeUpRow } from '../shared/made-up-row.ts'

export const MODELS = 700
/** Of each day. */
export const CHANGES = 300

interface BenchPull {
  fetchedAt: string
  pages: object[]
}

export function* benchPulls(days: number): Generator<BenchPull> {
  for (const { fetchedAt, pages } of madeUpDays(days, MODELS, CHANGES))
    yield { fetchedAt, pages: pages.map((page) => ({ ...page, tier: 'pro', data: page.data.map(withProFacts) })) }
}

/** A third of the models see, half of them reason: a function of the model, so that no day changes it. */
function withProFacts(row: MadeUpRow): object {
  const number = Number(row.id.slice(-12))
  const none = { text: false, image: false, video: false, speech: false }
  return {
    ...row,
    reasoning_model: number % 2 === 0,
    context_window_tokens: 128_000 * (1 + (number % 8)),
    modalities: { input: { ...none, text: true, image: number % 3 === 0 }, output: { ...none, text: true } },
  }
}
