import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Offer } from '../../../src/core/build/enrichment.ts'
import type { SourceRow } from '../../../src/core/build/source-pull.ts'
import { createMatcher } from '../../../src/core/match/match.ts'
import { sourceRow } from '../../support/rows.ts'

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
const anyRow = fc.tuple(anyName, anyName, anyFacts).map(([slug, name, facts]) => sourceRow({ slug, name, ...facts }))

const anyOffer: fc.Arbitrary<Offer> = fc
  .tuple(
    fc.constantFrom(...PROVIDERS),
    fc.boolean(),
    fc.uniqueArray(anyRow, { selector: ({ slug }) => slug, maxLength: 8 }),
    fc.nat(),
  )
  .map(([provider, own, rows, number]) => ({
    provider,
    own,
    rows: rows.map((row) => ({ ...row, id: `second:${provider}/${number}/${row.slug}` })),
  }))
const anyOffers = fc.array(anyOffer, { maxLength: 4 })

const matcherOf = (offers: Offer[], aliases: ReadonlyMap<string, string> = new Map()) =>
  createMatcher({ attribution: [], offers }, aliases)

describe('laws of matching', () => {
  it("does not depend on the order of offers' rows", () => {
    const shuffled = anyOffers.chain((offers) =>
      fc.tuple(
        fc.constant(offers),
        fc.tuple(
          ...offers.map(({ rows }) => fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length })),
        ),
      ),
    )
    fc.assert(
      fc.property(shuffled, anyRow, ([offers, orders], row) => {
        const other = offers.map((offer, index) => ({ ...offer, rows: orders[index] ?? [] }))
        expect(matcherOf(other)(row, 'acme')).toEqual(matcherOf(offers)(row, 'acme'))
      }),
    )
  })

  it('matches every row of an offer with itself, unless its id and its name are of different models', () => {
    const consistent = anyOffer.map((offer) => ({
      ...offer,
      rows: offer.rows.map((row) => ({ ...row, name: row.slug.toUpperCase() })),
    }))
    fc.assert(
      fc.property(consistent, (offer) => {
        const match = matcherOf([offer])
        for (const row of offer.rows) expect(match(row, offer.provider)).toMatchObject({ matched: true, row, by: 'id' })
      }),
    )
  })

  it('never gives a row of another provider, nor one that contradicts, not even by an alias', () => {
    const anyAlias = anyOffers.chain((offers) => {
      const ids = offers.flatMap(({ rows }) => rows.map(({ id }) => id))
      return fc.tuple(fc.constant(offers), fc.option(ids.length > 0 ? fc.constantFrom(...ids) : fc.constant('gone')))
    })
    fc.assert(
      fc.property(anyAlias, anyRow, fc.constantFrom(...PROVIDERS), ([offers, alias], row, provider) => {
        const aliases = new Map(alias === null ? [] : [[`${provider}/${row.slug}`, alias]])
        const outcome = matcherOf(offers, aliases)(row, provider)
        if (!outcome.matched) return
        const source = offers.find(({ rows }) => rows.includes(outcome.row))
        expect(source).toMatchObject({ provider, own: outcome.own })
        expect(isContradictory(row, outcome.row)).toBe(false)
      }),
    )
  })

  it('is unmatched, with a reason and rows of the provider, or matched; never both', () => {
    fc.assert(
      fc.property(anyOffers, anyRow, (offers, row) => {
        const outcome = matcherOf(offers)(row, 'acme')
        if (outcome.matched) return
        const ids = offers.filter(({ provider }) => provider === 'acme').flatMap(({ rows }) => rows.map(({ id }) => id))
        expect(ids).toEqual(expect.arrayContaining(outcome.candidates))
        expect(outcome.reason === 'no-offers').toBe(offers.every(({ provider }) => provider !== 'acme'))
      }),
    )
  })
})

/** Told another way than the code does: in whole days since 2024 and in quotients. */
function isContradictory(a: SourceRow, b: SourceRow): boolean {
  const dayOf = (date: string): number => Math.round((Date.parse(date) - Date.parse('2024-01-01')) / 86_400_000)
  const far = a.releaseDate && b.releaseDate && Math.abs(dayOf(a.releaseDate) - dayOf(b.releaseDate)) > 60
  const [x, y] = [a.pricing?.input, b.pricing?.input]
  return Boolean(far) || Boolean(x && y && (x / y > 5 || y / x > 5))
}
