import { describe, expect, it } from 'vitest'
import { pullOf } from '../../../src/core/build/enrichment.ts'
import { joinRows } from '../../../src/core/build/join.ts'
import type { SourceRow } from '../../../src/core/build/source-pull.ts'
import { sourceRow } from '../../support/rows.ts'

const second = sourceRow({
  ...{ slug: 'other', name: 'Other', releaseDate: '2020-01-01', status: 'deprecated', sdk: { model: 'm', npm: 'n' } },
  ...{ knowledgeCutoff: '2025-01', openWeights: true },
  modalities: { input: { text: true, image: true, pdf: true }, output: { text: true } },
  capabilities: { text: false, vision: true, audio: false, toolUse: true, json: true, reasoning: true },
  pricing: { input: 9, output: 9, blended: 9, cacheRead: 1, cacheWrite: 2 },
  metrics: { contextWindow: 1000, maxOutput: 100, codingIndex: 1 },
})
const join = (facts: Partial<SourceRow>, own = true) => joinRows(sourceRow(facts), { row: second, own })

describe('joinRows()', () => {
  it('takes from the second source what the registry takes from one, and nothing else', () => {
    const { capabilities, pricing, metrics, modalities, sdk, knowledgeCutoff, openWeights, status, ...rest } = join({})
    expect(rest).toEqual(sourceRow())
    expect(capabilities).toEqual({ vision: true, audio: false, toolUse: true, json: true, reasoning: true })
    expect(pricing).toEqual({ cacheRead: 1, cacheWrite: 2 })
    expect(metrics).toEqual({ contextWindow: 1000, maxOutput: 100 })
    expect({ modalities, sdk, knowledgeCutoff, openWeights, status }).toEqual({
      ...{ modalities: second.modalities, sdk: second.sdk, knowledgeCutoff: '2025-01', openWeights: true },
      status: 'deprecated',
    })
  })

  it('lets the first source win wherever it speaks, fact by fact', () => {
    const first = {
      ...{ openWeights: false, releaseDate: '2026-01-01' },
      capabilities: { vision: false, toolUse: undefined },
      pricing: { cacheRead: 0 },
      metrics: { contextWindow: 5 },
      modalities: { input: { image: false } },
    }
    expect(join(first)).toMatchObject({
      ...{ openWeights: false, releaseDate: '2026-01-01' },
      capabilities: { vision: false, toolUse: true },
      pricing: { cacheRead: 0, cacheWrite: 2 },
      metrics: { contextWindow: 5, maxOutput: 100 },
      modalities: { input: { text: true, image: false, pdf: true }, output: { text: true } },
    })
  })

  it("takes from another host nothing that is the host's own: id, prices, limits, status", () => {
    const { sdk, pricing, metrics, status, capabilities, knowledgeCutoff } = join({}, false)
    expect([sdk, pricing, metrics, status]).toEqual([undefined, undefined, undefined, undefined])
    expect([capabilities?.toolUse, knowledgeCutoff]).toEqual([true, '2025-01'])
  })

  it('leaves a row that nobody else speaks of as it is, and changes nothing it was given', () => {
    const before = structuredClone(second)
    const row = sourceRow()
    expect(joinRows(row, undefined)).toBe(row)
    join({ pricing: { input: 1 } })
    expect(second).toEqual(before)
  })
})

describe('pullOf()', () => {
  const offer = (provider: string, own: boolean, ...slugs: string[]) => ({
    ...{ provider, own },
    rows: slugs.map((slug) => sourceRow({ slug })),
  })

  it("lists the language models of each provider's first own API", () => {
    const pictures = { provider: 'b', own: true, rows: [sourceRow({ slug: 'p', capabilities: { text: false } })] }
    const offers = [offer('a', true, 'a1'), offer('a', true, 'a1', 'a2'), offer('c', false, 'c1'), pictures]
    const pull = pullOf({ attribution: [{ name: 'S', url: 'https://s.example/' }], offers })
    expect(pull.rows.map(({ slug }) => slug)).toEqual(['a1'])
    expect(pull).toMatchObject({ tier: 'off', attribution: [{ name: 'S' }] })
  })
})
