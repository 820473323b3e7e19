import { describe, expect, it } from 'vitest'
import { joinStatements, modelFactsOf } from '../../../src/core/build/join-statements.ts'
import { compact } from '../../../src/core/compact.ts'
import { type Given, statement } from '../../support/rows.ts'

const other = statement({
  ...{ source: 'models.dev', value: 'other', name: 'Other', releaseDate: '2020-01-01', status: 'deprecated' },
  ...{ sdk: { model: 'm', npm: 'n' }, knowledgeCutoff: '2025-01', openWeights: true },
  modalities: { input: { text: true, image: true, pdf: true }, output: { text: true } },
  capabilities: { text: false, vision: true, audio: false, toolUse: true, json: true, reasoning: true },
  pricing: { input: 9, output: 9, blended: 9, cacheRead: 1, cacheWrite: 2 },
  metrics: { contextWindow: 1000, maxOutput: 100, codingIndex: 1 },
})
const join = (facts: Given, firstParty = true) => joinStatements([statement(facts), { ...other, firstParty }])

describe('joinStatements()', () => {
  it('takes from another row what the precedence of its group lets it fill, and nothing else', () => {
    expect(join({})).toEqual({
      ...{ sdk: { model: 'm', npm: 'n' }, knowledgeCutoff: '2025-01', openWeights: true, status: 'deprecated' },
      modalities: other.facts.modalities,
      capabilities: { vision: true, audio: false, toolUse: true, json: true, reasoning: true },
      pricing: { cacheRead: 1, cacheWrite: 2 },
      metrics: { contextWindow: 1000, maxOutput: 100 },
    })
  })

  it('believes the source that comes first in the precedence wherever it speaks, fact by fact', () => {
    const facts = {
      ...{ openWeights: false, releaseDate: '2026-01-01' },
      capabilities: { vision: false, toolUse: undefined },
      pricing: { cacheRead: 0 },
      metrics: { contextWindow: 5 },
      modalities: { input: { image: false } },
    }
    expect(join(facts)).toMatchObject({
      ...{ openWeights: false, releaseDate: '2026-01-01' },
      capabilities: { vision: false, toolUse: true },
      pricing: { cacheRead: 0, cacheWrite: 2 },
      metrics: { contextWindow: 5, maxOutput: 100 },
      modalities: { input: { text: true, image: false, pdf: true }, output: { text: true } },
    })
  })

  it("takes from another host nothing that is the host's own: id, prices, limits, status", () => {
    const { sdk, pricing, metrics, status, capabilities, knowledgeCutoff } = compact(join({}, false))
    expect([sdk, pricing, metrics, status]).toEqual([undefined, undefined, undefined, undefined])
    expect([capabilities?.toolUse, knowledgeCutoff]).toEqual([true, '2025-01'])
  })

  it('takes of several statements of one source the first that speaks', () => {
    const silent = { ...other, facts: { openWeights: false } }
    expect(joinStatements([statement(), silent, other])).toMatchObject({
      openWeights: false,
      knowledgeCutoff: '2025-01',
    })
  })

  it('lets a row alone state everything, and changes nothing it was given', () => {
    const before = structuredClone(other)
    expect(joinStatements([other])).toBe(other.facts)
    join({ pricing: { input: 1 } })
    expect(other).toEqual(before)
  })
})

describe('modelFactsOf()', () => {
  it('lists modalities only where both directions are known', () => {
    const input = { pdf: true, text: true, image: false }
    expect(modelFactsOf({ modalities: { input, output: { text: true } } }).modalities).toEqual({
      input: ['text', 'pdf'],
      output: ['text'],
    })
    expect(modelFactsOf({ modalities: { input, output: { text: undefined } } }).modalities).toBeUndefined()
  })
})
