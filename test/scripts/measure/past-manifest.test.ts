import { describe, expect, it } from 'vitest'
import { describePastManifest } from '../../../scripts/measure/past-manifest/past-manifest-report.ts'
import { pastManifest } from '../../../scripts/measure/past-manifest.ts'
import { run } from '../../support/cli/run.ts'

describe('measure past-manifest', () => {
  it.each([['--rounds', '0'], ['--rounds', 'some'], ['now']])('refuses %s %s', async (...args) => {
    await expect(run(pastManifest, args)).rejects.toThrow(/^Cannot (measure|read the command line)/)
  })
})

describe('describePastManifest()', () => {
  it('sums the steps of each floor within the rounds', () => {
    const table = describePastManifest({
      ...{ bytes: [2000, 4000], hash: [4000, 8000], find: [9000, 9000], texts: [9000, 9000] },
      ...{ join: [10_000, 20_000], parts: [3000, 6000], registry: [18_000, 36_000] },
    })
    const lineOf = (name: string) => table.split('\n').find((line) => line.trim().startsWith(name))
    expect(lineOf('the floor of rows')).toMatch(/12\.00 +6\.00$/)
    expect(lineOf('the floor of values')).toMatch(/5\.00 +2\.50$/)
    expect(lineOf('a past manifest')).toMatch(/18\.00 +9\.00$/)
  })
})
