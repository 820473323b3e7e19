import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildPart, type Part, planParts } from '../../../src/core/build/build-parts.ts'
import { inputsOf } from '../../../src/core/build/part-inputs.ts'
import { PlanMemory } from '../../../src/core/build/plan-memory.ts'
import { Model, Provider } from '../../../src/core/schema/model.ts'
import { DEFAULT_EPOCH_THRESHOLDS } from '../../../src/core/score.ts'
import type { ModelStatement, ScoreStatement } from '../../../src/core/statements/statement.ts'
import { anyScores, anyStatements } from '../../support/core/any-statements.ts'
import { independentCanonical } from '../../support/core/naive/independent-canonical.ts'
import { naiveFacts } from '../../support/core/naive/naive-build.ts'
import { buildInput, modelsOf, partsOf, typeOf } from '../../support/core/statements.ts'

const EPOCH = { basis: 'epoch' as const, thresholds: DEFAULT_EPOCH_THRESHOLDS }
const all = (given: { listed: ModelStatement[]; measured: ModelStatement[] }) => [...given.listed, ...given.measured]

/** Builds only the parts whose inputs differ from those of an existing part. */
function buildIncrementally(
  models: ModelStatement[],
  scores: ScoreStatement[],
  known: Map<string, Part>,
): Map<string, Part> {
  const plan = planParts(buildInput(models, { scores }))
  if (!plan.ok) throw new Error(plan.failure.detail)
  return new Map(
    [...plan.value.parts.values()].map((inputs) => {
      const stated = models.filter(({ provider }) => provider === inputs.provider)
      const text = inputsOf(inputs, [JSON.stringify(stated)])
      return [text, known.get(text) ?? buildPart(inputs, typeOf)]
    }),
  )
}

function withoutRepeated(statements: ModelStatement[]): ModelStatement[] {
  const keyOf = ({ source, provider, value }: ModelStatement) => `${source}\n${provider}\n${value}`
  return [...new Map(statements.map((one) => [keyOf(one), one])).values()]
}

const contentOf = (parts: Iterable<Part>) => [...parts].map(({ provider, models }) => ({ provider, models }))

describe('buildParts()', () => {
  it('returns the same for statements in any order', () => {
    const inOrders = fc
      .tuple(anyStatements, anyScores)
      .chain(([given, scores]) =>
        fc.tuple(
          fc.constant({ models: all(given), scores }),
          fc.shuffledSubarray(all(given), { minLength: all(given).length }),
          fc.shuffledSubarray(scores, { minLength: scores.length }),
        ),
      )
    fc.assert(
      fc.property(inOrders, ([{ models, scores }, shuffledModels, shuffledScores]) => {
        const shuffled = partsOf(shuffledModels, { scores: shuffledScores })
        const [a, b] = [partsOf(models, { scores }), shuffled].map((parts) => contentOf(parts.values()))
        expect(independentCanonical(a)).toBe(independentCanonical(b))
      }),
    )
  })

  it('returns models and providers that satisfy their schemas, sorted by value', () => {
    fc.assert(
      fc.property(anyStatements, anyScores, fc.boolean(), (given, scores, onEpoch) => {
        const parts = partsOf(all(given), { scores, indexVersion: 4.1, ...(onEpoch && { scale: EPOCH }) })
        for (const { provider, models } of parts.values()) {
          expect(Provider.strict().safeParse(provider).error).toBeUndefined()
          for (const model of models) expect(Model.strict().safeParse(model).error).toBeUndefined()
          const values = models.map(({ value }) => value)
          expect(values).toEqual([...values].sort())
          for (const { metrics: { contextWindow = Number.POSITIVE_INFINITY, ...limits } = {} } of models)
            expect(Math.max(limits.maxInput ?? 0, limits.maxOutput ?? 0)).toBeLessThanOrEqual(contextWindow)
        }
      }),
    )
  })

  it('gives each model the same key as with only one source', () => {
    fc.assert(
      fc.property(anyStatements, anyScores, (given, scores) => {
        const alone = [modelsOf(given.listed), modelsOf(given.measured)].flatMap(Object.keys)
        expect(new Set(Object.keys(modelsOf(all(given), { scores })))).toEqual(new Set(alone))
      }),
    )
  })

  it('returns the same for unchanged inputs as a complete build', () => {
    fc.assert(
      fc.property(anyStatements, anyScores, anyStatements, anyScores, (before, oldScores, after, scores) => {
        const mixed = withoutRepeated([...after.listed.slice(0, 3), ...before.listed, ...before.measured])
        const known = buildIncrementally(all(before), oldScores, new Map())
        const incremental = buildIncrementally(mixed, scores, known)
        expect(contentOf(incremental.values())).toEqual(contentOf(partsOf(mixed, { scores }).values()))
      }),
    )
  })

  it('returns the same with a memory, after any sequence of statements, as without', () => {
    const statements = fc.tuple(anyStatements, anyScores, fc.boolean())
    fc.assert(
      fc.property(fc.array(statements, { minLength: 2, maxLength: 5 }), fc.array(fc.nat()), (pulls, kept) => {
        const memory = new PlanMemory()
        let models: ModelStatement[] = []
        for (const [given, scores, onEpoch] of pulls) {
          // Some rows of the previous pull are kept, as the same objects in the same places.
          const stay = models.filter((_, at) => (kept[at] ?? at) % 2 === 0)
          models = withoutRepeated([...stay, ...all(given)])
          const more = { scores, ...(onEpoch && { scale: EPOCH }) }
          const remembered = partsOf(models, { ...more, memory })
          expect([...remembered.values()]).toEqual([...partsOf(models, more).values()])
        }
      }),
    )
  })

  it('changes nothing for a source without facts, except the id of a row that it joins', () => {
    fc.assert(
      fc.property(anyStatements, ({ listed, measured }) => {
        const silent = measured.map((statement) => ({ ...statement, facts: {} }))
        const withSilent = modelsOf([...listed, ...silent])
        const alone = modelsOf(listed)
        for (const [key, model] of Object.entries(alone)) expect({ ...withSilent[key], id: model.id }).toEqual(model)
      }),
    )
  })

  it('never mixes bases of iq', () => {
    fc.assert(
      fc.property(anyStatements, anyScores, (given, scores) => {
        const withoutAa = modelsOf(given.listed, { scores, scale: EPOCH })
        // A release date is a fact that a source may add, and decides which row an entry belongs to.
        const dateless = given.measured.map((row) => ({ ...row, facts: { ...row.facts, releaseDate: undefined } }))
        const withAa = modelsOf([...given.listed, ...dateless], { scores, scale: EPOCH })
        for (const [key, { iq }] of Object.entries(withoutAa)) expect(withAa[key]?.iq).toBe(iq)
      }),
    )
  })

  it('agrees with a naive implementation of the contract', () => {
    fc.assert(
      fc.property(anyStatements, (given) => {
        for (const model of Object.values(modelsOf(all(given)))) {
          const { id, iq, openWeights, releaseDate, effort, pricing, metrics = {} } = model
          const { contextWindow, maxInput, maxOutput, intelligenceIndex: index } = metrics
          const base = pricing && { input: pricing.input, output: pricing.output, cacheRead: pricing.cacheRead }
          const limits = { contextWindow, maxInput, maxOutput }
          expect({ base: {}, limits: {}, ...naiveFacts(all(given), model.provider, model.value) }).toEqual({
            id,
            iq,
            openWeights,
            releaseDate,
            effort,
            index,
            limits,
            base: base ?? {},
          })
        }
      }),
      { numRuns: 300 },
    )
  })
})
