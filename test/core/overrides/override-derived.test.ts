import { describe, expect, it } from 'vitest'
import { AA_SCALE, corrected, modelIn, overridden, sourcesOf } from '../../support/core/overridden.ts'
import { model } from '../../support/rows.ts'

const PRICES = { input: 1, output: 5, blended: 2 }

describe('the blended price', () => {
  it.each([
    ['input', { input: 5 }, 5],
    ['output', { output: 9 }, 3],
    ['both', { input: 0, output: 1 }, 0.25],
    ['a price of no cost', { input: 0, output: 0 }, 0],
  ])('is derived again when %s is set', (_what, pricing, blended) => {
    expect(corrected({ pricing: PRICES }, { set: { pricing } })?.pricing).toEqual({ ...PRICES, ...pricing, blended })
  })

  it('is the value that is set, whatever the prices', () => {
    expect(corrected({ pricing: PRICES }, { set: { pricing: { input: 5, blended: 1.5 } } })?.pricing?.blended).toBe(1.5)
    expect(corrected({ pricing: PRICES }, { set: { pricing: { blended: 0 } } })?.pricing?.blended).toBe(0)
  })

  it('is unknown when it is unset, whatever the prices', () => {
    const put = corrected({ pricing: PRICES }, { set: { pricing: { input: 5 } }, unset: ['pricing.blended'] })
    expect(put?.pricing).toEqual({ input: 5, output: 5 })
  })

  it('is unknown when one of its prices is unset', () => {
    expect(corrected({ pricing: PRICES }, { unset: ['pricing.input'] })?.pricing).toEqual({ output: 5 })
    expect(corrected({ pricing: PRICES }, { unset: ['pricing.output'] })?.pricing).toEqual({ input: 1 })
  })

  it('is absent if all prices are unset', () => {
    expect(corrected({ pricing: PRICES }, { unset: ['pricing'] })).not.toHaveProperty('pricing')
  })

  it('is kept when other prices are set', () => {
    const pricing = { ...PRICES, blended: 1.75 }
    expect(corrected({ pricing }, { set: { pricing: { cacheRead: 0.5 } } })?.pricing).toEqual({
      ...pricing,
      cacheRead: 0.5,
    })
    expect(corrected({ pricing: { blended: 3 } }, { set: { iq: 1 } })?.pricing).toEqual({ blended: 3 })
  })

  it('is derived in a model that inherits its prices', () => {
    const sources = sourcesOf(model({ value: 'base', pricing: PRICES }))
    const inheritFrom = { provider: 'acme', value: 'base' }
    const put = overridden(sources, [{ provider: 'acme', value: 'made', inheritFrom, set: { pricing: { output: 1 } } }])
    expect(modelIn(put, 'made')?.pricing).toEqual({ input: 1, output: 1, blended: 1 })
  })
})

describe('a score', () => {
  const MEASURED = {
    iq: 1,
    speed: 1,
    metrics: { intelligenceIndex: 30, intelligenceIndexVersion: 4.1, outputTokensPerSecond: 30 },
  }

  it('is derived again when its metric is set', () => {
    expect(corrected(MEASURED, { set: { metrics: { intelligenceIndex: 60 } } })).toMatchObject({ iq: 4, speed: 1 })
    expect(corrected(MEASURED, { set: { metrics: { outputTokensPerSecond: 200 } } })).toMatchObject({ iq: 1, speed: 4 })
    expect(corrected({}, { set: { metrics: { intelligenceIndex: 1, outputTokensPerSecond: 0 } } })).toMatchObject({
      ...{ iq: 0, speed: 0 },
    })
  })

  it('is the value that is set, whatever the metric', () => {
    const set = { iq: 0, speed: 5, metrics: { intelligenceIndex: 60, outputTokensPerSecond: 0 } }
    expect(corrected(MEASURED, { set })).toMatchObject({ iq: 0, speed: 5 })
    expect(corrected(MEASURED, { set: { iq: 5 } })).toMatchObject({ iq: 5, metrics: MEASURED.metrics })
  })

  it('is unknown when it is unset, whatever the metric', () => {
    const set = { metrics: { intelligenceIndex: 60, outputTokensPerSecond: 200 } }
    const put = corrected(MEASURED, { set, unset: ['iq', 'speed'] })
    expect(put).toMatchObject(set)
    expect(put).not.toHaveProperty('iq')
    expect(put).not.toHaveProperty('speed')
  })

  it.each([[['metrics.intelligenceIndex', 'metrics.outputTokensPerSecond']], [['metrics']]])(
    'is unknown when its metric is unset: %j',
    (unset) => {
      const put = corrected(MEASURED, { unset })
      expect(put).not.toHaveProperty('iq')
      expect(put).not.toHaveProperty('speed')
    },
  )

  it('is kept if it is set and its metric is unset', () => {
    expect(corrected(MEASURED, { set: { iq: 3 }, unset: ['metrics'] })).toMatchObject({ iq: 3 })
  })

  it('is kept when other metrics are set', () => {
    const set = { metrics: { contextWindow: 1, codingIndex: 99, timeToFirstToken: 1 } }
    expect(corrected({ ...MEASURED, iq: 4, speed: 4 }, { set })).toMatchObject({ iq: 4, speed: 4 })
  })

  it('uses the steps of the settings', () => {
    const set = { metrics: { intelligenceIndex: 30 } }
    expect(corrected({}, { set }, { scale: { ...AA_SCALE, thresholds: [1, 2, 3, 4, 50] } })).toMatchObject({ iq: 4 })
  })

  it('uses the linked steps of the scale of its index', () => {
    const linked = { scale: { ...AA_SCALE, thresholds: 'linked' as const } }
    expect(corrected(MEASURED, { set: { metrics: { intelligenceIndex: 25 } } }, linked)).toMatchObject({ iq: 4 })
    const moved = { metrics: { intelligenceIndexVersion: 4.3 } }
    expect(corrected(MEASURED, { set: moved }, linked)).toMatchObject({ iq: 5, metrics: { intelligenceIndex: 30 } })
    expect(
      corrected({}, { set: { metrics: { intelligenceIndex: 30, intelligenceIndexVersion: 3 } } }, linked),
    ).toMatchObject({
      iq: 1,
    })
  })

  it('uses the metric that is the basis of the registry', () => {
    const scale = { basis: 'epoch' as const, thresholds: [120, 130, 140, 150, 160] }
    const set = { metrics: { epochCapabilitiesIndex: 145, intelligenceIndex: 60 } }
    expect(corrected(MEASURED, { set }, { scale })).toMatchObject({ iq: 3 })
    expect(corrected(MEASURED, { set: { metrics: { intelligenceIndex: 60 } } }, { scale })).toMatchObject({ iq: 1 })
    expect(corrected(MEASURED, { set: { metrics: { epochCapabilitiesIndex: 145 } } })).toMatchObject({ iq: 1 })
  })
})

describe('a limit above the context window', () => {
  it('is left out, and named with the window', () => {
    const sources = sourcesOf(model({ value: 'one', metrics: { contextWindow: 100, maxInput: 90 } }))
    const put = { provider: 'acme', value: 'one', set: { metrics: { contextWindow: 80, maxOutput: 81 } } }
    const result = overridden(sources, [put])
    expect(modelIn(result, 'one')?.metrics).toEqual({ contextWindow: 80 })
    expect(result.contradictions.map(({ reason }) => reason)).toEqual([
      '"metrics.maxInput" 90 is above "metrics.contextWindow" 80',
      '"metrics.maxOutput" 81 is above "metrics.contextWindow" 80',
    ])
  })

  it('is kept if it equals the window, or if there is no window', () => {
    const put = (metrics: object) => corrected({}, { set: { metrics } })?.metrics
    expect(put({ contextWindow: 8, maxOutput: 8 })).toEqual({ contextWindow: 8, maxOutput: 8 })
    expect(put({ maxOutput: 8 })).toEqual({ maxOutput: 8 })
  })
})

describe('firstParty', () => {
  const own = model({ value: 'one', lab: 'acme', firstParty: true })
  const inheritFrom = { provider: 'acme', value: 'one' }

  it('is not inherited by another provider, unlike the lab', () => {
    const made = overridden(sourcesOf(own, model({ provider: 'globex' })), [
      { provider: 'globex', value: 'copy', inheritFrom },
      { provider: 'acme', value: 'copy', inheritFrom },
    ])
    expect(modelIn(made, 'copy', 'globex')).toMatchObject({ lab: 'acme', family: 'acme/one' })
    expect(modelIn(made, 'copy', 'globex')).not.toHaveProperty('firstParty')
    expect(modelIn(made, 'copy')).toMatchObject({ firstParty: true })
  })

  it('is dropped when the lab changes, unless it is set', () => {
    expect(corrected(own, { set: { lab: 'globex' } })).not.toHaveProperty('firstParty')
    expect(corrected(own, { unset: ['lab'] })).not.toHaveProperty('firstParty')
    expect(corrected(own, { set: { lab: 'globex', firstParty: true } })).toHaveProperty('firstParty')
    expect(corrected(own, { set: { lab: 'acme', iq: 1 } })).toHaveProperty('firstParty')
    expect(corrected(own, { unset: ['firstParty'] })).not.toHaveProperty('firstParty')
  })
})
