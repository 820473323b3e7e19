import { describe, expect, it } from 'vitest'
import { measure } from '../../../scripts/measure/families/families-report.ts'
import { readLabelledRows } from '../../../scripts/measure/families/labelled-rows.ts'
import { leaveOneOut } from '../../../scripts/measure/families/leave-one-out.ts'
import { measureFamilies } from '../../../scripts/measure/families.ts'
import { createFamilies } from '../../../src/core/match/families.ts'
import { run } from '../../support/cli/run.ts'
import { readRecorded, recordedData, whySkipped } from '../../support/recorded-data.ts'

describe('measure families', () => {
  it('requires the name of a body', async () => {
    await expect(run(measureFamilies, [])).rejects.toThrow('Cannot measure: name a body of models.dev')
    await expect(run(measureFamilies, ['no-such.json'])).rejects.toThrow('Cannot read "no-such.json"')
  })

  it('counts what is right, wrong and missing', () => {
    const rows = readLabelledRows({
      host: { models: { 'z-ai/glm-5': { name: 'GLM-5', canonical_model_id: 'zhipuai/glm-5' } } },
      other: { models: { 'glm-5': { name: 'GLM-5', canonical_model_id: 'zhipuai/glm-5' }, large: { name: 'Large' } } },
      third: { models: { turbo: { name: 'GLM-5', canonical_model_id: 'zhipuai/glm-5' } } },
    })
    const { right, wrong, missed } = measure(leaveOneOut(rows))
    expect([right, wrong.length, missed.map(({ value }) => value)]).toEqual([2, 0, ['turbo']])
  })

  it.skipIf(!recordedData)(
    `finds at least 99.5 % precision, 86 % recall and 78 % of labs${whySkipped}`,
    () => {
      const rows = readLabelledRows(readRecorded('models-dev', 'api-2026-09-30.json.gz'))
      const { precision, recall } = measure(leaveOneOut(rows))
      expect(precision).toBeGreaterThanOrEqual(0.995)
      expect(recall).toBeGreaterThanOrEqual(0.86)
      const answers = rows.map(createFamilies(rows))
      expect(answers.filter(({ lab }) => lab !== undefined).length / rows.length).toBeGreaterThanOrEqual(0.78)
    },
    120_000,
  )
})
