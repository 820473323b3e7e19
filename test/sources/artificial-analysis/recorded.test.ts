/**
 * Laws on real replies. The replies belong to their source, so these tests read them from the folder that RECORDED_DATA
 * names, and are skipped if it is unset.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { AA_CREATORS } from '../../../src/sources/artificial-analysis/creators.ts'
import { readPage } from '../../../src/sources/artificial-analysis/read-pages.ts'
import { reasoningByName } from '../../../src/sources/artificial-analysis/read-row.ts'
import { readRecorded, recordedData, recordedFile, whySkipped } from '../../support/recorded-data.ts'
import type { Facts } from '../../support/rows.ts'
import { ModelFactsSchema } from '../../support/sources/model-facts-schema.ts'
import { readingOf } from '../../support/sources/read-pages.ts'

const Page = z.looseObject({ data: z.array(z.record(z.string(), z.unknown())) })
const Recorded = z.object({ fetchedAt: z.iso.datetime({ offset: true }), pages: z.array(Page) })
const Creators = z.array(z.object({ id: z.string(), slug: z.string() }))

const PRO = 'aa/pro-2026-08-22.json.gz'
const pagesOf = (path: string) => Recorded.parse(readRecorded(path)).pages

/** The retired API's names of creators whose provider has another name in models.dev. */
const RENAMED: Record<string, string> = {
  'ai21-labs': 'ai21',
  aws: 'amazon',
  azure: 'microsoft',
  bytedance_seed: 'bytedance-seed',
  inclusionai: 'bailing',
  kimi: 'moonshotai',
}

describe.skipIf(!recordedData)(`recorded replies of Artificial Analysis${whySkipped}`, () => {
  it('are read completely, for each day of the Free tier', () => {
    const files = readdirSync(recordedFile('aa/pulls')).filter((name) => name.endsWith('.json.gz'))
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) expectWholeReading(pagesOf(`aa/pulls/${file}`))
  })

  it('are read completely, for the Pro tier', () => {
    const models = expectWholeReading(pagesOf(PRO))
    expect(models.filter(({ facts }) => facts.metrics?.contextWindow).length).toBeGreaterThan(models.length / 2)
    expect(models.filter(({ facts }) => facts.capabilities?.vision).length).toBeGreaterThan(50)
    for (const { facts } of models) expect(ModelFactsSchema.parse(facts)).toEqual(facts)
  })

  it.each<[string, Facts, number]>([
    ['a release date without a day', { release_date: '2023-07' }, 0],
    ['an invalid release date', { release_date: 'soon' }, 1],
    ['a negative price', { pricing: { price_1m_input_tokens: -1 } }, 1],
    ['a price as text', { pricing: { price_1m_output_tokens: '0.15' } }, 1],
  ])('are read completely if one row has %s', (_, odd, unread) => {
    const before = readingOf(pagesOf(PRO))
    const pages = pagesOf(PRO)
    Object.assign(pages.at(-1)?.data.at(-1) ?? {}, odd)
    const after = readingOf(pages)
    expect(after.models).toHaveLength(616)
    expect(after.models.slice(0, -1)).toEqual(before.models.slice(0, -1))
    expect(after.unread.reduce((sum, { count }) => sum + count, 0)).toBe(unread)
  })

  it('are read from a raw page of the Free tier', () => {
    const raw = Page.parse(readRecorded('aa/free-page1-of-3-2026-06-27.json.gz'))
    const page = readPage(raw, 1)
    expect(page).toMatchObject({ ok: true, value: { tier: 'free', pagination: { page: 1, total_pages: 3 } } })
    expect(page).toMatchObject({ value: { data: { length: raw.data.length } } })
  })

  it('never state by the name of a model what its Pro row contradicts', () => {
    const { models } = readingOf(pagesOf(PRO))
    const spoken = models.filter(({ name }) => reasoningByName(name) !== undefined)
    expect(spoken.length).toBeGreaterThan(models.length / 3)
    expect(spoken.filter(({ name, facts }) => reasoningByName(name) !== facts.capabilities?.reasoning)).toEqual([])
  })

  it('have creators that are all mapped', () => {
    const creators = Creators.parse(JSON.parse(readFileSync(recordedFile('aa/creators.json'), 'utf8')))
    expect(creators.map(({ id }) => id).toSorted()).toEqual([...AA_CREATORS.keys()].toSorted())
    const renamed = creators.filter(({ id, slug }) => AA_CREATORS.get(id) !== slug)
    expect(Object.fromEntries(renamed.map(({ id, slug }) => [slug, AA_CREATORS.get(id)]))).toMatchObject(RENAMED)
  })
})

function expectWholeReading(pages: z.infer<typeof Page>[]) {
  const { models, providers, unread, rejected } = readingOf(pages)
  const rows = pages.flatMap(({ data }) => data)
  expect(models.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
  expect(new Set(models.map(({ provider, value }) => `${provider}/${value}`)).size).toBe(rows.length)
  expect(new Set(providers.map(({ provider }) => provider))).toEqual(new Set(models.map(({ provider }) => provider)))
  expect(models.filter(({ provider }) => provider === 'unknown')).toEqual([])
  expect([...unread, ...rejected]).toEqual([])
  return models
}
