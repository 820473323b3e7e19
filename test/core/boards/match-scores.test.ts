import { describe, expect, it } from 'vitest'
import { matchScores, scoreStatementsOf, unmatchedNames } from '../../../src/core/boards/match-scores.ts'
import { joinRows } from '../../../src/core/build/rows.ts'
import { createFamilies } from '../../../src/core/match/families.ts'
import type { ModelFacts, ModelStatement, NamedScore } from '../../../src/core/statements/statement.ts'

function row(provider: string, value: string, facts: ModelFacts = {}): ModelStatement {
  const id = `models.dev:${provider}/${value}`
  return { source: 'models.dev', id, provider, value, name: value, facts: { releaseDate: '2026-01-15', ...facts } }
}

const ROWS = [
  row('openai', 'gpt-9', { reasoning: { efforts: ['low', 'high'] } }),
  row('openai', 'gpt-9-mini'),
  row('openai', 'gpt-9-codex', { reasoning: { efforts: ['low', 'high', 'xhigh'] } }),
  row('openai', 'gpt-9-codex-max'),
  row('openai', 'gpt-8o', { releaseDate: '2025-05-13' }),
  row('openai', 'gpt-8o-2025-11-20', { releaseDate: '2025-11-20' }),
  row('alibaba', 'qwen9-max', { reasoning: { toggle: true } }),
  row('mistral', 'mistral-huge-latest'),
  row('google', 'gemini-3.1-pro-preview', { releaseDate: '2026-02-19', reasoning: { efforts: ['high'] } }),
  row('groq', 'hosted-only'),
]

function familyOf(score: Partial<NamedScore> & { name: string }, models = ROWS): string | undefined {
  return match(score, models)?.family
}

function match(score: Partial<NamedScore> & { name: string }, models = ROWS) {
  const familyOfModel = createFamilies(models)
  const joined = joinRows(models, { familyOf: familyOfModel, billingOf: () => ({}), providerNameOf: (name) => name })
  if (!joined.ok) throw new Error(joined.failure.detail)
  return matchScores([{ source: 'epoch', metrics: { epochCapabilitiesIndex: 1 }, ...score }], joined.value.rows)[0]
}

describe('matchScores()', () => {
  it.each([
    [{ name: 'GPT-9', organization: 'OpenAI', releaseDate: '2026-01-10' }, 'openai/gpt-9'],
    [{ name: 'GPT-9', organization: 'OpenAI' }, 'openai/gpt-9'],
    [{ name: 'gpt-9' }, 'openai/gpt-9'],
    [{ name: 'Qwen 9 Max', organization: 'Alibaba' }, 'alibaba/qwen9-max'],
    [{ name: 'GPT-9 mini', organization: 'Other Lab,OpenAI' }, 'openai/gpt-9-mini'],
  ])('finds %j by its name', (score, family) => {
    expect(familyOf(score)).toBe(family)
  })

  it.each([
    ['of another lab', { name: 'GPT-9', organization: 'Anthropic' }],
    ['of an organisation that is not a lab', { name: 'GPT-9', organization: 'Vicuna Team' }],
    ['released at another time', { name: 'GPT-9', organization: 'OpenAI', releaseDate: '2026-02-15' }],
    ['that is similar', { name: 'GPT-9 nano', organization: 'OpenAI' }],
    ['of a moving alias', { name: 'Mistral Huge', organization: 'Mistral AI' }],
    ['of a host that is not a lab', { name: 'hosted-only' }],
  ])('ignores a name %s', (_, score) => {
    expect(familyOf(score)).toBeUndefined()
  })

  it.each([
    ['gpt-9-high', 'openai/gpt-9'],
    ['GPT-9 (High)', 'openai/gpt-9'],
    ['qwen9-max-thinking', 'alibaba/qwen9-max'],
    ['gpt-9-codex-max', 'openai/gpt-9-codex-max'],
    // The family does not have this effort, so it may be part of another model's name.
    ['gpt-9-max', undefined],
    ['gpt-9-mini-high', undefined],
  ])('reads the end of %s as an effort only if the family has it', (name, family) => {
    expect(familyOf({ source: 'arena', name })).toBe(family)
  })

  it('does not read the name of a missing model as an effort of another model', () => {
    const models = ROWS.filter(({ value }) => value !== 'gpt-9-codex-max')
    expect(familyOf({ source: 'arena', name: 'gpt-9-codex-max' }, models)).toBeUndefined()
  })

  it('keeps the edition that a name states, if its date is a date of the family', () => {
    const named = { organization: 'OpenAI', releaseDate: '2025-05-13' }
    expect(match({ name: 'GPT-8o (Nov 2025)', ...named })).toMatchObject({ family: 'openai/gpt-8o', date: '2025-11' })
    expect(match({ name: 'GPT-8o (Mar 2025)', ...named })?.family).toBeUndefined()
    expect(match({ source: 'arena', name: 'gpt-8o-2025-11-20' })).toMatchObject({
      ...{ family: 'openai/gpt-8o', date: '2025-11-20' },
    })
  })

  it('uses the reviewed aliases before anything else, and only for their own board', () => {
    const preview = 'google/gemini-3.1-pro-preview'
    expect(familyOf({ name: 'Gemini 3.1 Pro', organization: 'Google DeepMind', releaseDate: '2020-01-01' })).toBe(
      preview,
    )
    expect(familyOf({ source: 'arena', name: 'Gemini 3.1 Pro' })).toBeUndefined()
  })

  it('returns no family that is missing from the catalogue', () => {
    expect(familyOf({ name: 'Gemini 3 Flash', organization: 'Google' })).toBeUndefined()
  })
})

describe('scoreStatementsOf(), unmatchedNames()', () => {
  it('splits matches into statements and counted names', () => {
    const score = (name: string): NamedScore => ({ source: 'arena', name, metrics: { arenaText: 1200 } })
    const matches = [
      { score: score('b') },
      { score: score('a') },
      { score: score('gpt-9'), family: 'openai/gpt-9', date: '2026-01' },
    ]
    expect(scoreStatementsOf(matches)).toEqual([
      { source: 'arena', family: 'openai/gpt-9', date: '2026-01', metrics: { arenaText: 1200 } },
    ])
    expect(unmatchedNames(matches)).toEqual([{ source: 'arena', field: 'name', count: 2, example: 'a' }])
  })
})
