import { describe, expect, it } from 'vitest'
import { LABS, OWN_PROVIDERS } from '../../../../src/core/match/labs/lab-data.ts'
import { labOfPrefix, labOfProvider, labOfSeries, ownProvidersOf } from '../../../../src/core/match/labs/labs.ts'
import { readRecorded, recordedData, whySkipped } from '../../../support/recorded-data.ts'

describe('the labs', () => {
  const all = Object.values(LABS)

  it.each([
    ['providers', Object.values(OWN_PROVIDERS).flat()],
    ['prefixes', all.flatMap(({ prefixes = [] }) => prefixes)],
    ['series', all.flatMap(({ series = [] }) => series)],
  ])('share none of their %s', (_, all) => {
    expect(all.filter((name, at) => all.indexOf(name) !== at)).toEqual([])
  })

  it('have prefixes and series in lower case, none of which is another lab', () => {
    for (const [lab, { prefixes = [], series = [] }] of Object.entries(LABS)) {
      for (const name of [...prefixes, ...series]) expect(name).toBe(name.toLowerCase())
      for (const name of prefixes) expect([undefined, lab]).toContain(LABS[name] && name)
    }
  })

  it.skipIf(!recordedData)(`have providers that models.dev has${whySkipped}`, () => {
    const body = readRecorded('models-dev', 'api-2026-09-30.json.gz') as Record<string, unknown>
    expect(
      Object.keys(OWN_PROVIDERS)
        .flatMap(ownProvidersOf)
        .filter((provider) => !(provider in body)),
    ).toEqual([])
  })

  it('are found by provider, by prefix and by series', () => {
    expect(ownProvidersOf('zhipuai').slice(0, 2)).toEqual(['zhipuai', 'zai'])
    expect(ownProvidersOf('nowhere')).toEqual([])
    expect(labOfProvider('alibaba-cn')).toBe('alibaba')
    expect(labOfProvider('openrouter')).toBeUndefined()
    expect(['meta-llama', 'hf:zai-org', '~OpenAI', 'novita'].map(labOfPrefix)).toEqual([
      'meta',
      'zhipuai',
      'openai',
      undefined,
    ])
    expect(['glm-5', 'Qwen3 32B', 'o3-mini', 'llm'].map(labOfSeries)).toEqual([
      'zhipuai',
      'alibaba',
      'openai',
      undefined,
    ])
  })
})
