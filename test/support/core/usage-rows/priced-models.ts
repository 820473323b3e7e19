/** Models with the prices that their providers list, and the type of a usage row. */
import type { CostOptions } from '../../../../src/core/pricing/cost-of.ts'
import type { Model } from '../../../../src/core/schema/model.ts'

export type PricedModel = Pick<Model, 'billing' | 'pricing'>

export interface UsageRow {
  /** The page or type of the API that defines how these numbers include each other. */
  by: string
  usage: unknown
  model: PricedModel
  options?: CostOptions
  usd: number
}

const LONG_SONNET = { above: 200_000, input: 6, output: 22.5, cacheRead: 0.6, cacheWrite: 7.5, cacheWrite1h: 12 }
const LONG_SOL = { above: 272_000, input: 8, output: 30, cacheRead: 0.8, cacheWrite: 10 }
const FAST_SOL = {
  input: 8,
  output: 40,
  cacheRead: 0.8,
  cacheWrite: 10,
  request: { body: { service_tier: 'priority' } },
}

export const SONNET: PricedModel = {
  pricing: { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75, cacheWrite1h: 6, tiers: [LONG_SONNET] },
}
export const OPUS: PricedModel = {
  pricing: {
    input: 5,
    output: 25,
    cacheRead: 0.5,
    cacheWrite: 6.25,
    modes: { fast: { input: 10, output: 50, cacheRead: 1, cacheWrite: 12.5 }, batch: { input: 2.5, output: 12.5 } },
  },
}
export const GPT_5_5: PricedModel = {
  pricing: {
    input: 5,
    output: 30,
    cacheRead: 0.5,
    tiers: [{ above: 272_000, input: 10, output: 45, cacheRead: 1 }],
    modes: { fast: { input: 12.5, output: 75, cacheRead: 1.25 } },
  },
}
export const SOL: PricedModel = {
  pricing: {
    input: 4,
    output: 20,
    cacheRead: 0.4,
    cacheWrite: 5,
    tiers: [LONG_SOL],
    modes: { fast: FAST_SOL, pro: { request: { body: { reasoning: { mode: 'pro' } } } } },
  },
}
export const GEMINI_PRO: PricedModel = {
  pricing: {
    input: 1.25,
    output: 10,
    cacheRead: 0.125,
    tiers: [{ above: 200_000, input: 2.5, output: 15, cacheRead: 0.25 }],
  },
}
export const GEMINI_FLASH: PricedModel = { pricing: { input: 0.3, output: 2.5, cacheRead: 0.03, inputAudio: 1 } }
export const GEMINI_3_6_FLASH: PricedModel = {
  pricing: { input: 0.75, output: 3.75, cacheRead: 0.075, inputAudio: 0.75 },
}
export const AUDIO: PricedModel = { pricing: { input: 0.5, output: 2, inputAudio: 4, outputAudio: 16 } }
export const GROK: PricedModel = { pricing: { input: 3, output: 15, cacheRead: 0.75 } }
export const SONAR: PricedModel = { pricing: { input: 2, output: 8, reasoning: 3 } }
export const EMBEDDING: PricedModel = { pricing: { input: 0.13, output: 0 } }
export const FREE: PricedModel = { billing: 'free', pricing: { input: 0, output: 0 } }

/** From 2026-08-16 16:00 UTC on: double at the peak hours of working days in China. */
export const DEEPSEEK: PricedModel = {
  pricing: {
    input: 0.66,
    output: 1.98,
    cacheRead: 0.0055,
    windows: [
      { from: '01:00', to: '04:00', days: [1, 2, 3, 4, 5], except: ['2026-10-01', '2026-10-02'], factor: 2 },
      { from: '06:00', to: '10:00', days: [1, 2, 3, 4, 5], except: ['2026-10-01', '2026-10-02'], factor: 2 },
    ],
  },
}
/** A window across midnight that starts on Fridays, except on one. */
export const NIGHTLY: PricedModel = {
  pricing: {
    input: 1,
    output: 4,
    windows: [{ from: '22:00', to: '06:00', days: [5], except: ['2026-12-25'], prices: { input: 0.5 } }],
  },
}
