import { describe, expect, it } from 'vitest'
import { madeUpDays } from '../../../scripts/measure/shared/made-up-days.ts'
import { depthsOf } from '../../../scripts/measure/ten-years/depths.ts'
import { madeUpDeltas } from '../../../scripts/measure/ten-years/made-up-deltas.ts'
import { readSize, tenYears } from '../../../scripts/measure/ten-years.ts'
import { makeAlone } from '../../../scripts/shared/sources-alone.ts'
import { compact } from '../../../src/core/compact.ts'
import { diffCatalogues } from '../../../src/core/diff/diff.ts'
import { ARTIFICIAL_ANALYSIS_LIMITS } from '../../../src/core/guard/guard-limits.ts'
import type { GuardedRow } from '../../../src/core/guard/guarded-row.ts'
import { reasonsToHold } from '../../../src/core/guard/reasons-to-hold.ts'
import type { Model } from '../../../src/core/schema/model.ts'
import { run } from '../../support/cli/run.ts'

function builtDays(days: number, models: number, changed: number) {
  return Array.from(madeUpDays(days, models, changed), ({ pages }) => {
    const made = makeAlone([{ source: 'artificial-analysis', pages }])
    if (!made.ok) throw new Error(made.failure.detail)
    return { catalogue: made.value.catalogue, rows: made.value.catalogue.models.map(guardedRow) }
  })
}

function guardedRow({ provider, value, id, name, pricing = {}, metrics = {} }: Model): GuardedRow {
  const { input, output } = pricing
  const facts = { input, output, speed: metrics.outputTokensPerSecond, score: metrics.intelligenceIndex }
  return { provider, value, id, name, ...compact(facts) }
}

describe('madeUpDays()', () => {
  it('returns the same days in every run, one per day', () => {
    const [first, second] = [[...madeUpDays(3, 120, 30)], [...madeUpDays(3, 120, 30)]]
    expect(first).toEqual(second)
    expect(first.map(({ fetchedAt }) => fetchedAt.slice(0, 10))).toEqual(['2000-01-01', '2000-01-02', '2000-01-03'])
  })

  it('changes the requested number of models per day, and never so that the guard holds the day', () => {
    const days = builtDays(20, 1000, 250)
    for (const [index, day] of days.entries()) {
      const before = days[index - 1]
      if (!before) continue
      const { added, removed, changed } = diffCatalogues(before.catalogue, day.catalogue).summary
      expect(day.catalogue.models.length).toBe(1000)
      expect(added + removed + changed).toBe(250)
      expect(added).toBe(2)
      expect(reasonsToHold(before.rows, day.rows, ARTIFICIAL_ANALYSIS_LIMITS.whole)).toEqual([])
    }
  })
})

describe('madeUpDeltas()', () => {
  it('lists all models on the first day, then the requested number of changed rows at a tenth of the providers', () => {
    const [first, second, third] = [...madeUpDeltas(3, 4000, 200)].map(({ delta }) => Object.keys(delta.models.set))
    expect(first).toHaveLength(4000)
    for (const changed of [second, third]) {
      expect(changed?.length).toBeGreaterThan(180)
      expect(changed?.length).toBeLessThanOrEqual(200)
      expect(new Set(changed?.map((key) => key.split('/')[0])).size).toBeLessThanOrEqual(12)
    }
    expect([...madeUpDeltas(2, 100, 5)]).toEqual([...madeUpDeltas(2, 100, 5)])
  })
})

describe('depthsOf()', () => {
  it.each([365, 3650])('picks distinct commits, each with a commit before it, from a history of %i', (newest) => {
    for (const { seqs } of depthsOf(newest)) {
      expect(new Set(seqs).size).toBe(60)
      expect(Math.min(...seqs)).toBeGreaterThan(1)
      expect(Math.max(...seqs)).toBeLessThan(newest)
    }
  })
})

describe('readSize()', () => {
  it('reads years, models and changes', () => {
    expect(readSize({ years: '10', models: '10000' })).toEqual({ days: 3650, models: 10_000, changed: 500 })
    expect(readSize({ years: '1', models: '300', changed: '5' })).toEqual({ days: 365, models: 300, changed: 5 })
  })
})

describe('measure ten-years', () => {
  it.each([
    ['--years', '0'],
    ['--minutes', '0'],
    ['--years', '1.5'],
    ['--models', 'many'],
    ['--changed', '9000'],
    ['now'],
  ])('refuses %s %s', async (...args) => {
    await expect(run(tenYears, args)).rejects.toThrow(/^Cannot (measure|read the command line)/)
  })
})
