import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalize } from '../../../src/core/canonical.ts'
import { MAX_PAGES } from '../../../src/sources/artificial-analysis/read-pull.ts'
import { type AaPage, ACME, aaPages, aaRow, type Facts, uuidOf } from '../../support/rows.ts'
import { catalogueOf, modelOf, pullOf, statementOf } from '../../support/sources/read-pages.ts'

describe('readPull() of the Free tier', () => {
  it('reads a row in the words of the registry', () => {
    const row = aaRow({
      slug: 'acme-one',
      name: 'Acme One (Reasoning)',
      evaluations: { artificial_analysis_agentic_index: 12.5 },
      pricing: { price_1m_cache_hit_tokens: 0.1, price_1m_cache_write_tokens: 1.25 },
    })
    expect(pullOf(aaPages([row], { indexVersion: 4.3 }))).toEqual({
      source: 'artificial-analysis',
      tier: 'free',
      indexVersion: 4.3,
      attribution: [{ name: 'Artificial Analysis', url: 'https://artificialanalysis.ai/' }],
      statements: [
        {
          source: 'artificial-analysis',
          id: uuidOf('acme-one'),
          value: 'acme-one',
          name: 'Acme One (Reasoning)',
          creator: ACME,
          firstParty: true,
          facts: {
            releaseDate: '2026-01-15',
            capabilities: { text: true, reasoning: true },
            pricing: { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 },
            metrics: {
              intelligenceIndex: 30.5,
              codingIndex: 21.25,
              agenticIndex: 12.5,
              outputTokensPerSecond: 80.5,
              timeToFirstToken: 0.5,
              timeToFirstAnswer: 1.5,
              endToEnd: 7.5,
            },
          },
        },
      ],
    })
  })

  it('reads all rows of all pages in order', () => {
    const slugs = ['e', 'd', 'c', 'b', 'a']
    const pages = aaPages(
      slugs.map((slug) => aaRow({ slug })),
      { pageSize: 2 },
    )
    expect(pages).toHaveLength(3)
    expect(pullOf(pages).statements.map(({ value }) => value)).toEqual(slugs)
  })

  it.each([
    ['Acme One', undefined],
    ['Acme One (Non-reasoning)', false],
    ['Acme One (xhigh)', true],
    ['Acme One (minimal)', undefined],
  ])('hears from the name %j whether it reasons', (name, reasoning) => {
    expect(statementOf(aaRow({ name })).facts.capabilities).toEqual({ text: true, reasoning })
  })

  it('takes 3 evaluations, 9, and keys of every object that it does not know', () => {
    const added = { gpqa: 0.5, hle: 0.1, scicode: null, ifbench: 'n/a', critpt: {}, tau2: [] }
    const row = aaRow({ evaluations: added, pricing: { new: 1 }, performance: { new: 1 }, license: { open: true } })
    const creator = { ...ACME, country: 'de' }
    const pages = aaPages([{ ...row, model_creator: creator }]).map((page) => ({ ...page, request_id: 7 }))
    expect(Object.keys(Object(row.evaluations))).toHaveLength(9)
    expect(pullOf(pages)).toEqual(pullOf(aaPages([aaRow()])))
  })

  it('takes null for unknown, wherever it stands', () => {
    const bare = { id: 'id-1', slug: 'acme-one', name: 'Acme One' }
    const nulls = { release_date: null, model_creator: null, evaluations: null, pricing: null, performance: null }
    const inside = {
      evaluations: nullsOf(aaRow().evaluations),
      pricing: nullsOf(aaRow().pricing),
      performance: nullsOf(aaRow().performance),
    }
    const unknown = {
      ...bare,
      value: 'acme-one',
      provider: 'unknown',
      alias: 'Acme One',
      family: 'acme-one',
      status: 'active',
    }
    const { slug: _, ...expected } = { ...unknown, capabilities: { text: true } }
    for (const row of [bare, { ...bare, ...nulls }, { ...bare, ...inside }]) {
      expect(modelOf(row)).toStrictEqual(expected)
    }
  })

  it('keeps a price of 0/0, which is real, apart from no price', () => {
    const free = modelOf(aaRow({ pricing: { price_1m_input_tokens: 0, price_1m_output_tokens: 0 } }))
    expect(free.pricing).toStrictEqual({ input: 0, output: 0, blended: 0 })
    const unpriced = modelOf(aaRow({ pricing: { price_1m_input_tokens: null, price_1m_output_tokens: null } }))
    expect(unpriced).not.toHaveProperty('pricing')
  })

  it('keeps one price without the other, and blends nothing', () => {
    expect(modelOf(aaRow({ pricing: { price_1m_output_tokens: null } })).pricing).toStrictEqual({ input: 1 })
  })

  it('takes integers and fractions alike, and an index below zero', () => {
    const evaluations = { artificial_analysis_intelligence_index: -2, artificial_analysis_coding_index: 30 }
    expect(modelOf(aaRow({ evaluations }))).toMatchObject({
      iq: 0,
      metrics: { intelligenceIndex: -2, codingIndex: 30 },
    })
  })

  it('trims names', () => {
    const row = aaRow({ name: ' Acme One (high)  ', model_creator: { ...ACME, name: 'Acme ' } })
    expect(modelOf(row)).toMatchObject({ name: 'Acme One (high)', alias: 'Acme One', provider: 'acme' })
    expect(statementOf(row).creator?.name).toBe('Acme')
  })

  it.each(['glm-4.5', 'QwQ-32B-Preview', 'org/model:free', 'größe', '\u{10000}'])(
    'keeps the slug %j as it is',
    (slug) => {
      expect(modelOf(aaRow({ slug })).value).toBe(slug)
    },
  )

  it('keeps a name that is not ASCII', () => {
    expect(modelOf(aaRow({ name: 'Größe 株式会社 😀 (high)' }))).toMatchObject({
      alias: 'Größe 株式会社 😀',
      provider: 'acme',
    })
  })

  it.each([
    ['e67e56e3-15cd-43db-b679-da4660a69f41', 'Whatever It Is Called', 'openai'],
    ['ef5ce458-9986-4652-915a-e31fac5506b0', 'Microsoft Azure', 'microsoft'],
    ['a1e3ddcf-d3e4-44a5-9e8f-029a69850875', 'SpaceXAI', 'xai'],
  ])('knows the creator %s, called %j, as %s', (id, name, provider) => {
    expect(modelOf(aaRow({ model_creator: { id, name } })).provider).toBe(provider)
  })

  it('credits whom a stand-in names', () => {
    const attribution = [{ name: 'Made-up sample', url: 'https://example.com/sample' }]
    const pages = aaPages([aaRow({ slug: 'a' }), aaRow({ slug: 'b' })], { pageSize: 1 })
    expect(pullOf(pages.map((page) => ({ ...page, stand_in_attribution: attribution }))).attribution).toEqual(
      attribution,
    )
  })
})

describe('readPull() and buildCatalogue()', () => {
  const slugs = fc.uniqueArray(fc.constantFrom('a', 'b', 'B', 'c.1', 'd/e', 'é'), { minLength: 2 })

  it('make the same catalogue whatever the order of rows and keys, and the size of pages', () => {
    const reply = slugs.chain((list) =>
      fc.tuple(
        fc.constant(list.map((slug) => aaRow({ slug }))),
        fc
          .shuffledSubarray(list, { minLength: list.length })
          .map((shuffled) => shuffled.map((slug) => aaRow({ slug }))),
        fc.integer({ min: 1, max: 3 }),
      ),
    )
    fc.assert(
      fc.property(reply, ([rows, shuffled, pageSize]) => {
        const reordered = aaPages(shuffled, { pageSize }).map(reverseKeys)
        expect(canonicalize(catalogueOf(reordered))).toBe(canonicalize(catalogueOf(aaPages(rows))))
      }),
    )
  })

  it('take as many pages as a full pull may have', () => {
    const rows = Array.from({ length: MAX_PAGES }, (_, index) => aaRow({ slug: `acme-${index}` }))
    expect(catalogueOf(aaPages(rows, { pageSize: 1 })).models).toHaveLength(40)
  })
})

function nullsOf(object: unknown): Facts {
  return Object.fromEntries(Object.keys(Object(object)).map((key) => [key, null]))
}

function reverseKeys(page: AaPage): unknown {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, member]) => [key, reversed(member)]),
    )
  }
  return reversed(page)
}
