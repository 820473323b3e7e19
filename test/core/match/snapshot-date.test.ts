import { describe, expect, it } from 'vitest'
import { isReleasedAs, isSameSnapshot, takeSnapshotDate } from '../../../src/core/match/snapshot-date.ts'

describe('takeSnapshotDate()', () => {
  it.each([
    ['claude-sonnet-4-5-20250929', { year: 2025, month: 9, day: 29 }, 'claude-sonnet-4-5-'],
    ['gpt-4o-2024-05-13', { year: 2024, month: 5, day: 13 }, 'gpt-4o-'],
    ['command-r-08-2024', { year: 2024, month: 8 }, 'command-r-'],
    ['model 2024-08', { year: 2024, month: 8 }, 'model'],
    ['qwen3-235b-a22b-instruct-2507', { year: 2025, month: 7 }, 'qwen3-235b-a22b-instruct-'],
    ['mistral-large-2512', { year: 2025, month: 12 }, 'mistral-large-'],
    ['kimi-k2-0905-preview', { month: 9, day: 5 }, 'kimi-k2- -preview'],
    ['gemini-2.5-pro-preview-05-06', { month: 5, day: 6 }, 'gemini-2.5-pro-preview'],
    ["gpt-4o (oct '24)", { year: 2024, month: 10 }, 'gpt-4o ( )'],
    ["pro (mar' 25)", { year: 2025, month: 3 }, 'pro ( )'],
    ['flash (september 2025)', { year: 2025, month: 9 }, 'flash ( )'],
    ["r1 0528 (may '25)", { year: 2025, month: 5, day: 28 }, 'r1   ( )'],
  ])('finds the date of "%s"', (text, date, rest) => {
    const taken = takeSnapshotDate(text)
    expect(taken.date).toEqual(date)
    expect(taken.rest.trim()).toBe(rest.trim())
  })

  it.each([
    'claude-3-5-sonnet',
    'gpt-4.1',
    'grok-4.20',
    'llama-3.1-405b',
    'qwen3-1.7b',
    'model-1999',
    'march',
    'glm-4-5',
    'a-0999',
  ])('finds none in "%s"', (text) => {
    expect(takeSnapshotDate(text)).toEqual({ rest: text })
  })
})

describe('isSameSnapshot()', () => {
  it('compares what both say', () => {
    expect(isSameSnapshot({ month: 9, day: 5 }, { year: 2025, month: 9 })).toBe(true)
    expect(isSameSnapshot({ month: 9, day: 5 }, { month: 9, day: 6 })).toBe(false)
    expect(isSameSnapshot({ year: 2024, month: 9 }, { year: 2025, month: 9 })).toBe(false)
    expect(isSameSnapshot({ month: 8 }, { month: 9 })).toBe(false)
  })
})

describe('isReleasedAs()', () => {
  it('takes a month for the whole of it and a day for a week around it', () => {
    expect(isReleasedAs('2025-09-29', { year: 2025, month: 9 })).toBe(true)
    expect(isReleasedAs('2025-10-01', { year: 2025, month: 9 })).toBe(false)
    expect(isReleasedAs('2024-09-29', { year: 2025, month: 9 })).toBe(false)
    expect(isReleasedAs('2026-04-24', { month: 4, day: 20 })).toBe(true)
    expect(isReleasedAs('2026-04-28', { month: 4, day: 20 })).toBe(false)
    expect(isReleasedAs('2026-04-20', { month: 4 })).toBe(true)
  })
})
