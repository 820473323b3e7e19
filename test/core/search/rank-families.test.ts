import { describe, expect, it } from 'vitest'
import { rankFamilies } from '../../../src/core/search/rank-families.ts'
import { model } from '../../support/rows.ts'

const row = (provider: string, value: string, blended?: number) =>
  model({
    provider,
    value,
    id: `models.dev:${provider}/${value}`,
    lab: 'zhipuai',
    family: 'zhipuai/glm-5',
    ...(blended !== undefined && { pricing: { blended } }),
  })

const own = row('zhipuai', 'glm-5', 3)
const second = row('zai', 'glm-5', 3)
const cheap = row('acme', 'glm-5', 1)
const dear = row('host', 'glm-5', 2)
const unpriced = row('other', 'glm-5')
const dated = row('zhipuai', 'glm-5-20260101', 3)
const alone = model({ provider: 'acme', value: 'one', family: 'acme/one' })

describe('rankFamilies()', () => {
  const ranked = [alone, own, second, cheap, dear, unpriced, dated]

  it('puts heads at own providers first, then heads elsewhere, cheapest first, then the rest', () => {
    expect(rankFamilies([dated, unpriced, dear, cheap, second, own, alone])).toEqual(ranked)
  })

  it('does not depend on the order of the input', () => {
    for (let turn = 0; turn < ranked.length; turn++)
      expect(rankFamilies([...ranked.slice(turn), ...ranked.slice(0, turn)])).toEqual(ranked)
  })
})
