import { describe, expect, it } from 'vitest'
import { readSampleDays } from '../../../scripts/sample/sample-days.ts'
import { lastPullsOf, readSample } from '../../../scripts/sample/sample-pulls.ts'
import { makeAlone } from '../../../scripts/shared/sources-alone.ts'
import { applyDelta, type ListedRows, toShare } from '../../../src/sources/models-dev/delta.ts'
import { readShare } from '../../../src/sources/models-dev/read-body.ts'

const days = readSampleDays()
const sample = readSample(days)

function builtLast() {
  const made = makeAlone(lastPullsOf(sample))
  if (!made.ok) throw new Error(made.failure.detail)
  return made.value
}

describe('readSample()', () => {
  it('replays the past as deltas that name every row of each day', () => {
    const listed = new Map<string, ListedRows>()
    for (const [index, { at, delta }] of sample.days.entries()) {
      const changed = applyDelta(delta, (provider) => listed.get(provider))
      if (typeof changed === 'string') throw new Error(changed)
      for (const [provider, rows] of changed) if (rows) listed.set(provider, rows)
      const keys = [...listed].flatMap(([provider, { rows }]) => [...rows.keys()].map((id) => `${provider}/${id}`))
      const day = days[index]
      expect(at.slice(0, 10)).toBe(day?.day)
      expect(keys.sort()).toEqual(day?.source === 'models.dev' && [...day.models.keys()].sort())
    }
  })

  it('is read by the sources without unreadable facts', () => {
    const last = sample.days.flatMap(({ delta }) => Object.keys(delta.providers.set))
    expect(new Set(last).size).toBeGreaterThan(20)
    const [body] = lastPullsOf(sample).find(({ source }) => source === 'models.dev')?.pages ?? []
    for (const [id, share] of Object.entries(Object(body))) {
      const { models, unread, rejected } = readShare({
        ...toShare({ facts: {}, rows: new Map() }),
        ...Object(share),
        id,
      })
      expect([unread, rejected], id).toEqual([[], []])
      expect(models.length, id).toBeGreaterThan(0)
    }
  })

  it('builds a catalogue with scores on the basis of Epoch, and credits both sources with their licences', () => {
    const { catalogue, attribution, iqBasis } = builtLast()
    const scored = catalogue.models.filter(({ metrics }) => metrics?.epochCapabilitiesIndex !== undefined)
    expect(scored.length).toBeGreaterThan(60)
    for (const { metrics } of scored) expect(Number.isInteger(metrics?.epochCapabilitiesIndex)).toBe(true)
    expect(iqBasis).toBe('epoch')
    expect(attribution.map(({ name, license }) => [name.slice(0, 10), license?.name]).sort()).toEqual([
      ['Epoch AI, ', 'CC BY 4.0'],
      ['models.dev', 'MIT'],
    ])
  })

  it('contains only Epoch scores that match a model of the sample', () => {
    const { catalogue } = builtLast()
    expect(catalogue.models.find(({ provider, value }) => provider === 'openai' && value === 'gpt-5')).toMatchObject({
      firstParty: true,
      iq: 4,
      metrics: { epochCapabilitiesIndex: 150 },
    })
    // A host has the score of the family, but not its index.
    const hosted = catalogue.models.find(
      ({ provider, family }) => provider === 'openrouter' && family === 'openai/gpt-5-nano',
    )
    expect(hosted?.iq).toBeDefined()
    expect(hosted?.metrics).not.toHaveProperty('epochCapabilitiesIndex')
  })
})
