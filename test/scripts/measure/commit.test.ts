import { describe, expect, it } from 'vitest'
import { describeCommitCosts, describeFloor } from '../../../scripts/measure/commit/commit-report.ts'
import { measureParts } from '../../../scripts/measure/commit/measure-parts.ts'
import { type Body, changeRows } from '../../../scripts/measure/commit/read-body.ts'
import { measureCommit } from '../../../scripts/measure/commit.ts'
import { MODELS_DEV } from '../../../src/sources/models-dev/models-dev.ts'
import { run } from '../../support/cli/run.ts'

/** This many providers with ten rows each. Every second row has a price. */
function bodyOf(providers: number): Body {
  const rows = Array.from({ length: 10 }, (_, index) => {
    const cost = { input: 1 + index, output: 5 }
    return [`m${index}`, { id: `m${index}`, name: 'M', ...(index % 2 === 0 && { cost }) }]
  })
  return Object.fromEntries(
    Array.from({ length: providers }, (_, index) => [
      `p${index}`,
      { id: `p${index}`, name: 'P', env: [], npm: 'p', models: structuredClone(Object.fromEntries(rows)) },
    ]),
  )
}

function changedProviders(before: Body, after: Body): string[] {
  const rowsOf = (body: Body, provider: string) => JSON.stringify(body[provider])
  return Object.keys(before).filter((provider) => rowsOf(before, provider) !== rowsOf(after, provider))
}

describe('measure commit', () => {
  it.each([[[]], [['no-such.json']], [['package.json']], [['body.json', '--rounds', '0']], [['a', 'b']]])(
    'refuses %j',
    async (args) => {
      await expect(run(measureCommit, args)).rejects.toThrow(/^Cannot /)
    },
  )
})

describe('changeRows()', () => {
  const body = bodyOf(40)

  it('changes rows of as few providers as possible, or anywhere', () => {
    expect(changedProviders(body, changeRows(body, 20, 1))).toHaveLength(4)
    expect(changedProviders(body, changeRows(body, 20, 1, true)).length).toBeGreaterThan(8)
  })

  it('returns the same every time, and does not modify the body', () => {
    expect(changeRows(body, 20, 1)).toEqual(changeRows(body, 20, 1))
    expect(changeRows(body, 20, 2)).not.toEqual(changeRows(body, 20, 1))
    expect(body).toEqual(bodyOf(40))
  })

  it('returns another body that can be split', () => {
    expect(MODELS_DEV.split([changeRows(body, 20, 1)]).ok).toBe(true)
  })
})

describe('measureParts()', () => {
  it('begins with JSON.parse, and has every part once', () => {
    const parts = measureParts(bodyOf(3))
    expect(parts[0]?.name).toBe('JSON.parse of the body')
    expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length)
    expect(parts.length).toBeGreaterThan(10)
  })
})

describe('describeCommitCosts()', () => {
  it('reports whether each target is met', () => {
    const none = {
      publish: [0],
      scattered: [0],
      same: [0],
      refused: [0],
      preview: [0],
      evicted: [0],
      'evicted again': [0],
    }
    const table = describeCommitCosts({ ...none, parse: [1000], first: [12_000], changed: [4100], override: [500] })
    const lineOf = (name: string) => table.split('\n').find((line) => line.trim().startsWith(name))
    expect(lineOf('the first build')).toMatch(/12\.0 +12\.00 +<= 12 +reached$/)
    expect(lineOf('300 changed rows of a few')).toMatch(/4\.1 +4\.10 +<= 4 +missed$/)
    expect(lineOf('an override')).toMatch(/0\.5 +0\.50 +<= 0\.5 +reached$/)
  })
})

describe('describeFloor()', () => {
  it('sums the unavoidable cost of a commit: a first build hashes twice, a later one writes only what changed', () => {
    const floor = { transfer: [1000], parse: [2000], hash: [500], insert: [6000], change: [700] }
    const table = describeFloor(floor, { parse: [2000] })
    const lineOf = (name: string) => table.split('\n').find((line) => line.trim().startsWith(name))
    expect(lineOf('its rows')).toMatch(/6\.0 +3\.00$/)
    expect(lineOf('the floor of a first build')).toMatch(/10\.0 +5\.00$/)
    expect(lineOf('the floor of 300 changed rows')).toMatch(/4\.2 +2\.10$/)
  })
})
