import { describe, expect, it } from 'vitest'
import { describeWeights } from '../../../scripts/measure/client-bytes/mode-weights.ts'
import { modelsDevVersions, newestModelsDevVersion } from '../../../scripts/measure/client-bytes/models-dev-versions.ts'
import { describePartRefreshes, partRefresh } from '../../../scripts/measure/client-bytes/part-refreshes.ts'
import { catalogue, numbered, published } from '../../support/client/published-versions.ts'
import { recordedData, whySkipped } from '../../support/recorded-data.ts'
import { provider } from '../../support/rows.ts'

const versionOf = (price: number, seq: number) => {
  const content = catalogue([numbered(price), ...Array.from({ length: 200 }, (_, index) => numbered(1, `m-${index}`))])
  const other = { ...content, providers: [...content.providers, provider({ value: 'other' })] }
  return { ...published(other, seq), catalogue: other }
}

describe('partRefresh()', () => {
  const [first, second] = [versionOf(1, 1), versionOf(2, 2)]

  it('takes the changed parts, and the smallest part for the head', () => {
    const refresh = partRefresh(first, second, ['acme', 'other'])
    expect(refresh.changed).toBe(1)
    expect(refresh.parts).toBeGreaterThan(partRefresh(first, second, ['other']).parts)
    expect(partRefresh(first, second, ['other']).changed).toBe(0)
  })

  it('is described with its share of the whole', () => {
    const refreshes = [partRefresh(first, second, ['other']), partRefresh(second, first, ['other'])]
    expect(describePartRefreshes(refreshes, ['other'])).toMatch(
      /^2 refreshes by parts of other, gzip\n {2}a day's refresh .+ KB, the whole manifest .+ KB: \d+\.\d %\n {2}median .+ parts changed: 0$/,
    )
    expect(describeWeights(first, ['acme'])).toMatch(/the part of acme .+ gzip\n {2}the whole manifest/)
  })
})

describe.runIf(recordedData)(`a client of three providers${whySkipped}`, () => {
  it('fetches less than 5 % of the whole on a recorded day', () => {
    const providers = ['anthropic', 'google', 'openai']
    const [first, second] = [...modelsDevVersions(recordedData ?? '', 2)]
    if (!first || !second) throw new Error('The last two days are the same')
    const { parts, whole } = partRefresh(first, second, providers)
    expect(parts / whole).toBeLessThan(0.05)
    expect(newestModelsDevVersion(recordedData ?? '').catalogue.models.length).toBeGreaterThan(8000)
  })
})
