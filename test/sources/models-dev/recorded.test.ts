/** The whole recorded catalogue of models.dev and a recorded pull to match with it, where they lie beside the project. */
import { describe, expect, it } from 'vitest'
import { checkRows } from '../../../scripts/measure/matching/independent-check.ts'
import { matchRows } from '../../../scripts/measure/matching/matched-rows.ts'
import { measuredRows } from '../../../scripts/measure/matching/matching-report.ts'
import { createMatcher } from '../../../src/core/match/match.ts'
import { MODELS_DEV_ALIASES } from '../../../src/sources/models-dev/aliases.ts'
import { readModelsDev, trimModelsDev } from '../../../src/sources/models-dev/read-catalogue.ts'
import { readRecorded, recordedData, whySkipped } from '../../support/recorded-data.ts'

const FILES = { modelsDev: 'models-dev/api-2026-07-01.json.gz', pull: 'aa/pro-2026-08-22.json.gz' }
const read = (file: string): unknown => readRecorded(file)

describe.skipIf(!recordedData)(`the recorded catalogue of models.dev${whySkipped}`, () => {
  it('is read the same when trimmed, and trimmed to a size that one row of storage holds', () => {
    const whole = read(FILES.modelsDev)
    const trimmed = trimModelsDev(whole)
    expect(readModelsDev(trimmed)).toEqual(readModelsDev(whole))
    expect(JSON.stringify(trimmed).length).toBeLessThan(1_000_000)
  })

  it('matches each of its rows with itself', () => {
    const result = readModelsDev(read(FILES.modelsDev))
    if (!result.ok) throw new Error(result.failure.detail)
    const apis = Map.groupBy(result.value.statements, ({ provider, creator }) => `${provider} at ${creator?.id}`)
    for (const served of apis.values()) {
      const match = createMatcher(served, new Map())
      for (const statement of served)
        expect(match(statement, statement.provider ?? '')).toMatchObject({ matched: true, statement })
    }
  })

  it('still is what every alias leads to', () => {
    const rows = matchRows(read(FILES.pull), read(FILES.modelsDev))
    const byAlias = rows.flatMap(({ outcome }) =>
      outcome.matched && outcome.by === 'alias' ? [outcome.statement.id] : [],
    )
    expect(new Set(byAlias)).toEqual(new Set(MODELS_DEV_ALIASES.values()))
  })

  it('is matched as well as before', () => {
    const rows = measuredRows(matchRows(read(FILES.pull), read(FILES.modelsDev)))
    const known = rows.filter(({ row }) => (row.facts.releaseDate ?? '') <= '2026-07-02')
    const matched = known.filter(({ outcome }) => outcome.matched)
    expect(matched.length / known.length).toBeGreaterThan(0.8)
    const reasoning = checkRows(rows, new Map()).flatMap(({ findings }) =>
      findings.filter(({ check }) => check === 'reasoning'),
    )
    expect(reasoning.filter(({ agrees }) => agrees).length / reasoning.length).toBeGreaterThan(0.99)
  })
})
