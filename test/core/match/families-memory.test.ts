import { describe, expect, it } from 'vitest'
import { createFamilies, type FamilySubject } from '../../../src/core/match/families.ts'
import { FamiliesMemory } from '../../../src/core/match/families-memory.ts'

const row = (provider: string, value: string, more: Partial<FamilySubject> = {}): FamilySubject => ({
  ...{ provider, value, name: value },
  ...more,
})

const ROWS = [row('openai', 'gpt-9'), row('host', 'openai/gpt-9'), row('acme', 'aa-1', { name: 'GPT-9', variant: {} })]

describe('FamiliesMemory', () => {
  it('keeps the families while the names of the rows stay the same', () => {
    const memory = new FamiliesMemory()
    const families = memory.familiesOf(ROWS)
    const renamed = ROWS.map((one) => (one.variant ? one : { ...one, name: `${one.name} (new)` }))
    expect(memory.familiesOf(renamed)).toBe(families)
    expect(renamed.map(families)).toEqual(renamed.map(createFamilies(renamed)))
  })

  it.each([
    ['a row is new', [...ROWS, row('host', 'other')]],
    ['a row is gone', ROWS.slice(1)],
    ['a row has another id', [row('openai', 'gpt-10'), ...ROWS.slice(1)]],
    ['a row is labelled', [row('openai', 'gpt-9', { canonicalId: 'openai/gpt-9-pro' }), ...ROWS.slice(1)]],
    ['what is measured has another name', [...ROWS.slice(0, 2), row('acme', 'aa-1', { name: 'GPT-8', variant: {} })]],
    ['a row is measured separately', [row('openai', 'gpt-9', { variant: {} }), ...ROWS.slice(1)]],
  ])('computes them again when %s', (_, next) => {
    const memory = new FamiliesMemory()
    const before = memory.familiesOf(ROWS)
    const families = memory.familiesOf(next)
    expect(families).not.toBe(before)
    expect(next.map(families)).toEqual(next.map(createFamilies(next)))
  })
})
