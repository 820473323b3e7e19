import { describe, expect, it } from 'vitest'
import { measureGuard } from '../../../scripts/measure/guard.ts'
import { run } from '../../support/cli/run.ts'
import { recordedData, whySkipped } from '../../support/recorded-data.ts'

describe('measure guard', () => {
  it.each<[string, string[], NodeJS.ProcessEnv]>([
    ['Cannot measure: set RECORDED_DATA to the folder with the recorded data (see --help)', [], {}],
    ['Cannot measure: RECORDED_DATA has no folder "aa/pulls": test', [], { RECORDED_DATA: 'test' }],
    ['Cannot read the command line: too many arguments: expected 0 arguments but got 1 (see --help)', ['x'], {}],
  ])('fails with "%s"', async (message, args, env) => {
    await expect(run(measureGuard, args, env)).rejects.toThrow(message)
  })

  it.skipIf(!recordedData)(
    `holds no ordinary day, and every incident${whySkipped}`,
    async () => {
      const { code, output } = await run(measureGuard, ['--held'], { RECORDED_DATA: recordedData })
      const held = output.split('\n').filter((line) => line.includes('HELD'))
      expect(held.map((line) => line.trim().split(': ').slice(0, 2).join(': '))).toEqual([
        // By mistake, 91 rows were removed and 55 prices of paid models became 0. They were restored over three weeks.
        'HELD cloudflare-ai-gateway: models-lost',
        'HELD cloudflare-ai-gateway: prices-zero',
        // Three months at once.
        'HELD the whole: models-lost',
        'HELD the whole: growth',
      ])
      expect(code).toBe(0)
    },
    120_000,
  )
})
