import { describe, expect, it } from 'vitest'
import { makeAlone } from '../../../../scripts/shared/sources-alone.ts'
import type { Model } from '../../../../src/core/schema/model.ts'
import { findModel, whichEverywhere, whichOfLabs } from '../../../../src/core/search/by-id/find-model.ts'
import { row } from '../../../support/core/listed-models.ts'
import { readRecorded, recordedData, whySkipped } from '../../../support/recorded-data.ts'

const nameOf = ({ provider, value }: Model): string => `${provider}/${value}`
const own = (provider: string, value: string, lab = provider): Model =>
  row(value, { provider, lab, family: `${lab}/${value}`, firstParty: true })
const hosted = (provider: string, value: string, lab: string): Model => row(value, { provider, lab })

function meaningOf(which: ReturnType<typeof findModel>): string | string[] | undefined {
  switch (which.outcome) {
    case 'found':
      return nameOf(which.model)
    case 'ambiguous':
      return which.candidates.map(nameOf)
    case 'none':
      return undefined
  }
}

/** In the order of a manifest. */
const MODELS = [
  own('alibaba', 'qwen3-max'),
  hosted('alibaba', 'deepseek-r1', 'deepseek'),
  own('alibaba-cn', 'qwen3-max', 'alibaba'),
  own('alibaba-cn', 'qwen-turbo', 'alibaba'),
  hosted('azure', 'gpt-5.5', 'openai'),
  own('deepseek', 'deepseek-r1'),
  hosted('groq', 'llama-3.3-70b-versatile', 'meta'),
  hosted('groq', 'openai/gpt-oss-120b', 'openai'),
  own('openai', 'gpt-5-2025-08-07'),
  own('openai', 'gpt-5.5'),
  hosted('openrouter', 'openai/gpt-5.5', 'openai'),
  hosted('openrouter', 'openai/gpt-oss-120b', 'openai'),
  own('zai', 'glm-4.6', 'zhipuai'),
  own('zhipuai', 'glm-4.6'),
]

describe('findModel()', () => {
  it.each([
    ['openai/gpt-5.5', 'openai/gpt-5.5'],
    ['azure/gpt-5.5-latest', 'azure/gpt-5.5'],
    ['gpt-5.5', 'openai/gpt-5.5'],
    ['GPT-5', 'openai/gpt-5-2025-08-07'],
    ['glm-4.6', 'zhipuai/glm-4.6'],
    ['qwen3-max', 'alibaba/qwen3-max'],
    ['qwen-turbo', 'alibaba-cn/qwen-turbo'],
    ['deepseek-r1', 'deepseek/deepseek-r1'],
    ['llama-3.3-70b-versatile', 'groq/llama-3.3-70b-versatile'],
    ['openai/gpt-oss-120b', ['groq/openai/gpt-oss-120b', 'openrouter/openai/gpt-oss-120b']],
    ['openrouter/openai/gpt-oss-120b', 'openrouter/openai/gpt-oss-120b'],
    ['gpt-6', undefined],
    ['openai', undefined],
    ['openai/', undefined],
    ['', undefined],
  ])('resolves "%s" to %s', (id, meaning) => {
    expect(meaningOf(findModel(MODELS, id))).toEqual(meaning)
  })

  it('reports models of several labs as ambiguous, by lab', () => {
    expect(meaningOf(whichOfLabs([...MODELS, own('acme', 'gpt-5.5')], 'gpt-5.5'))).toEqual([
      'acme/gpt-5.5',
      'openai/gpt-5.5',
    ])
  })
})

describe('whichEverywhere()', () => {
  it('returns what the id means at each provider, in the order of a manifest', () => {
    expect(whichEverywhere(MODELS, 'gpt-5.5').map(nameOf)).toEqual(['azure/gpt-5.5', 'openai/gpt-5.5'])
    expect(whichEverywhere(MODELS, 'openai/gpt-5-5').map(nameOf)).toEqual(['openrouter/openai/gpt-5.5'])
  })
})

/** Ids that APIs accept and return. */
const CALLED = [
  'anthropic/claude-haiku-4-5',
  'anthropic/claude-sonnet-4-5-20250929',
  'openai/gpt-5.1',
  'openai/gpt-5-2025-08-07',
  'google/gemini-2.5-pro',
  'xai/grok-4.20-0309-reasoning',
]
const FOUND = [
  'anthropic/claude-haiku-4-5',
  'anthropic/claude-sonnet-4-5-20250929',
  'openai/gpt-5.1',
  'openai/gpt-5',
  'google/gemini-2.5-pro',
  'xai/grok-4.20-0309-reasoning',
]

describe.skipIf(!recordedData)(`the real catalogue${whySkipped}`, () => {
  it.each([false, true])('has each id that an API accepts, with Artificial Analysis: %s', (isMeasured) => {
    const listed = { source: 'models.dev' as const, pages: [readRecorded('models-dev', 'api-2026-09-30.json.gz')] }
    const measured = {
      source: 'artificial-analysis' as const,
      pages: pagesOf(readRecorded('aa', 'pro-2026-08-22.json.gz')),
    }
    const made = makeAlone(isMeasured ? [measured, listed] : [listed])
    if (!made.ok) throw new Error(made.failure.detail)
    const { models } = made.value.catalogue
    expect(CALLED.map((id) => meaningOf(findModel(models, id)))).toEqual(FOUND)
    // Every value of the catalogue finds its own model.
    for (const one of models.filter((_, at) => at % 97 === 0))
      expect(findModel(models, nameOf(one))).toEqual({ outcome: 'found', model: one })
  })
})

function pagesOf(recorded: unknown): unknown[] {
  const { pages }: { pages?: unknown[] } = Object(recorded)
  return pages ?? [recorded]
}
