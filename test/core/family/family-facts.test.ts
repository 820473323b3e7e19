import { describe, expect, it } from 'vitest'
import type { ScoreStatement } from '../../../src/core/statements/statement.ts'
import { listed, measured, modelsOf } from '../../support/core/statements.ts'

const epoch = (epochCapabilitiesIndex: number, date?: string): ScoreStatement => ({
  ...{ source: 'epoch', family: 'acme/one', metrics: { epochCapabilitiesIndex } },
  ...(date && { date }),
})
const arena = (arenaText: number): ScoreStatement => ({ source: 'arena', family: 'acme/one', metrics: { arenaText } })

describe('a first-party model that is not measured', () => {
  it('takes iq, quality metrics and speed from the best variant of its family', () => {
    const best = { intelligenceIndex: 60, codingIndex: 40, outputTokensPerSecond: 110, timeToFirstToken: 1 }
    const models = modelsOf([
      listed('one'),
      measured('one', { metrics: { intelligenceIndex: 20, agenticIndex: 9 } }, { name: 'One (low)' }),
      measured('one', { metrics: best }, { name: 'One (high)' }),
      measured('one', { metrics: { outputTokensPerSecond: 400 } }, { name: 'One (minimal)' }),
    ])
    expect(models['acme/one']).toMatchObject({ iq: 4, speed: 3 })
    expect(models['acme/one']?.metrics).toEqual({ intelligenceIndex: 60, codingIndex: 40 })
  })

  it('takes them from the first value in sort order if several are equal', () => {
    const variantOf = (effort: string, codingIndex: number) =>
      measured('one', { metrics: { intelligenceIndex: 50, codingIndex } }, { name: `One (${effort})` })
    const models = modelsOf([listed('one'), variantOf('low', 2), variantOf('high', 1)])
    expect(models['acme/one']?.metrics?.codingIndex).toBe(1)
  })

  it('takes nothing from others if it is measured itself', () => {
    const models = modelsOf([
      listed('one'),
      measured('one', { metrics: { intelligenceIndex: 30 } }),
      measured('one', { metrics: { intelligenceIndex: 60, outputTokensPerSecond: 90 } }, { name: 'One (high)' }),
    ])
    expect(models['acme/one']).toMatchObject({ iq: 1, metrics: { intelligenceIndex: 30 } })
    expect(models['acme/one']).not.toHaveProperty('speed')
  })
})

describe('scores of boards', () => {
  it('are given to every listed first-party row, and to no variant or host', () => {
    const models = modelsOf(
      [
        ...[listed('one'), listed('one-2026-01-02'), listed('one', {}, { provider: 'acme-cn' }), listed('two')],
        measured('one', {}, { name: 'One (high)' }),
        listed('one', {}, { provider: 'host', canonicalId: 'acme/one' }),
      ],
      { scores: [epoch(140), arena(1400), arena(1410)] },
    )
    const bearers = Object.entries(models).filter(([, { metrics }]) => metrics)
    expect(bearers.map(([key, { metrics }]) => [key, metrics])).toEqual(
      ['acme/one', 'acme/one-2026-01-02', 'acme-cn/one'].map((key) => [
        key,
        { epochCapabilitiesIndex: 140, arenaText: 1410 },
      ]),
    )
  })

  it('are given to the head if no first-party row is listed', () => {
    const models = modelsOf(
      [
        measured('one', { metrics: { intelligenceIndex: 9 } }, { name: 'One (low)' }),
        measured('one', { metrics: { intelligenceIndex: 10 } }, { name: 'One (high)' }),
        listed('one', {}, { provider: 'host', canonicalId: 'acme/one' }),
      ],
      { scores: [epoch(140)] },
    )
    expect(models['acme/one-high']?.metrics).toEqual({ intelligenceIndex: 10, epochCapabilitiesIndex: 140 })
    expect(models['acme/one-low']?.metrics).toEqual({ intelligenceIndex: 9 })
  })

  it('are given to the row of the date that they name, and the highest to all other rows', () => {
    const models = modelsOf(
      [
        listed('one', { releaseDate: '2026-03-01' }),
        ...[listed('one-20260102'), listed('one-2026-03-01'), listed('one-2026-05-06')],
      ],
      { scores: [epoch(130, '2026-01'), epoch(125, '2026-01-02'), epoch(145, '2026-03-01'), epoch(128, '2024-01')] },
    )
    const indexes = Object.entries(models).map(([key, { metrics }]) => [key, metrics?.epochCapabilitiesIndex])
    expect(Object.fromEntries(indexes)).toEqual({
      ...{ 'acme/one': 145, 'acme/one-20260102': 130, 'acme/one-2026-03-01': 145, 'acme/one-2026-05-06': 145 },
    })
  })

  it('are given to the row that was released on that date, if no id contains it', () => {
    const models = modelsOf([listed('one', { releaseDate: '2026-01' }), listed('one-latest')], {
      scores: [epoch(120, '2026-01'), epoch(150)],
    })
    expect(models['acme/one']?.metrics?.epochCapabilitiesIndex).toBe(120)
    expect(models['acme/one-latest']?.metrics?.epochCapabilitiesIndex).toBe(150)
  })
})
