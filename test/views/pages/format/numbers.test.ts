import { describe, expect, it } from 'vitest'
import { formatNumber, formatTokens, formatUsd } from '../../../../src/views/pages/format/numbers.ts'

describe('formatNumber()', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1_234_567, '1,234,567'],
    [1234.5, '1,234.5'],
    [0.126, '0.13'],
    [-150, '-150'],
    [-1500, '-1,500'],
  ])('writes %d as %s', (value, text) => expect(formatNumber(value)).toBe(text))
})

describe('formatUsd()', () => {
  it.each([
    [0, '$0.00'],
    [15, '$15.00'],
    [1.25, '$1.25'],
    [0.075, '$0.075'],
    [0.1, '$0.10'],
    [0.00012, '$0.00012'],
    [1234.5, '$1,234.5'],
  ])('writes %d as %s', (usd, text) => expect(formatUsd(usd)).toBe(text))
})

describe('formatTokens()', () => {
  it.each([
    [900, '900'],
    [4096, '4.1k'],
    [131_072, '131k'],
    [200_000, '200k'],
    [1_048_576, '1.05M'],
    [1_000_000, '1M'],
  ])('writes %d as %s', (tokens, text) => expect(formatTokens(tokens)).toBe(text))
})
