import { describe, expect, it } from 'vitest'
import {
  chooseScale,
  DEFAULT_EPOCH_THRESHOLDS,
  DEFAULT_IQ_THRESHOLDS,
  iqOf,
  iqOnScale,
  NEWEST_LINKED_INDEX_VERSION,
  speedOf,
} from '../../src/core/score.ts'

describe('iqOf()', () => {
  it.each([
    [-3, 0],
    [0, 0],
    [24.99, 0],
    [25, 1],
    [34.99, 1],
    [35, 2],
    [44.99, 2],
    [45, 3],
    [54.99, 3],
    [55, 4],
    [64.99, 4],
    [65, 5],
    [100, 5],
  ])('scores the index %d as %d by default', (index, iq) => {
    expect(iqOf(index, 3, DEFAULT_IQ_THRESHOLDS)).toBe(iq)
  })

  it('gives no score to what was not measured', () => {
    expect(iqOf(undefined, 3, DEFAULT_IQ_THRESHOLDS)).toBeUndefined()
    expect(iqOf(undefined, 4.1, 'linked')).toBeUndefined()
  })

  it('uses five steps of the operator on any index version', () => {
    const steps = [1, 2, 3, 4, 5]
    expect([0.5, 1, 2.5, 3, 4.9, 5].map((index) => iqOf(index, 4.3, steps))).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('keeps the default steps when the source re-scales its index', () => {
    expect([3, 4, 4.3, 9].map((indexVersion) => iqOf(50, indexVersion, DEFAULT_IQ_THRESHOLDS))).toEqual([3, 3, 3, 3])
  })

  it.each([
    [3, [25, 35, 45, 55, 65]],
    [4, [13.4, 17.7, 24.2, 32.2, 40.7]],
    [4.1, [8.4, 12.2, 17.7, 24.4, 33.0]],
    [4.2, [8.4, 12.2, 17.7, 24.4, 33.0]],
    [4.3, [7.5, 8.9, 11.7, 15.5, 21.8]],
    [4.9, [7.5, 8.9, 11.7, 15.5, 21.8]],
    [5, [7.5, 8.9, 11.7, 15.5, 21.8]],
  ])('links index version %d to the steps %j', (indexVersion, steps) => {
    const below = steps.map((step) => iqOf(step - 0.01, indexVersion, 'linked'))
    const reached = steps.map((step) => iqOf(step, indexVersion, 'linked'))
    expect({ below, reached }).toEqual({ below: [0, 1, 2, 3, 4], reached: [1, 2, 3, 4, 5] })
  })

  it('names the newest index version it is linked to', () => {
    expect(NEWEST_LINKED_INDEX_VERSION).toBe(4.3)
  })
})

describe('iqOnScale()', () => {
  const metrics = { intelligenceIndex: 20, intelligenceIndexVersion: 4.1, epochCapabilitiesIndex: 150 }

  it('uses the metric of its basis alone', () => {
    expect(iqOnScale(metrics, { basis: 'artificial-analysis', thresholds: 'linked' })).toBe(3)
    expect(iqOnScale(metrics, { basis: 'artificial-analysis', thresholds: DEFAULT_IQ_THRESHOLDS })).toBe(0)
    expect(iqOnScale(metrics, { basis: 'epoch', thresholds: DEFAULT_EPOCH_THRESHOLDS })).toBe(4)
    expect(
      iqOnScale({ intelligenceIndex: 70 }, { basis: 'epoch', thresholds: DEFAULT_EPOCH_THRESHOLDS }),
    ).toBeUndefined()
    expect(iqOnScale(undefined, { basis: 'artificial-analysis', thresholds: 'linked' })).toBeUndefined()
  })

  it.each([
    [119, 0],
    [120, 1],
    [130, 2],
    [140, 3],
    [159, 4],
    [160, 5],
  ])('scores %d of Epoch as %d, linked or not', (epochCapabilitiesIndex, iq) => {
    expect(iqOnScale({ epochCapabilitiesIndex }, { basis: 'epoch', thresholds: DEFAULT_EPOCH_THRESHOLDS })).toBe(iq)
    expect(iqOnScale({ epochCapabilitiesIndex }, { basis: 'epoch', thresholds: 'linked' })).toBe(iq)
  })
})

describe('speedOf()', () => {
  it.each([
    [0, 0],
    [24.99, 0],
    [25, 1],
    [49.99, 1],
    [50, 2],
    [99.99, 2],
    [100, 3],
    [199.99, 3],
    [200, 4],
    [299.99, 4],
    [300, 5],
    [2500, 5],
  ])('scores %d tokens per second as %d', (tokensPerSecond, speed) => {
    expect(speedOf(tokensPerSecond)).toBe(speed)
  })

  it('gives no score to what was not measured', () => {
    expect(speedOf(undefined)).toBeUndefined()
  })
})

describe('chooseScale()', () => {
  it('uses Artificial Analysis where it is in use, else Epoch, with the steps of each', () => {
    expect(chooseScale({}, true)).toEqual({ basis: 'artificial-analysis', thresholds: DEFAULT_IQ_THRESHOLDS })
    expect(chooseScale({}, false)).toEqual({ basis: 'epoch', thresholds: DEFAULT_EPOCH_THRESHOLDS })
  })

  it('uses what the operator set', () => {
    expect(chooseScale({ iqBasis: 'epoch' }, true)).toEqual({ basis: 'epoch', thresholds: DEFAULT_EPOCH_THRESHOLDS })
    expect(chooseScale({ iqThresholds: 'linked' }, true).thresholds).toBe('linked')
  })
})
