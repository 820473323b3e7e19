import { describe, expect, it } from 'vitest'
import { measureReading } from '../../../scripts/measure/reading.ts'
import { run } from '../../support/cli/run.ts'
import { recordedData, recordedFile, whySkipped } from '../../support/recorded-data.ts'

describe('measure reading', () => {
  it('requires the name of a body', async () => {
    await expect(run(measureReading, [])).rejects.toThrow('Cannot measure: name a body, or set RECORDED_DATA')
    await expect(run(measureReading, ['no-such.json'])).rejects.toThrow('Cannot read "no-such.json"')
  })

  it.skipIf(!recordedData)(
    `reads every row like an independent reader${whySkipped}`,
    async () => {
      const { code, output } = await run(measureReading, [recordedFile('models-dev', 'api-2026-09-30.json.gz')])
      expect(code).toBe(0)
      expect(output).toContain('0 rejected')
      expect(output).toContain("Sums by provider: equal the source's")
      expect(output).toContain('Independent reading of every row: 0 differ')
    },
    120_000,
  )
})
