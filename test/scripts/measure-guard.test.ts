import { describe, expect, it } from 'vitest'
import { runMeasureGuard } from '../../scripts/guard/run-measure-guard.ts'
import { recordedData, whySkipped } from '../support/recorded-data.ts'

async function run(args: string[], env: NodeJS.ProcessEnv = {}) {
  const lines: string[] = []
  const code = await runMeasureGuard(args, env, { write: (text) => lines.push(text) })
  return { code, text: lines.join('') }
}

describe('measure-guard', () => {
  it('prints its help', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, text: expect.stringContaining('Usage: RECORDED_DATA=') })
  })

  it.each<[string, string[], NodeJS.ProcessEnv]>([
    ['Cannot measure: set RECORDED_DATA to the folder with the recorded data (see --help)', [], {}],
    ['Cannot measure: RECORDED_DATA has no folder "aa/pulls": test', [], { RECORDED_DATA: 'test' }],
    ['Cannot measure: unexpected argument "x" (see --help)', ['x'], {}],
  ])('fails with "%s"', async (message, args, env) => {
    await expect(run(args, env)).rejects.toThrow(message)
  })

  it.skipIf(!recordedData)(
    `holds no ordinary day, and every incident${whySkipped}`,
    async () => {
      const { code, text } = await run(['--held'], { RECORDED_DATA: recordedData })
      const held = text.split('\n').filter((line) => line.includes('HELD'))
      expect(held.map((line) => line.trim().split(': ').slice(0, 2).join(': '))).toEqual([
        // 91 rows were removed and 55 prices of paid models became 0 by mistake; they were restored over three weeks.
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
