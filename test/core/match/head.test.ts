import { describe, expect, it } from 'vitest'
import { type HeadCandidate, headOf } from '../../../src/core/match/head.ts'

const row = (value: string, over: Partial<HeadCandidate> = {}): HeadCandidate => ({
  provider: 'zai',
  value,
  source: 'models.dev',
  ...over,
})
const variant = (value: string, intelligenceIndex?: number): HeadCandidate =>
  row(value, { source: 'artificial-analysis', ...(intelligenceIndex !== undefined && { intelligenceIndex }) })

const headValue = (family: string, models: HeadCandidate[]): string | undefined => {
  const head = headOf(family, models)
  expect(headOf(family, [...models].reverse())).toBe(head)
  return head?.value
}

describe('headOf()', () => {
  it("takes the row whose last segment is the family's id, however it is spelt", () => {
    expect(headValue('zhipuai/glm-5.2', [row('a'), row('zai-org/GLM-5-2'), row('glm-5.2:free')])).toBe(
      'zai-org/GLM-5-2',
    )
    expect(headValue('zhipuai/glm-5.2', [row('z/glm-5.2'), row('a/glm_5.2')])).toBe('a/glm_5.2')
  })

  it('else takes one without a full date, "-latest" or ":suffix"', () => {
    const models = ['gpt-4-20250101', 'gpt-4-latest', 'gpt-4:free', 'gpt-4-fast'].map((value) => row(value))
    expect(headValue('openai/gpt-4', models)).toBe('gpt-4-fast')
  })

  it('else takes the newest by the first day of its date, ties by value', () => {
    const dated = (value: string, releaseDate?: string) => row(value, releaseDate === undefined ? {} : { releaseDate })
    expect(headValue('a/b', [dated('b:x', '2025-03'), dated('b:y', '2025-02-28'), dated('b:a')])).toBe('b:x')
    expect(headValue('a/b', [dated('b:y', '2025-03'), dated('b:x', '2025-03-01')])).toBe('b:x')
  })

  it('else takes the best variant, but prefers any row to a variant', () => {
    expect(headValue('a/b', [variant('b'), variant('b-low', 10), variant('b-high', 20)])).toBe('b-high')
    expect(headValue('a/b', [variant('b-y'), variant('b-x')])).toBe('b-x')
    expect(headValue('a/b', [variant('b', 90), row('b:free')])).toBe('b:free')
  })

  it('is absent if there are no models', () => {
    expect(headOf('a/b', [])).toBeUndefined()
  })
})
