import { describe, expect, it } from 'vitest'
import { samplePulls } from '../../../scripts/sample/sample-pages.ts'
import { makeAlone } from '../../../scripts/shared/sources-alone.ts'
import type { Catalogue, Model } from '../../../src/core/schema/model.ts'
import { AA_CREATORS } from '../../../src/sources/artificial-analysis/creators.ts'
import { readingOf, splitOf } from '../../support/sources/read-pages.ts'

function catalogueOf(pages: unknown[]): Catalogue {
  const made = makeAlone([{ source: 'artificial-analysis', pages }])
  if (!made.ok) throw new Error(made.failure.detail)
  return made.value.catalogue
}

const days = samplePulls('pro').map(({ pages }) => catalogueOf(pages))
const model = (day: number, value: string): Model | undefined => days[day]?.models.find((each) => each.value === value)

describe('samplePulls()', () => {
  it.each(['free', 'pro'] as const)('gives five dated pulls that the %s adapter takes, oldest first', (tier) => {
    const pulls = samplePulls(tier)
    const times = pulls.map(({ fetchedAt }) => fetchedAt)
    expect(times).toEqual(times.toSorted())
    expect(times.map((time) => time.slice(0, 10))).toEqual([
      '2026-06-28',
      '2026-06-29',
      '2026-06-30',
      '2026-07-01',
      '2026-07-02',
    ])
    for (const { pages } of pulls) {
      expect(pages.length).toBeGreaterThan(1)
      expect(splitOf(pages)).toMatchObject({ tier })
      expect(readingOf(pages).models.length).toBeGreaterThanOrEqual(100)
      expect(readingOf(pages).unread).toEqual([])
    }
  })

  it('is the same whenever it is made', () => {
    expect(samplePulls('pro')).toEqual(samplePulls('pro'))
  })

  it('credits the sample and models.dev and nobody else', () => {
    const { attribution } = readingOf(samplePulls('free')[0]?.pages ?? [])
    expect(attribution?.map(({ name }) => name)).toEqual([
      'LLM Registry sample (scores and speeds are made up)',
      'models.dev',
    ])
  })

  it('gives models of providers that the registry knows, and one that it names itself', () => {
    const providers = days[4]?.providers.map(({ value }) => value) ?? []
    expect(providers).toEqual(
      expect.arrayContaining([
        'anthropic',
        'deepseek',
        'google',
        'meta',
        'mistral',
        'moonshotai',
        'openai',
        'xai',
        'zai',
      ]),
    )
    expect(providers).not.toContain('unknown')
    const known = new Set(AA_CREATORS.values())
    expect(providers.filter((provider) => !known.has(provider))).toEqual(['poolside'])
  })

  it('leaves facts unknown', () => {
    const models = days[0]?.models ?? []
    expect(models.some(({ pricing }) => pricing === undefined)).toBe(true)
    expect(models.some(({ iq, metrics }) => iq === undefined && metrics?.intelligenceIndex === undefined)).toBe(true)
    expect(models.some(({ speed }) => speed === undefined)).toBe(true)
  })
})

describe('the days of the sample', () => {
  it('change a name on the second', () => {
    expect(model(0, 'gemini-3-1-pro-high')).toMatchObject({ name: 'Gemini 3.1 Pro Preview (high)' })
    expect(model(1, 'gemini-3-1-pro-high')).toMatchObject({ name: 'Gemini 3.1 Pro (high)', alias: 'Gemini 3.1 Pro' })
    expect(model(0, 'gemini-3-1-pro-high')?.id).toBe(model(1, 'gemini-3-1-pro-high')?.id)
  })

  it('cut prices on the second', () => {
    expect(model(0, 'deepseek-v4-pro-max')?.pricing).toMatchObject({ input: 1.74, output: 3.48 })
    expect(model(1, 'deepseek-v4-pro-max')?.pricing).toMatchObject({ input: 0.435, output: 0.87 })
  })

  it('add a model on the third', () => {
    expect(model(1, 'claude-sonnet-5-max')).toBeUndefined()
    expect(model(2, 'claude-sonnet-5-max')).toMatchObject({ provider: 'anthropic', releaseDate: '2026-06-30' })
  })

  it('lose a model and gain an effort variant on the fourth', () => {
    expect(model(2, 'gemini-2-0-flash-lite')).toBeDefined()
    expect(model(3, 'gemini-2-0-flash-lite')).toBeUndefined()
    expect(model(2, 'grok-4-3-low')).toBeUndefined()
    expect(model(3, 'grok-4-3-low')?.alias).toBe(model(3, 'grok-4-3-high')?.alias)
  })

  it('re-scale every index on the fifth', () => {
    const indexes = (day: number) =>
      new Map(days[day]?.models.map(({ value, metrics }) => [value, metrics?.intelligenceIndex]))
    const before = indexes(3)
    const after = [...indexes(4)].filter(([, index]) => index !== undefined)
    expect(after.length).toBeGreaterThan(100)
    for (const [value, index] of after) expect(index, value).not.toBe(before.get(value))
    expect(days[3]?.models.find(({ iq }) => iq !== undefined)?.metrics?.intelligenceIndexVersion).toBe(4.1)
    expect(days[4]?.models.find(({ iq }) => iq !== undefined)?.metrics?.intelligenceIndexVersion).toBe(4.3)
  })

  it('move speeds every day, and never all of them', () => {
    const speeds = (day: number) =>
      new Map(days[day]?.models.map(({ value, metrics }) => [value, metrics?.outputTokensPerSecond]))
    for (const day of [1, 2, 3, 4]) {
      const today = [...speeds(day)].filter(([, speed]) => speed !== undefined)
      const moved = today.filter(([value, speed]) => speed !== speeds(day - 1).get(value))
      expect(moved.length).toBeGreaterThan(10)
      expect(moved.length).toBeLessThan(today.length)
    }
  })
})
