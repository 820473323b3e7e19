import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { madeUpUsage } from '../../../scripts/measure/cost/made-up-usage.ts'
import { measureCost } from '../../../scripts/measure/cost.ts'
import { Chance } from '../../../scripts/measure/shared/seeded-chance.ts'
import { run } from '../../support/cli/run.ts'

describe('madeUpUsage()', () => {
  it('returns the same rows in every run, with usage of three APIs', () => {
    const draw = () => {
      const chance = new Chance(1)
      return Array.from({ length: 100 }, (_, number) =>
        madeUpUsage(number, ['acme/lab/a', 'acme/b'], ['2026-01-01T02:00:00.000Z'], chance),
      )
    }
    expect(draw()).toEqual(draw())
    const rows = draw().map((line) => JSON.parse(line))
    expect(new Set(rows.map(({ provider, model }) => `${provider} ${model}`))).toEqual(
      new Set(['acme lab/a', 'acme b']),
    )
    expect(new Set(rows.map(({ usage }) => Object.keys(usage).join())).size).toBe(3)
  })
})

describe('measure cost', () => {
  it.each([['--rows', '1'], ['--rows', 'many'], ['--files', '1'], ['now']])('refuses %s %s', async (...args) => {
    await expect(run(measureCost, args)).rejects.toThrow(/^Cannot (measure|read)/)
  })

  // Memory and CPU are read from /proc.
  it.skipIf(!existsSync('/proc/self/stat'))(
    'prices every row, and prints what that took',
    { timeout: 90_000 },
    async () => {
      const { output } = await run(measureCost, ['--rows', '300'])
      expect(output).toMatch(/^ {2}30 rows +\d/m)
      expect(output).toMatch(/^ {2}300 rows( +\d+\.\d){4}$/m)
    },
  )
})
