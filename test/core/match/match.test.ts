import { describe, expect, it } from 'vitest'
import type { Statement } from '../../../src/core/build/statement.ts'
import { createMatcher } from '../../../src/core/match/match.ts'
import { type Given, statement } from '../../support/rows.ts'

/** A statement of another source; its name follows from its value. */
const offered = (value: string, facts: Given = {}): Statement =>
  statement({ id: `second:${value}`, value, source: 'models.dev', ...facts })
/** What one API serves. */
const offer = (statements: Statement[], { provider = 'acme', firstParty = true, api = 'own' } = {}): Statement[] =>
  statements.map((each) => ({ ...each, provider, firstParty, creator: { id: api, name: api } }))

/** The value of what a statement is matched with, or why it is not. */
function matchOf(row: Given, offers: Statement[][], aliases: Record<string, string> = {}): string {
  const outcome = createMatcher(offers.flat(), new Map(Object.entries(aliases)))(statement(row), 'acme')
  return outcome.matched ? outcome.statement.value : outcome.reason
}

describe('createMatcher()', () => {
  it('matches by the same id, and says so', () => {
    const match = createMatcher(offer([offered('rocket-2')]), new Map())
    expect(match(statement({ value: 'rocket-2', name: 'Another name' }), 'acme')).toMatchObject({
      matched: true,
      statement: { id: 'second:rocket-2', firstParty: true },
      by: 'id',
    })
  })

  it('matches by the normal form of the name, else of the slug', () => {
    const offers = [offer([offered('rocket-large-2.5', { name: 'Falcon' })])]
    expect(matchOf({ value: 'x', name: 'Rocket 2.5 Large (high)' }, offers)).toBe('rocket-large-2.5')
    expect(matchOf({ value: 'rocket-2-5-large', name: 'Something' }, offers)).toBe('rocket-large-2.5')
    expect(matchOf({ value: 'x', name: 'FALCON' }, offers)).toBe('rocket-large-2.5')
  })

  it('does not match what is merely similar', () => {
    const offers = [
      offer([offered('rocket-2-mini'), offered('rocket-2-vl'), offered('rocket-2-preview'), offered('rocket-2.1')]),
    ]
    expect(matchOf({ value: 'rocket-2' }, offers)).toBe('no-candidate')
  })

  it('prefers a row whose id is of that form to one that only goes by the name', () => {
    const rows = [offered('falcon', { name: 'Rocket 2' }), offered('rocket.2', { metrics: { contextWindow: 1000 } })]
    expect(matchOf({ value: 'x', name: 'Rocket 2' }, [offer(rows)])).toBe('rocket.2')
    expect(matchOf({ value: 'x', name: 'Rocket 2' }, [offer(rows.slice(0, 1))])).toBe('falcon')
  })

  it('matches nothing where two rows say different things and came out on one day', () => {
    const rows = ['rocket_2', 'rocket.2'].map((slug, index) =>
      offered(slug, { metrics: { contextWindow: 1000 + index } }),
    )
    expect(matchOf({ value: 'x', name: 'Rocket 2' }, [offer(rows)])).toBe('ambiguous')
  })

  it('says that a provider has no offers', () => {
    expect(matchOf({}, [])).toBe('no-offers')
    expect(matchOf({}, [offer([offered('acme-one')], { provider: 'globex' })])).toBe('no-offers')
  })

  it("asks a provider's own API before hosts, and hosts where that says nothing or contradicts", () => {
    const host = offer([offered('lab/rocket-2'), offered('lab/rocket-3', { releaseDate: '2026-01-01' })], {
      ...{ firstParty: false, api: 'host' },
    })
    const own = offer([offered('rocket-2'), offered('rocket-3', { releaseDate: '2024-01-01' })])
    expect(matchOf({ value: 'rocket-2' }, [own, host])).toBe('rocket-2')
    expect(matchOf({ value: 'rocket-3', releaseDate: '2026-01-01' }, [own, host])).toBe('lab/rocket-3')
  })

  describe('of variants', () => {
    const hybrid = [offer([offered('rocket-2')])]
    const apart = [offer([offered('rocket-2-thinking'), offered('rocket-2-instruct'), offered('rocket-2')])]
    const only = [offer([offered('rocket-2-thinking')])]

    it.each([
      ['Rocket 2 (high)', 'rocket-2', 'rocket-2-thinking', 'rocket-2-thinking'],
      ['Rocket 2 (Reasoning)', 'rocket-2', 'rocket-2-thinking', 'rocket-2-thinking'],
      ['Rocket 2 (Non-reasoning)', 'rocket-2', 'rocket-2-instruct', 'no-candidate'],
      ['Rocket 2 Thinking', 'no-candidate', 'rocket-2-thinking', 'rocket-2-thinking'],
      ['Rocket 2 Instruct', 'rocket-2', 'rocket-2-instruct', 'no-candidate'],
      ['Rocket 2', 'rocket-2', 'rocket-2', 'no-candidate'],
    ])('sends "%s" to the id for it', (name, ofHybrid, ofApart, ofOnly) => {
      expect([hybrid, apart, only].map((offers) => matchOf({ value: 'x', name }, offers))).toEqual([
        ofHybrid,
        ofApart,
        ofOnly,
      ])
    })

    it('prefers the id for the variant to the id that is the same as the slug', () => {
      expect(matchOf({ value: 'rocket-2', name: 'Rocket 2 (Reasoning)' }, apart)).toBe('rocket-2-thinking')
      expect(matchOf({ value: 'rocket-2', name: 'Rocket 2' }, apart)).toBe('rocket-2')
    })

    it('takes no model that reasons for one that is "Instruct" by name', () => {
      const reasons = { capabilities: { reasoning: true } }
      expect(matchOf({ value: 'x', name: 'Rocket 2 Instruct' }, [offer([offered('rocket-2', reasons)])])).toBe(
        'no-candidate',
      )
      expect(matchOf({ value: 'x', name: 'Rocket 2 (Reasoning)' }, [offer([offered('rocket-2-it', reasons)])])).toBe(
        'rocket-2-it',
      )
    })

    it('takes the effort off a slug unless it is part of the name', () => {
      const offers = [offer([offered('rocket'), offered('rocket-max')])]
      expect(matchOf({ value: 'rocket-low', name: 'Röckét X (low)' }, offers)).toBe('rocket')
      expect(matchOf({ value: 'rocket-max', name: 'Rocket Max (max)' }, offers)).toBe('rocket-max')
    })
  })

  describe('of snapshots', () => {
    const dated = (value: string, releaseDate: string, facts: Given = {}) => offered(value, { releaseDate, ...facts })

    it('prefers the plain id where all ids of a model say the same, and leaves "latest" for the last', () => {
      const rows = ['rocket-latest', 'rocket-20260110', 'rocket'].map((slug) => dated(slug, '2026-01-10'))
      expect(matchOf({ value: 'x', name: 'Rocket', releaseDate: '2026-01-10' }, [offer(rows)])).toBe('rocket')
      expect(matchOf({ value: 'x', name: 'Rocket', releaseDate: '2026-01-10' }, [offer(rows.slice(0, 2))])).toBe(
        'rocket-20260110',
      )
      expect(matchOf({ value: 'x', name: 'Rocket', releaseDate: '2026-01-10' }, [offer(rows.slice(0, 1))])).toBe(
        'rocket-latest',
      )
    })

    it('breaks a tie by the release date', () => {
      const rows = [
        dated('rocket-0711', '2025-07-14', { metrics: { contextWindow: 1000 } }),
        dated('rocket-0805', '2025-08-05', { metrics: { contextWindow: 2000 } }),
      ]
      expect(matchOf({ value: 'x', name: 'Rocket', releaseDate: '2025-07-11' }, [offer(rows)])).toBe('rocket-0711')
      expect(matchOf({ value: 'x', name: 'Rocket', releaseDate: '2025-08-06' }, [offer(rows)])).toBe('rocket-0805')
      expect(matchOf({ value: 'x', name: 'Rocket' }, [offer(rows)])).toBe('ambiguous')
    })

    it('finds the snapshot that a name speaks of, and no other', () => {
      const rows = [
        dated('rocket', '2024-05-13'),
        dated('rocket-2024-05-13', '2024-05-13'),
        dated('rocket-2024-06-20', '2024-06-20'),
      ]
      expect(matchOf({ value: 'rocket', name: "Rocket (Jun '24)", releaseDate: '2024-06-20' }, [offer(rows)])).toBe(
        'rocket-2024-06-20',
      )
      expect(matchOf({ value: 'x', name: "Rocket (May '24)", releaseDate: '2024-05-13' }, [offer(rows)])).toBe(
        'rocket-2024-05-13',
      )
      expect(matchOf({ value: 'x', name: "Rocket (Apr '24)", releaseDate: '2024-04-20' }, [offer(rows)])).toBe(
        'release-date',
      )
    })

    it('takes a plain id for the snapshot that came out with it', () => {
      const rows = [dated('rocket', '2025-07-14')]
      expect(matchOf({ value: 'rocket-0711', name: 'Rocket', releaseDate: '2025-07-11' }, [offer(rows)])).toBe('rocket')
      expect(matchOf({ value: 'rocket-0905', name: 'Rocket', releaseDate: '2025-09-05' }, [offer(rows)])).toBe(
        'release-date',
      )
    })

    it('does not take the next snapshot for a model that names none', () => {
      const rows = [dated('rocket-0905', '2025-09-05')]
      expect(matchOf({ value: 'rocket', name: 'Rocket', releaseDate: '2025-07-11' }, [offer(rows)])).toBe(
        'release-date',
      )
    })
  })

  describe('of contradictions', () => {
    const price = (input?: number, output?: number): Given => ({ pricing: { input, output } })

    it.each([
      ['60 days apart', { releaseDate: '2026-01-01' }, { releaseDate: '2026-03-02' }, 'rocket'],
      ['61 days apart', { releaseDate: '2026-01-01' }, { releaseDate: '2026-03-03' }, 'release-date'],
      ['61 days apart the other way', { releaseDate: '2026-03-03' }, { releaseDate: '2026-01-01' }, 'release-date'],
      ['with one date unknown', { releaseDate: '2026-01-01' }, {}, 'rocket'],
      ['at 5 times the price', price(1, 10), price(5, 50), 'rocket'],
      ['at more than 5 times the price of input', price(1, 10), price(5.1, 10), 'price'],
      ['at less than a fifth of the price of output', price(1, 10), price(1, 1.9), 'price'],
      ['free at one of them', price(0, 0), price(5, 50), 'rocket'],
      ['with one price unknown', price(1, 10), price(), 'rocket'],
    ])('matches two rows %s or not', (_, ours, theirs, expected) => {
      expect(matchOf({ value: 'rocket', ...ours }, [offer([offered('rocket', theirs)])])).toBe(expected)
    })

    it('names the rows that came near', () => {
      const rows = [
        offered('rocket', { releaseDate: '2024-01-01' }),
        offered('lab/rocket', { releaseDate: '2024-01-01' }),
      ]
      const match = createMatcher(offer(rows), new Map())
      expect(match(statement({ value: 'rocket', releaseDate: '2026-01-01' }), 'acme')).toEqual({
        matched: false,
        reason: 'release-date',
        candidates: ['second:lab/rocket', 'second:rocket'],
      })
    })
  })

  describe('of aliases', () => {
    const offers = [offer([offered('falcon', { releaseDate: '2026-01-01' }), offered('rocket')])]

    it('takes them before any rule, by slug or by family', () => {
      expect(matchOf({ value: 'rocket' }, offers, { 'acme/rocket': 'second:falcon' })).toBe('falcon')
      expect(matchOf({ value: 'x', name: 'Rocket (low)' }, offers, { 'acme/rocket': 'second:falcon' })).toBe('falcon')
      const match = createMatcher(offers.flat(), new Map([['acme/x', 'second:falcon']]))
      expect(match(statement({ value: 'x' }), 'acme')).toMatchObject({ by: 'alias' })
    })

    it('goes on by rules where the row is gone or contradicts', () => {
      expect(matchOf({ value: 'rocket' }, offers, { 'acme/rocket': 'second:gone' })).toBe('rocket')
      const old = { value: 'x', releaseDate: '2020-01-01' }
      expect(matchOf(old, offers, { 'acme/x': 'second:falcon' })).toBe('release-date')
    })
  })
})
