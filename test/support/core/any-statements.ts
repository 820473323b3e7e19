/** Any statements of all sources, for laws. Small alphabets, so that rows are joined and families have several rows. */
import * as fc from 'fast-check'
import type { ModelFacts, ModelStatement, ScoreStatement } from '../../../src/core/statements/statement.ts'
import { listed, measured } from './statements.ts'

const price = fc.constantFrom(0, 1, 1.005, 2, 0.3)
const tokens = fc.constantFrom(1000, 128_000, 262_144)
const flag = fc.boolean()
const some = { requiredKeys: [] }

const limits = { contextWindow: tokens, maxInput: tokens, maxOutput: tokens }
const measures = {
  intelligenceIndex: fc.constantFrom(20, 40, 60),
  codingIndex: fc.constantFrom(10, 30),
  outputTokensPerSecond: fc.constantFrom(10, 120),
}
const prices = { input: price, output: price, cacheRead: price }

const listedFacts: fc.Arbitrary<ModelFacts> = fc.record(
  {
    type: fc.constantFrom('chat', 'image'),
    pricing: fc.record({ ...prices, tiers: fc.constant([{ above: 200_000, input: 3 }]) }, some),
    metrics: fc.record(limits, some),
    capabilities: fc.record({ vision: flag, toolUse: flag }, some),
    modalities: fc.constant({ input: ['text' as const], output: ['text' as const] }),
    releaseDate: fc.constantFrom('2026-01', '2026-02-03'),
    openWeights: flag,
    sdk: fc.constant({ model: 'm' }),
    status: fc.constantFrom('preview', 'deprecated'),
  },
  some,
)
const measuredFacts: fc.Arbitrary<ModelFacts> = fc.record(
  {
    pricing: fc.record(prices, some),
    metrics: fc.record({ ...measures, contextWindow: tokens }, some),
    capabilities: fc.record({ vision: flag }, some),
    releaseDate: fc.constantFrom('2026-01-01'),
    openWeights: flag,
  },
  some,
)

const values = ['one', 'one-2026-02-03', 'one-high', 'two', 'two:free']
const keyOf = ({ provider, value }: ModelStatement): string => `${provider}/${value}`

const anyListed = fc
  .tuple(fc.constantFrom(...values), fc.constantFrom('acme', 'acme-cn', 'host'), fc.boolean(), listedFacts)
  .map(([value, provider, isLabelled, facts]) =>
    listed(value, facts, { provider, ...(isLabelled && { canonicalId: `acme/${value}` }) }),
  )
const anyMeasured = fc
  .tuple(fc.constantFrom('one', 'two'), fc.constantFrom('', ' (high)', ' (Non-reasoning)'), measuredFacts)
  .map(([slug, effort, facts]) => measured(slug, facts, { name: slug + effort }))

/** By source. Neither source states a model twice. */
export const anyStatements: fc.Arbitrary<{ listed: ModelStatement[]; measured: ModelStatement[] }> = fc.record({
  listed: fc.uniqueArray(anyListed, { selector: keyOf, maxLength: 8 }),
  measured: fc.uniqueArray(anyMeasured, { selector: keyOf, maxLength: 5 }),
})

export const anyScores: fc.Arbitrary<ScoreStatement[]> = fc.array(
  fc
    .tuple(
      fc.constantFrom('one', 'two'),
      fc.constantFrom(undefined, '2026-02', '2026-01'),
      fc.integer({ min: 110, max: 165 }),
    )
    .chain(([id, date, score]) => {
      const named = { family: `acme/${id}`, ...(date && { date }) }
      return fc.constantFrom<ScoreStatement>(
        { ...named, source: 'epoch', metrics: { epochCapabilitiesIndex: score } },
        { ...named, source: 'arena', metrics: { arenaText: score * 10 } },
      )
    }),
  { maxLength: 4 },
)
