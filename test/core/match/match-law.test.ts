import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StatedFacts, Statement } from '../../../src/core/build/statement.ts'
import { createMatcher } from '../../../src/core/match/match.ts'
import { statement } from '../../support/rows.ts'

// Few words and facts, so that rows are often variants of one model, and often contradict.
const PROVIDERS = ['acme', 'globex']
const anyName = fc
  .tuple(
    fc.constantFrom('rocket', 'Rocket', 'falcon'),
    fc.constantFrom('', '-2', ' 2.0', '-2-5', '-72b'),
    fc.constantFrom('', '-mini', ' Thinking', '-instruct', '-non-reasoning', '-preview'),
    fc.constantFrom('', '-latest', '-20260110', '-0805', ':free', ' (high)', ' (Non-reasoning)', " (Feb '26)"),
  )
  .map((parts) => parts.join(''))
const anyFacts = fc.record(
  {
    releaseDate: fc.constantFrom('2026-01-10', '2026-01-20', '2026-02-15', '2024-08-05'),
    pricing: fc.record({ input: fc.constantFrom(0, 1, 4, 30) }, { requiredKeys: [] }),
    metrics: fc.record({ contextWindow: fc.constantFrom(1000, 2000) }),
    capabilities: fc.record({ reasoning: fc.boolean() }),
  },
  { requiredKeys: [] },
)
const anyRow = fc.tuple(anyName, anyName, anyFacts).map(([value, name, facts]) => statement({ value, name, ...facts }))

/** What one API serves of a provider's models. */
const anyOffer: fc.Arbitrary<Statement[]> = fc
  .tuple(
    fc.constantFrom(...PROVIDERS),
    fc.boolean(),
    fc.uniqueArray(anyRow, { selector: ({ value }) => value, minLength: 1, maxLength: 8 }),
    fc.uuid(),
  )
  .map(([provider, firstParty, statements, api]) =>
    statements.map((each) => ({
      ...{ ...each, provider, firstParty, creator: { id: api, name: api } },
      id: `second:${provider}/${api}/${each.value}`,
    })),
  )
const anyOffers = fc.array(anyOffer, { maxLength: 4 })

const matcherOf = (offers: Statement[][], aliases: ReadonlyMap<string, string> = new Map()) =>
  createMatcher(offers.flat(), aliases)

describe('laws of matching', () => {
  it("does not depend on the order of offers' rows", () => {
    const shuffled = anyOffers.chain((offers) =>
      fc.tuple(
        fc.constant(offers),
        fc.tuple(
          ...offers.map((rows) => fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length })),
        ),
      ),
    )
    fc.assert(
      fc.property(shuffled, anyRow, ([offers, orders], row) => {
        const other = offers.map((_, index) => orders[index] ?? [])
        expect(matcherOf(other)(row, 'acme')).toEqual(matcherOf(offers)(row, 'acme'))
      }),
    )
  })

  it('matches every row of an offer with itself, unless its id and its name are of different models', () => {
    const consistent = anyOffer.map((offer) => offer.map((row) => ({ ...row, name: row.value.toUpperCase() })))
    fc.assert(
      fc.property(consistent, (offer) => {
        const match = matcherOf([offer])
        for (const row of offer)
          expect(match(row, row.provider ?? '')).toMatchObject({ matched: true, statement: row, by: 'id' })
      }),
    )
  })

  it('never gives a row of another provider, nor one that contradicts, not even by an alias', () => {
    const anyAlias = anyOffers.chain((offers) => {
      const ids = offers.flat().map(({ id }) => id)
      return fc.tuple(fc.constant(offers), fc.option(ids.length > 0 ? fc.constantFrom(...ids) : fc.constant('gone')))
    })
    fc.assert(
      fc.property(anyAlias, anyRow, fc.constantFrom(...PROVIDERS), ([offers, alias], row, provider) => {
        const aliases = new Map(alias === null ? [] : [[`${provider}/${row.value}`, alias]])
        const outcome = matcherOf(offers, aliases)(row, provider)
        if (!outcome.matched) return
        expect(offers.flat()).toContain(outcome.statement)
        expect(outcome.statement.provider).toBe(provider)
        expect(isContradictory(row.facts, outcome.statement.facts)).toBe(false)
      }),
    )
  })

  it('is unmatched, with a reason and rows of the provider, or matched; never both', () => {
    fc.assert(
      fc.property(anyOffers, anyRow, (offers, row) => {
        const outcome = matcherOf(offers)(row, 'acme')
        if (outcome.matched) return
        const ofAcme = offers.flat().filter(({ provider }) => provider === 'acme')
        const ids = ofAcme.map(({ id }) => id)
        expect(ids).toEqual(expect.arrayContaining(outcome.candidates))
        expect(outcome.reason === 'no-offers').toBe(ofAcme.length === 0)
      }),
    )
  })
})

/** Told another way than the code does: in whole days since 2024 and in quotients. */
function isContradictory(a: StatedFacts, b: StatedFacts): boolean {
  const dayOf = (date: string): number => Math.round((Date.parse(date) - Date.parse('2024-01-01')) / 86_400_000)
  const far = a.releaseDate && b.releaseDate && Math.abs(dayOf(a.releaseDate) - dayOf(b.releaseDate)) > 60
  const [x, y] = [a.pricing?.input, b.pricing?.input]
  return Boolean(far) || Boolean(x && y && (x / y > 5 || y / x > 5))
}
