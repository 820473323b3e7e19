import { describe, expect, it } from 'vitest'
import { creditsOf } from '../../src/sources/credits.ts'
import type { SourceReading } from '../../src/sources/source.ts'
import { SOURCES, sourceNamed } from '../../src/sources/sources.ts'

const reading = (facts: Partial<SourceReading> = {}): SourceReading => ({
  ...{ providers: [], models: [], unread: [], rejected: [] },
  ...facts,
})
const STAND_IN = { name: 'Sample', url: 'https://sample.example/' }
const MODELS_DEV = sourceNamed('models.dev')

describe('creditsOf()', () => {
  it('credits every source in use', () => {
    const used = SOURCES.map((source) => ({ source, readings: [reading(), reading()] }))
    expect(creditsOf(used)).toEqual(SOURCES.map(({ attribution }) => attribution))
    expect(creditsOf([])).toEqual([])
  })

  it('credits whom a reading names instead of its source, each once', () => {
    const standIn = reading({ attribution: [STAND_IN, MODELS_DEV.attribution] })
    const used = [
      { source: sourceNamed('artificial-analysis'), readings: [standIn] },
      { source: MODELS_DEV, readings: [reading()] },
    ]
    expect(creditsOf(used)).toEqual([STAND_IN, MODELS_DEV.attribution])
  })

  it('names the licence, and what was changed if the licence requires it', () => {
    for (const name of ['epoch', 'arena'] as const)
      expect(sourceNamed(name).attribution).toMatchObject({
        license: { name: 'CC BY 4.0' },
        note: expect.stringMatching(/rounded/),
      })
  })
})
