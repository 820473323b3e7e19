import { readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dayOf, readListed, readScores } from '../../../scripts/sample/make/recorded-sample.ts'
import { linesOf } from '../../../scripts/sample/make/sample-lines.ts'
import { readSampleDays, SAMPLE_DAYS, SAMPLE_FILE } from '../../../scripts/sample/sample-days.ts'
import { recordedData, recordedFile, whySkipped } from '../../support/recorded-data.ts'

const text = readFileSync(SAMPLE_FILE, 'utf8')
const days = readSampleDays()
const listed = days.filter((day) => day.source === 'models.dev')
const last = listed.at(-1)

describe('readSampleDays()', () => {
  it('has six days of models.dev and one of Epoch, oldest first', () => {
    const dates = days.map(({ day }) => day)
    expect(dates).toEqual(dates.toSorted())
    expect(listed).toHaveLength(6)
    expect([dates[0], dates.at(-1)]).toEqual([SAMPLE_DAYS.first, SAMPLE_DAYS.last])
    expect(days.filter(({ source }) => source === 'epoch').map(({ day }) => day)).toEqual([SAMPLE_DAYS.scored])
  })

  it('has labs and hosts, with tiers, modes and reasoning options', () => {
    const models = [...(last?.models.values() ?? [])]
    expect(last?.providers.size).toBeGreaterThanOrEqual(25)
    expect(models.length).toBeGreaterThan(350)
    expect([...(last?.providers.keys() ?? [])]).toEqual(
      expect.arrayContaining(['openai', 'anthropic', 'google', 'amazon-bedrock', 'azure', 'openrouter', 'groq']),
    )
    expect(models.filter(({ pricing }) => pricing?.tiers).length).toBeGreaterThan(20)
    expect(models.filter(({ pricing }) => pricing?.modes).length).toBeGreaterThan(5)
    expect(models.filter(({ efforts, toggle, budget }) => efforts ?? toggle ?? budget).length).toBeGreaterThan(200)
  })

  it('changes prices between any two days', () => {
    for (const [index, day] of listed.entries()) {
      const before = listed[index - 1]?.models
      if (!before) continue
      const inputs = [...day.models].map(([key, { pricing }]) => [before.get(key)?.pricing?.input, pricing?.input])
      expect(inputs.filter(([was, is]) => was !== undefined && was !== is).length, day.day).toBeGreaterThan(2)
    }
  })

  it('is small, and has facts but no texts', () => {
    expect(statSync(SAMPLE_FILE).size).toBeLessThan(300_000)
    expect(text).not.toContain('description')
    expect(JSON.stringify(days.at(-2))).not.toContain('eci_ci_low')
  })
})

describe('linesOf()', () => {
  it('writes the same lines that are read', () => {
    const lines = text.trimEnd().split('\n')
    expect(linesOf(days)).toEqual(lines.map((line) => JSON.parse(line)))
  })

  it.skipIf(!recordedData)(`states exactly what was recorded on each day${whySkipped}`, async () => {
    const recorded = new Map(await readListed(recordedFile()))
    for (const day of listed) {
      const now = dayOf(day.day, recorded.get(day.day) ?? new Map(), new Set(day.models.keys()))
      expect(now, day.day).toEqual(day)
    }
    const scores = new Map(readScores(recordedFile()).map((score) => [score.name, score]))
    for (const day of days)
      if (day.source === 'epoch')
        for (const { score, releaseDate, organization, ...metrics } of day.scores)
          expect(scores.get(score)).toMatchObject({ metrics, releaseDate, organization })
  })
})
