import { describe, expect, it } from 'vitest'
import type { Model } from '../../../src/core/schema/model.ts'
import { Listed } from '../../../src/core/search/columns/listed.ts'
import { listedColumnsOf } from '../../../src/core/search/columns/listed-models.ts'
import { rowsThatMatch } from '../../../src/core/search/columns/listed-rows.ts'
import { searchModels } from '../../../src/core/search/search.ts'
import { findFamilies, PAGE_SIZE } from '../../../src/views/pages/list/find-families.ts'
import { type ListedFamily, SORTS } from '../../../src/views/pages/list/list-columns.ts'
import type { ListQuery } from '../../../src/views/pages/list/list-query.ts'
import { model, provider } from '../../support/rows.ts'

const models: Model[] = Array.from({ length: 130 }, (_, index) =>
  model({
    provider: ['acme', 'host', 'other'][index % 3] ?? '',
    value: `model-${index}`,
    name: `Model ${index}`,
    family: `acme/family-${Math.floor(index / 2)}`,
    ...(index % 2 === 0 && { lab: 'acme', firstParty: true as const }),
    ...(index % 5 !== 0 && { sdk: { model: index % 4 === 0 ? `call-${index}` : `model-${index}` } }),
    type: index % 7 === 0 ? 'embedding' : 'chat',
    capabilities: { vision: index % 3 === 0, reasoning: index % 2 === 0 },
    ...(index % 6 !== 0 && { pricing: { input: index / 10, output: index, blended: index / 2 } }),
    ...(index % 4 !== 0 && { iq: index % 6 }),
    metrics: { contextWindow: 1000 * (index + 1) },
    ...(index % 3 === 0 && { openWeights: index % 2 === 0 }),
  }),
)
const providers = ['acme', 'host', 'other'].map((value) => provider({ value, name: value.toUpperCase() }))
const listed = new Listed(JSON.parse(JSON.stringify(listedColumnsOf({ models, providers }))))

const PAGES = Array.from({ length: Math.ceil(65 / PAGE_SIZE) }, (_, index) => index + 1)

const QUERIES: ListQuery[] = [
  {},
  { q: 'model 1' },
  { q: 'call-8' },
  { provider: ['acme', 'host'] },
  { lab: ['acme'], capability: ['vision'] },
  { type: ['embedding'] },
  { firstParty: true },
  { firstParty: false },
  { openWeights: false },
  { minContextWindow: 60_000, maxInputPrice: 9 },
]

describe('columns', () => {
  it('contain the names of providers and every model', () => {
    expect(listed.providerNames.get('host')).toBe('HOST')
    expect(listed.models.map(({ value }) => value).sort()).toEqual(models.map(({ value }) => value).sort())
  })

  it.each(QUERIES)('give the same result for %o as a search of the manifest', (query) => {
    const { sort: _sort, page: _page, col: _col, ...filter } = query
    const expected = searchModels(models, filter).models.map(({ value }) => value)
    const rows = [...rowsThatMatch(listed.facts, filter)]
    expect(rows.map((row) => listed.model(row).value).sort()).toEqual(expected.sort())
  })
})

describe('findFamilies()', () => {
  it('shows one row for each family, and counts all', () => {
    const found = findFamilies(listed, {}, 'name')
    expect(found.totalModels).toBe(130)
    expect(found.totalFamilies).toBe(65)
    expect(found.families).toHaveLength(PAGE_SIZE)
    expect(findFamilies(listed, { page: PAGES.length }, 'name').families).toHaveLength(65 % PAGE_SIZE)
  })

  it.each(SORTS)('sorts by %s with unknown facts last', (sort) => {
    const factOf = SORTED_BY[sort.replace(/^-/, '')]
    const pages = PAGES.flatMap((page) => findFamilies(listed, { sort, page }, 'name').families)
    expect(pages).toHaveLength(65)
    const facts = pages.map((family) => factOf?.(family))
    const known = facts.filter((fact) => fact !== undefined)
    expect(facts.slice(0, known.length)).toEqual(known)
    const ascending = known.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    expect(known).toEqual(sort.startsWith('-') ? ascending.toReversed() : ascending)
  })
})

/** What a reader sees in the column. */
const SORTED_BY: Record<string, (family: ListedFamily) => string | number | undefined> = {
  provider: ({ head }) => head.provider,
  iq: ({ head }) => head.iq,
  input: ({ head }) => head.pricing?.input,
  output: ({ head }) => head.pricing?.output,
  price: ({ head }) => head.pricing?.blended,
  contextWindow: ({ head }) => head.metrics?.contextWindow,
  capabilities: ({ head }) => Object.values(head.capabilities ?? {}).filter(Boolean).length,
  releaseDate: ({ head }) => head.releaseDate,
  type: ({ head }) => head.type,
  weights: ({ head }) => (head.openWeights === undefined ? undefined : Number(head.openWeights)),
  name: ({ head }) => head.name.toLowerCase(),
  offers: ({ members }) => members.length,
}
