import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFamilies, type FamilySubject } from '../../../src/core/match/families.ts'

/** `at`: "provider/value". `canonicalId`: the source's label of the row, if any. */
function row(at: string, canonicalId?: string): FamilySubject {
  const [provider = ''] = at.split('/', 1)
  const value = at.slice(provider.length + 1)
  return { provider, value, name: value, ...(canonicalId !== undefined && { canonicalId }) }
}

const variant = (provider: string, value: string, name: string): FamilySubject => ({
  provider,
  value,
  name,
  variant: {},
})

const familyOf = (subject: FamilySubject, others: FamilySubject[] = []): string =>
  createFamilies([...others, subject])(subject).family

describe('createFamilies()', () => {
  describe('of a labelled row', () => {
    it.each([
      ['anthropic/claude-haiku-4-5-20251001', 'anthropic/claude-haiku-4-5'],
      ['mistral/codestral-latest', 'mistral/codestral'],
      ['openai/gpt-4o-2024-05-13', 'openai/gpt-4o'],
      ['mistral/mistral-small-2506', 'mistral/mistral-small-2506'],
      ['minimax/MiniMax-M2.5', 'minimax/MiniMax-M2.5'],
      ['google/deep-research-preview-04-2026', 'google/deep-research-preview-04-2026'],
    ])('reads the canonical id %s as %s', (canonicalId, family) => {
      expect(familyOf(row('host/anything', canonicalId))).toBe(family)
    })

    it('is first-party only at a provider of its lab', () => {
      const families = createFamilies([])
      expect(families(row('zai/glm-5.2', 'zhipuai/glm-5.2'))).toEqual({
        lab: 'zhipuai',
        family: 'zhipuai/glm-5.2',
        firstParty: true,
      })
      expect(families(row('alibaba/glm-5.2', 'zhipuai/glm-5.2'))).toEqual({ lab: 'zhipuai', family: 'zhipuai/glm-5.2' })
    })
  })

  describe('of a row without a label', () => {
    it.each([
      ['openrouter/anthropic/claude-haiku-4.5', 'anthropic/claude-haiku-4-5'],
      ['host/claude-haiku-4-5-latest', 'anthropic/claude-haiku-4-5'],
      ['host/claude-haiku-4-5@20251001', 'anthropic/claude-haiku-4-5'],
      ['amazon-bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0', 'anthropic/claude-haiku-4-5'],
      ['sap-ai-core/anthropic--claude-4.5-haiku', 'anthropic/claude-haiku-4-5'],
      ['databricks/databricks-claude-haiku-4-5', 'anthropic/claude-haiku-4-5'],
      ['openrouter/z-ai/glm-5.2:free', 'zhipuai/glm-5.2'],
      ['venice/zai-org-glm-5-2', 'zhipuai/glm-5.2'],
      ['fireworks-ai/accounts/fireworks/models/glm-5p2', 'zhipuai/glm-5.2'],
      ['host/zai-org/GLM-5.2-FP8', 'zhipuai/glm-5.2'],
      ['host/Qwen/Qwen-3-32B', 'alibaba/qwen3-32b'],
    ])('matches %s with %s', (at, family) => {
      const known = ['anthropic/claude-haiku-4-5', 'zhipuai/glm-5.2', 'alibaba/qwen3-32b'].map((id) =>
        row(`x/${id}`, id),
      )
      expect(familyOf(row(at), known)).toBe(family)
    })

    it.each([
      ['mistral-small-2506', 'mistral-small-2603'],
      ['deepseek-v4-pro', 'deepseek-v4-pro-0813'],
      ['claude-opus-4-5', 'claude-opus-4-5-thinking'],
      ['grok-4', 'grok-4-fast'],
      ['gpt-5', 'gpt-5-pro'],
    ])('separates %s from %s', (one, other) => {
      const known = [row('x/one', `lab/${one}`)]
      expect(familyOf(row(`host/${one}`), known)).toBe(`lab/${one}`)
      expect(familyOf(row(`host/${other}`), known)).toBe(`host/${other}`)
    })

    it('does not match by an id that labels give to several families', () => {
      const known = [
        row('openrouter/deepseek/deepseek-v4-pro', 'deepseek/deepseek-v4-pro'),
        row('deepseek/deepseek-v4-pro', 'deepseek/deepseek-v4-pro-0813'),
      ]
      expect(createFamilies(known)(row('host/deepseek-v4-pro'))).toEqual({ family: 'host/deepseek-v4-pro' })
      expect(familyOf(row('host/deepseek-v4-pro-0813'), known)).toBe('deepseek/deepseek-v4-pro-0813')
    })

    it('does not match by an id that two labs have', () => {
      const known = [row('x/1', 'one/large'), row('x/2', 'two/large')]
      expect(familyOf(row('host/large'), known)).toBe('host/large')
    })

    it('has no lab if nothing is known about it', () => {
      expect(createFamilies([])(row('host/some/thing-20250101'))).toEqual({ family: 'host/thing' })
    })
  })

  describe("at a lab's own provider", () => {
    it('takes the id as spelt', () => {
      const own = row('minimax/MiniMax-M9')
      expect(createFamilies([own])(own)).toEqual({ lab: 'minimax', family: 'minimax/MiniMax-M9', firstParty: true })
      expect(familyOf(row('host/minimaxai/minimax-m9'), [own])).toBe('minimax/MiniMax-M9')
    })

    it('uses the matcher first, because the provider may host other labs', () => {
      const known = [row('x/1', 'zhipuai/glm-5')]
      expect(createFamilies(known)(row('alibaba-cn/glm-5'))).toEqual({ lab: 'zhipuai', family: 'zhipuai/glm-5' })
    })

    it.each([
      ['alibaba-cn/deepseek-r1-distill-qwen-7b', 'alibaba-cn/deepseek-r1-distill-qwen-7b'],
      ['alibaba-cn/siliconflow/some-model', 'alibaba-cn/some-model'],
      ['nvidia/baai/bge-m3', 'nvidia/bge-m3'],
      ['nvidia/meta/llama-guard-4-12b', 'nvidia/llama-guard-4-12b'],
    ])('does not claim %s, which names another lab', (at, family) => {
      expect(createFamilies([])(row(at))).toEqual({ family })
    })

    it('uses a label at another of its own providers', () => {
      const known = [row('kimi-code-plan-cn/k3', 'moonshotai/kimi-k3')]
      expect(familyOf(row('kimi-code-plan-global/k3'), known)).toBe('moonshotai/kimi-k3')
      expect(familyOf(row('host/k3'), known)).toBe('host/k3')
    })
  })

  it('groups dated, undated and "-latest" ids into one family without any label', () => {
    const rows = ['claude-haiku-4-5-20251001', 'claude-haiku-4-5', 'claude-haiku-4-5-latest'].map((id) =>
      row(`anthropic/${id}`),
    )
    expect(new Set(rows.map((one) => createFamilies(rows)(one).family))).toEqual(
      new Set(['anthropic/claude-haiku-4-5']),
    )
    const dated = ['gpt-4o', 'gpt-4o-2024-05-13', 'gpt-4o-2024-08-06', 'gpt-4o-2024-11-20'].map((id) =>
      row(`openai/${id}`),
    )
    expect(new Set(dated.map((one) => createFamilies(dated)(one).family))).toEqual(new Set(['openai/gpt-4o']))
  })

  describe('of variants', () => {
    it('groups all efforts into one family, by name', () => {
      const efforts = [
        variant('openai', 'gpt-9', 'GPT-9 (xhigh)'),
        variant('openai', 'gpt-9-low', 'GPT-9 (low)'),
        variant('openai', 'gpt-9-non-reasoning', 'GPT-9 (Non-reasoning)'),
      ]
      expect(new Set(efforts.map((one) => familyOf(one, efforts)))).toEqual(new Set(['openai/gpt-9']))
      const api = row('openai/gpt-9-2026-01-01')
      expect(createFamilies([...efforts, api])(api).family).toBe('openai/gpt-9')
    })

    it("takes the family of the same lab's models in models.dev", () => {
      const known = [row('zai/glm-5.2'), row('x/1', 'anthropic/claude-haiku-4-5')]
      expect(familyOf(variant('zai', 'glm-5-2', 'GLM-5.2 (max)'), known)).toBe('zhipuai/glm-5.2')
      expect(familyOf(variant('anthropic', 'claude-4-5-haiku-reasoning', 'Claude 4.5 Haiku (Reasoning)'), known)).toBe(
        'anthropic/claude-haiku-4-5',
      )
      expect(familyOf(variant('xai', 'glm-5-2', 'GLM-5.2'), known)).toBe('xai/glm-5-2')
    })

    it('does not match a past measurement to what a moving alias is now', () => {
      const known = [row('mistral/mistral-large-latest')]
      expect(familyOf(variant('mistral', 'mistral-large', "Mistral Large (Feb '24)"), known)).toBe(
        'mistral/mistral-large-feb-24',
      )
    })

    it.each([
      ['讯飞星火 X1', '星辰 X1'],
      ['Coder C', 'Coder C#'],
      ['R1', 'R1*'],
      ['Command A', 'Command A+'],
    ])('separates %s from %s', (one, other) => {
      const rows = [variant('lab', 'x1', one), variant('lab', 'x1-2', other)]
      const [a, b] = rows.map((each) => familyOf(each, rows))
      expect(a).not.toBe(b)
    })
  })

  it('returns the same for any order of statements', () => {
    const ids = ['glm-5.2', 'GLM-5-2', 'glm-5.2-20250101', 'glm_5.2', 'qwen3-8b', 'Qwen-3-8B', 'deepseek-v4']
    const labels = [undefined, 'zhipuai/glm-5.2', 'zhipuai/GLM-5.2', 'alibaba/qwen3-8b']
    const providers = ['zai', 'zhipuai', 'alibaba', 'deepseek', 'host']
    const one = fc
      .tuple(fc.constantFrom(...providers), fc.constantFrom(...ids), fc.constantFrom(...labels))
      .map(([provider, id, label]) => row(`${provider}/${id}`, label))
    const shuffled = fc
      .array(one, { maxLength: 12 })
      .chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })))
    fc.assert(
      fc.property(shuffled, ([rows, other]) => {
        expect(rows.map(createFamilies(other))).toEqual(rows.map(createFamilies(rows)))
      }),
    )
  })

  it('returns the same family for its own result', () => {
    const known = ['zhipuai/glm-5.2', 'mistral/mistral-small-2506'].map((id) => row(`x/${id}`, id))
    const families = createFamilies(known)
    for (const { family } of known.map(families)) expect(families(row(`host/${family}`)).family).toBe(family)
  })
})
