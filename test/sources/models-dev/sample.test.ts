/** The part of models.dev that ships with the project (MIT, see scripts/sample/NOTICE). */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createMatcher } from '../../../src/core/match/match.ts'
import { readModelsDev, trimModelsDev } from '../../../src/sources/models-dev/read-catalogue.ts'
import { statement } from '../../support/rows.ts'

const json: unknown = JSON.parse(
  readFileSync(new URL('../../../scripts/sample/models-dev.json', import.meta.url), 'utf8'),
)

function readSample() {
  const result = readModelsDev(json)
  if (!result.ok) throw new Error(result.failure.detail)
  return result.value
}

describe('the sample of models.dev', () => {
  it('is read whole: the own APIs of twelve providers', () => {
    const { statements } = readSample()
    expect(new Set(statements.map(({ creator }) => creator?.id)).size).toBe(12)
    expect(statements.every(({ firstParty }) => firstParty)).toBe(true)
    expect(trimModelsDev(json)).toEqual(json)
  })

  it.each([
    ['anthropic', 'claude-4-5-sonnet-thinking', 'Claude 4.5 Sonnet (Reasoning)', '2025-09-29', 'claude-sonnet-4-5'],
    ['anthropic', 'claude-35-sonnet', "Claude 3.5 Sonnet (Oct '24)", '2024-10-22', 'claude-3-5-sonnet-20241022'],
    ['openai', 'gpt-4o', "GPT-4o (Nov '24)", '2024-11-20', 'gpt-4o-2024-11-20'],
    ['openai', 'gpt-5-low', 'GPT-5 (low)', '2025-08-07', 'gpt-5'],
    ['openai', 'gpt-5-1-codex-mini', 'GPT-5.1 Codex mini (high)', '2025-11-13', 'gpt-5.1-codex-mini'],
    ['kimi', 'kimi-k2', 'Kimi K2', '2025-07-11', 'kimi-k2-0711-preview'],
    [
      'alibaba',
      'qwen3-next-80b-a3b-reasoning',
      'Qwen3 Next 80B A3B (Reasoning)',
      '2025-09-11',
      'qwen3-next-80b-a3b-thinking',
    ],
    ['mistral', 'mistral-small-3-2', 'Mistral Small 3.2', '2025-06-20', 'mistral-small-2506'],
    ['xai', 'grok-4-20-0309', 'Grok 4.20 0309 (Reasoning)', '2026-03-10', 'grok-4.20-0309-reasoning'],
    ['mistral', 'magistral-small', 'Magistral Small 1', '2025-06-10', 'release-date'],
    ['mistral', 'devstral-small', "Devstral Small (Aug '25)", '2025-08-20', 'release-date'],
    ['deepseek', 'deepseek-v4-flash', 'DeepSeek V4 Flash 0731 (Reasoning, Max Effort)', '2026-07-31', 'release-date'],
    ['openai', 'gpt-5-mega', 'GPT-5 Mega', '2025-08-07', 'no-candidate'],
  ])('gives %s/%s, "%s" of %s: %s', (provider, value, name, releaseDate, expected) => {
    const outcome = createMatcher(readSample().statements, new Map())(statement({ value, name, releaseDate }), provider)
    expect(outcome.matched ? outcome.statement.value : outcome.reason).toBe(expected)
  })
})
