import { describe, expect, it } from 'vitest'
import { creditsOf } from '../../src/sources/credits.ts'
import type { SourceReading } from '../../src/sources/source.ts'
import { SOURCES, sourceNamed } from '../../src/sources/sources.ts'

const reading = (facts: Partial<SourceReading> = {}): SourceReading => ({
  ...{ providers: [], models: [], unread: [], rejected: [] },
  ...facts,
})
const STAND_IN = { name: 'Sample', url: 'https://sample.example/' }
const MODELS_DEV = sourceNamed('models.dev').attribution

describe('creditsOf()', () => {
  it('credits every source in use', () => {
    expect(creditsOf(SOURCES, [reading()])).toEqual(SOURCES.map(({ attribution }) => attribution))
    expect(creditsOf([], [])).toEqual([])
  })

  it('credits whom a stand-in names in the place of Artificial Analysis, each once', () => {
    const readings = [reading({ attribution: [STAND_IN, MODELS_DEV] }), reading()]
    expect(creditsOf(SOURCES, readings)).toEqual([STAND_IN, MODELS_DEV])
  })
})
