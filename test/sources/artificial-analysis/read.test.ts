import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ARTIFICIAL_ANALYSIS } from '../../../src/sources/artificial-analysis/artificial-analysis.ts'
import { MAX_PAGES } from '../../../src/sources/artificial-analysis/read-pages.ts'
import { type AaPage, ACME, aaPages, aaRow, type Facts, uuidOf } from '../../support/rows.ts'
import { factsOf, readingOf, readRow, splitOf } from '../../support/sources/read-pages.ts'

describe('split() of Artificial Analysis', () => {
  it('judges a pull as a whole, and names its tier and index version', () => {
    const pages = aaPages([aaRow()], { indexVersion: 4.3, tier: 'pro' })
    expect(splitOf(pages)).toEqual({ shares: new Map([['', pages]]), tier: 'pro', indexVersion: 4.3 })
  })

  it('checks each page once, however often the pull is read', () => {
    let looks = 0
    const row = Object.defineProperty(aaRow(), 'slug', { enumerable: true, get: () => `acme-${++looks}` })
    const pages = aaPages([row])
    splitOf(pages)
    const checked = looks
    expect(checked).toBeGreaterThan(0)
    ARTIFICIAL_ANALYSIS.creatorsIn(pages)
    expect(ARTIFICIAL_ANALYSIS.read(pages, {}).models).toHaveLength(1)
    expect(looks).toBe(checked)
  })
})

describe('read() of the Free tier of Artificial Analysis', () => {
  it('reads a row in the terms of the registry', () => {
    const row = aaRow({
      slug: 'acme-one',
      name: 'Acme One (high)',
      evaluations: { artificial_analysis_agentic_index: 12.5 },
      pricing: { price_1m_cache_hit_tokens: 0.1, price_1m_cache_write_tokens: 1.25 },
    })
    expect(readingOf(aaPages([row], { indexVersion: 4.3 }))).toEqual({
      indexVersion: 4.3,
      unread: [],
      rejected: [],
      providers: [{ source: 'artificial-analysis', provider: 'acme', name: 'Acme', facts: {} }],
      models: [
        {
          source: 'artificial-analysis',
          id: uuidOf('acme-one'),
          provider: 'acme',
          value: 'acme-one-high',
          name: 'Acme One (high)',
          variant: { effort: 'high' },
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
    expect(readingOf(pages).models.map(({ value }) => value)).toEqual(slugs)
  })

  it('reads as many pages as a full pull may have', () => {
    const rows = Array.from({ length: MAX_PAGES }, (_, index) => aaRow({ slug: `acme-${index}` }))
    expect(readingOf(aaPages(rows, { pageSize: 1 })).models).toHaveLength(40)
  })

  it.each([
    ['gpt-5-5', 'GPT-5.5 (xhigh)', 'gpt-5-5-xhigh', { effort: 'xhigh' }],
    ['gpt-5-5-xhigh', 'GPT-5.5 (xhigh)', 'gpt-5-5-xhigh', { effort: 'xhigh' }],
    ['gpt-5-5', 'GPT-5.5 (Non-reasoning)', 'gpt-5-5-non-reasoning', { effort: 'none' }],
    ['gpt-5-5', 'GPT-5.5 (Reasoning)', 'gpt-5-5', {}],
    ['gpt-5-5', 'GPT-5.5', 'gpt-5-5', {}],
    ['glm-4.5', "GLM-4.5 (Aug '25)", 'glm-4.5', {}],
  ])('reads the slug %j, named %j, as the variant %j', (slug, name, value, variant) => {
    expect(readRow(aaRow({ slug, name }))).toMatchObject({ value, variant })
    expect(readRow(aaRow({ slug, name })).variant).toEqual(variant)
  })

  it.each([
    ['Acme One', undefined],
    ['Acme One (Non-reasoning)', false],
    ['Acme One (xhigh)', true],
    ['Acme One (minimal)', undefined],
  ])('reads from the name %j whether it reasons', (name, reasoning) => {
    expect(factsOf(aaRow({ name })).capabilities).toEqual({ text: true, reasoning })
  })

  it('reads 3 or 9 evaluations, and ignores unknown keys in every object', () => {
    const added = { gpqa: 0.5, hle: 0.1, scicode: null, ifbench: 'n/a', critpt: {}, tau2: [] }
    const row = aaRow({ evaluations: added, pricing: { new: 1 }, performance: { new: 1 }, license: { open: true } })
    const creator = { ...ACME, country: 'de' }
    const pages = aaPages([{ ...row, model_creator: creator }]).map((page) => ({ ...page, request_id: 7 }))
    expect(Object.keys(Object(row.evaluations))).toHaveLength(9)
    expect(readingOf(pages)).toEqual(readingOf(aaPages([aaRow()])))
  })

  it('reads null as unknown, anywhere', () => {
    const bare = { id: 'id-1', slug: 'acme-one', name: 'Acme One' }
    const nulls = { release_date: null, model_creator: null, evaluations: null, pricing: null, performance: null }
    const inside = {
      evaluations: nullsOf(aaRow().evaluations),
      pricing: nullsOf(aaRow().pricing),
      performance: nullsOf(aaRow().performance),
    }
    for (const row of [bare, { ...bare, ...nulls }, { ...bare, ...inside }])
      expect(readRow(row)).toStrictEqual({
        ...{ source: 'artificial-analysis', id: 'id-1', provider: 'unknown', value: 'acme-one', name: 'Acme One' },
        ...{ variant: {}, facts: { capabilities: { text: true } }, unread: [] },
      })
  })

  it('distinguishes a price of 0, which is real, from no price', () => {
    const free = factsOf(aaRow({ pricing: { price_1m_input_tokens: 0, price_1m_output_tokens: 0 } }))
    expect(free.pricing).toStrictEqual({ input: 0, output: 0 })
    const unpriced = factsOf(aaRow({ pricing: { price_1m_input_tokens: null, price_1m_output_tokens: null } }))
    expect(unpriced).not.toHaveProperty('pricing')
    expect(factsOf(aaRow({ pricing: { price_1m_output_tokens: null } })).pricing).toStrictEqual({ input: 1 })
  })

  it('reads integers and fractions alike, and an index below zero', () => {
    const evaluations = { artificial_analysis_intelligence_index: -2, artificial_analysis_coding_index: 30 }
    expect(factsOf(aaRow({ evaluations })).metrics).toMatchObject({ intelligenceIndex: -2, codingIndex: 30 })
  })

  it('trims names', () => {
    const pages = aaPages([aaRow({ name: ' Acme One (high)  ', model_creator: { ...ACME, name: 'Acme ' } })])
    expect(readingOf(pages)).toMatchObject({ models: [{ name: 'Acme One (high)' }], providers: [{ name: 'Acme' }] })
  })

  it.each(['glm-4.5', 'QwQ-32B-Preview', 'org/model:free', 'größe', '\u{10000}'])(
    'keeps the slug %j unchanged',
    (slug) => {
      expect(readRow(aaRow({ slug, name: 'Größe 株式会社 😀' }))).toMatchObject({
        value: slug,
        name: 'Größe 株式会社 😀',
      })
    },
  )

  it('credits the publisher that a stand-in names', () => {
    const attribution = [
      {
        name: 'Made-up sample',
        url: 'https://example.com/sample',
        license: { name: 'MIT', url: 'https://mit.example' },
      },
    ]
    const pages = aaPages([aaRow({ slug: 'a' }), aaRow({ slug: 'b' })], { pageSize: 1 })
    const standIn = pages.map((page) => ({ ...page, stand_in_attribution: attribution }))
    expect(readingOf(standIn).attribution).toEqual(attribution)
    expect(readingOf(pages)).not.toHaveProperty('attribution')
  })

  it('states the same for any order of keys and any size of pages', () => {
    const slugs = fc.uniqueArray(fc.constantFrom('a', 'b', 'B', 'c.1', 'd/e', 'é'), { minLength: 2 })
    fc.assert(
      fc.property(slugs, fc.integer({ min: 1, max: 3 }), (list, pageSize) => {
        const rows = list.map((slug) => aaRow({ slug }))
        const reordered = aaPages(rows, { pageSize }).map(reverseKeys)
        expect(readingOf(reordered)).toEqual(readingOf(aaPages(rows)))
      }),
    )
  })
})

describe('creators of Artificial Analysis', () => {
  const OPENAI = 'e67e56e3-15cd-43db-b679-da4660a69f41'

  it.each([
    [OPENAI, 'Whatever It Is Called', 'openai'],
    ['ef5ce458-9986-4652-915a-e31fac5506b0', 'Microsoft Azure', 'microsoft'],
    ['a1e3ddcf-d3e4-44a5-9e8f-029a69850875', 'SpaceXAI', 'xai'],
    ['bb5a4e55-7969-4ab4-8702-3b9fd6547dc2', 'Amazon', 'amazon'],
    ['0a177021-87dd-4250-9a37-f01df196bfe0', 'Kimi', 'moonshotai'],
    ['2354746c-4775-4a06-b64d-0ba4137785b8', 'ByteDance Seed', 'bytedance-seed'],
    ['67437eb6-7dc1-4e93-befd-22c8b8ec2065', 'Z AI', 'zai'],
  ])('maps %s, called %j, to the provider %s', (id, name, provider) => {
    const pages = aaPages([aaRow({ model_creator: { id, name } })])
    expect(readingOf(pages)).toMatchObject({ models: [{ provider }], providers: [{ provider, name }] })
  })

  it('need a name if no file maps them', () => {
    const [share] = splitOf(
      aaPages([aaRow(), aaRow({ slug: 'b', model_creator: { id: OPENAI, name: 'OpenAI' } }), bareRow('c')]),
    ).shares.values()
    expect(ARTIFICIAL_ANALYSIS.creatorsIn(share)).toEqual([ACME])
  })

  it('have the provider that they were given, or the provider for unknown creators', () => {
    const [share] = splitOf(aaPages([aaRow()])).shares.values()
    expect(ARTIFICIAL_ANALYSIS.read(share, { [ACME.id]: 'first-name' }).models[0]?.provider).toBe('first-name')
    expect(ARTIFICIAL_ANALYSIS.read(share, {}).models[0]?.provider).toBe('unknown')
  })

  it('give a provider one name, the first of theirs', () => {
    const row = (slug: string, name: string) => aaRow({ slug, model_creator: { id: OPENAI, name } })
    expect(readingOf(aaPages([row('a', 'OpenAI'), row('b', 'Open AI')])).providers).toEqual([
      { source: 'artificial-analysis', provider: 'openai', name: 'Open AI', facts: {} },
    ])
  })
})

function bareRow(slug: string): Facts {
  return { ...aaRow({ slug }), model_creator: null }
}

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
