import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reasoningByName } from '../../../src/sources/artificial-analysis/read-row.ts'

describe('reasoningByName()', () => {
  it.each([
    'Reasoning',
    'Adaptive Reasoning, Max Effort',
    'Adaptive Reasoning, Xhigh Effort',
    'Reasoning, High Effort',
    'Adaptive',
    'Thinking',
    'low',
    'medium',
    'high',
    'xhigh',
    'max',
    'Max',
    'HIGH',
    'Preview, Thinking',
    "Reasoning, Dec '24",
  ])('reads "(%s)" as reasoning', (group) => {
    expect(reasoningByName(`Acme One (${group})`)).toBe(true)
  })

  it.each([
    'Non-reasoning',
    'Non-Reasoning',
    'NON-REASONING',
    'Non-reasoning, High Effort',
    'Non-reasoning, Low Effort',
    'High Effort, Non-reasoning',
    'Adaptive, Non-reasoning',
  ])('reads "(%s)" as no reasoning', (group) => {
    expect(reasoningByName(`Acme One (${group})`)).toBe(false)
  })

  it.each([
    'minimal',
    'Minimal',
    "May '24",
    "May' 25",
    'March 2025, chatgpt-4o-latest',
    'Preview',
    'Vision',
    'ChatGPT',
    '1210',
    '0613',
    '32B',
    'experimental',
    'Maximum',
    'Flow',
    'Highland',
    '',
  ])('reads nothing from "(%s)"', (group) => {
    expect(reasoningByName(`Acme One (${group})`)).toBeUndefined()
  })

  it.each(['Acme One', 'Acme Reasoning', 'Acme Thinking high', '', 'high', 'Acme high)', 'Acme (high'])(
    'reads nothing from %j, which has no group',
    (name) => {
      expect(reasoningByName(name)).toBeUndefined()
    },
  )

  it.each([
    ['Acme (Reasoning) (Preview)', undefined],
    ['Acme (Preview) (Reasoning)', true],
    ['Acme (Reasoning) (Non-reasoning)', false],
    ['Acme (Non-reasoning) (high)', true],
    ['Acme (high) One', true],
    ['Acme (Reasoning) ', true],
    ['Acme (Non-reasoning) max', false],
  ])('uses the last group of %j', (name, reasoning) => {
    expect(reasoningByName(name)).toBe(reasoning)
  })

  it.each(['Acme (Preview) Max', "Acme (May '24) Thinking", 'Acme (minimal) high'])(
    'reads nothing from %j, whose words are outside the group',
    (name) => {
      expect(reasoningByName(name)).toBeUndefined()
    },
  )

  it('ignores case', () => {
    const group = fc.mixedCase(
      fc.constantFrom('reasoning', 'non-reasoning, high effort', 'xhigh', 'minimal', 'preview'),
    )
    fc.assert(
      fc.property(group, (capitals) => {
        expect(reasoningByName(`Acme (${capitals})`)).toBe(reasoningByName(`Acme (${capitals.toLowerCase()})`))
      }),
    )
  })
})
