/** The recorded bodies of models.dev, if they are available. */
import { describe, expect, it } from 'vitest'
import { measureBody } from '../../../scripts/measure/reading/measure-body.ts'
import { recordedDays } from '../../../scripts/measure/reading/recorded-days.ts'
import { readRecorded, recordedData, recordedFile, whySkipped } from '../../support/recorded-data.ts'
import { ModelFactsSchema } from '../../support/sources/model-facts-schema.ts'
import modelTypes from '../../support/sources/model-types.json' with { type: 'json' }
import { readBody } from '../../support/sources/models-dev-rows.ts'

const read = (date: string): unknown => readRecorded('models-dev', `api-${date}.json.gz`)

describe.skipIf(!recordedData)(`the recorded bodies of models.dev${whySkipped}`, () => {
  it.each([
    ['2026-07-01', 5276],
    ['2026-09-30', 8337],
  ])('of %s is read completely, with the same result as an independent reader', (date, rows) => {
    const measure = measureBody(read(date))
    expect(measure.models).toHaveLength(rows)
    expect(measure).toMatchObject({ rows, rejected: [], sums: [], differing: [] })
    const unread = measure.unread.reduce((sum, { count }) => sum + count, 0)
    expect(unread).toBeLessThan(rows / 50)
  })

  it.each(['2026-07-01', '2026-09-30'])('of %s has only facts that the schema accepts', (date) => {
    for (const { facts } of readBody(read(date)).models) expect(ModelFactsSchema.parse(facts)).toEqual(facts)
  })

  it('gives 300 rows the types that a person gave them', () => {
    const read300: Record<string, string> = modelTypes
    const { models } = readBody(read('2026-09-30'))
    const listed = models.filter(({ provider, value }) => Object.hasOwn(read300, `${provider}/${value}`))
    const right = listed.filter(({ provider, value, facts }) => facts.type === read300[`${provider}/${value}`])
    expect(listed).toHaveLength(300)
    expect(right.length).toBeGreaterThanOrEqual(294)
  })

  it('has no row that takes 1,500 bytes', () => {
    const longest = readBody(read('2026-09-30')).models.map(({ facts }) => JSON.stringify(facts).length)
    expect(Math.max(...longest)).toBeLessThan(1500)
  })

  it('is read on every day of its history', () => {
    let days = 0
    for (const { body } of recordedDays(recordedFile('models-dev', 'history', 'daily.ndjson.gz'))) {
      expect(readBody(body).rejected).toEqual([])
      days += 1
    }
    expect(days).toBe(309)
  }, 60_000)
})
