import { describe, expect, it } from 'vitest'
import { nearestModel } from '../../../src/core/search/by-id/nearest-model.ts'
import {
  ambiguousModel,
  missingId,
  missingModel,
  missingProvider,
  unknownNames,
} from '../../../src/core/search/refusals.ts'
import { row, variant } from '../../support/core/listed-models.ts'

const MODELS = [
  row('gpt-5.1', { provider: 'openai' }),
  row('gpt-5.1-mini', { provider: 'openai' }),
  variant('gpt-4-1-high', { provider: 'openai', effort: 'high' }),
]
const SEARCHED = { version: 'v1.0', providers: ['anthropic', 'openai'], models: MODELS }

describe('missingModel()', () => {
  it.each([
    ['gpt-5.1-min', '; did you mean "openai/gpt-5.1-mini"?'],
    ['openai/GPT-5.1', '; did you mean "openai/gpt-5.1"?'],
    ['gpt-4.1', '; did you mean "openai/gpt-4-1-high"?'],
    ['whisper-large', ''],
  ])('for "%s" names the nearest model, if any', (value, hint) => {
    expect(missingModel({ provider: 'openai', value }, SEARCHED)).toBe(
      `Cannot read model "openai/${value}": v1.0 has no such model${hint}`,
    )
  })

  it('names the provider if that is missing', () => {
    expect(missingModel({ provider: 'OpneAI', value: 'gpt-5.1' }, { ...SEARCHED, models: [] })).toBe(
      'Cannot read model "OpneAI/gpt-5.1": v1.0 has no provider "OpneAI"; did you mean "openai"?',
    )
  })

  it('names the last version that had it', () => {
    expect(missingModel({ provider: 'openai', value: 'gpt-51' }, SEARCHED, 'v1.9')).toBe(
      'Cannot read model "openai/gpt-51": v1.0 has no such model; v1.9 was the last version that had it; did you mean "openai/gpt-5.1"?',
    )
  })

  it('truncates names that are too long to repeat', () => {
    expect(missingModel({ provider: 'openai', value: 'x'.repeat(9000) }, SEARCHED).length).toBeLessThan(400)
  })
})

describe('the other refusals', () => {
  it('suggest the nearest name, and list the candidates', () => {
    expect(missingProvider('v1.0', 'OpenAI', ['openai'])).toMatch(
      /: v1.0 has no such provider; did you mean "openai"\?$/,
    )
    expect(missingId('v1.0', 'gtp-5.1', MODELS)).toBe(
      'Cannot find model "gtp-5.1": v1.0 has no such model; did you mean "openai/gpt-5.1"?',
    )
    expect(ambiguousModel('openai/gpt', MODELS.slice(0, 2))).toEqual({
      code: 'ambiguous-model',
      detail: 'Cannot resolve model "openai/gpt": it is ambiguous between "openai/gpt-5.1", "openai/gpt-5.1-mini"',
      candidates: [
        { provider: 'openai', value: 'gpt-5.1' },
        { provider: 'openai', value: 'gpt-5.1-mini' },
      ],
    })
  })
})

describe('unknownNames()', () => {
  it('returns an error for each provider and lab that does not exist, and none for the others', () => {
    const known = { providers: ['openai', 'xai'], labs: ['openai'] }
    expect(unknownNames({ provider: ['xai'], lab: ['openai'] }, known)).toEqual([])
    expect(unknownNames({}, known)).toEqual([])
    expect(unknownNames({ provider: ['OpenAI', 'xai', '__proto__'], lab: ['opneai'] }, known)).toEqual([
      { field: 'provider', message: '"OpenAI" is not a provider of this version; did you mean "openai"?' },
      { field: 'provider', message: '"__proto__" is not a provider of this version' },
      { field: 'lab', message: '"opneai" is not a lab of this version; did you mean "openai"?' },
    ])
  })
})

describe('nearestModel()', () => {
  it('prefers a model with the same last segment', () => {
    const models = [row('gpt-5.2'), row('openai/gpt-5.1')]
    expect(nearestModel(models, 'gpt-5.1')?.value).toBe('openai/gpt-5.1')
    expect(nearestModel(models, 'gpt-5.3')?.value).toBe('gpt-5.2')
    expect(nearestModel(models, 'something else')).toBeUndefined()
    expect(nearestModel([], 'gpt-5.1')).toBeUndefined()
  })
})
