import { describe, expect, it } from 'vitest'
import { applyOverrides, type Override } from '../../../src/client/index.ts'
import { connect, startFake } from '../../support/client/fixture.ts'
import { model, provider } from '../../support/rows.ts'

const BASE = model({
  id: 'source-id',
  pricing: { input: 1, output: 5, blended: 2 },
  metrics: { intelligenceIndex: 50, intelligenceIndexVersion: 3, outputTokensPerSecond: 120 },
  iq: 3,
  speed: 3,
})
const CATALOGUE = { providers: [provider()], models: [BASE] }

describe('applyOverrides()', () => {
  it('adds a provider of the app with its own models and models that inherit, in any order', () => {
    const overrides: Override[] = [
      { provider: 'mine', value: 'copy', inheritFrom: BASE, set: { pricing: { input: 3 } } },
      { provider: 'mine', value: 'own', set: { name: 'Own (preview)', status: 'preview' } },
      { provider: 'mine', set: { name: 'Mine' } },
    ]
    const applied = applyOverrides(CATALOGUE, overrides)
    expect(applied).toEqual(applyOverrides(CATALOGUE, overrides.toReversed()))
    expect(applied.providers).toEqual([provider(), provider({ value: 'mine', name: 'Mine' })])
    expect(applied.models).toEqual([
      BASE,
      {
        ...BASE,
        id: 'custom:mine:copy',
        provider: 'mine',
        value: 'copy',
        pricing: { input: 3, output: 5, blended: 3.5 },
      },
      {
        id: 'custom:mine:own',
        provider: 'mine',
        value: 'own',
        name: 'Own (preview)',
        alias: 'Own',
        family: 'mine/own',
        type: 'chat',
        status: 'preview',
      },
    ])
  })

  it('derives again the facts that depend on a fact that was set', () => {
    const { models } = applyOverrides(CATALOGUE, [
      { ...BASE, set: { metrics: { intelligenceIndex: 66, outputTokensPerSecond: 10 } }, unset: ['pricing.output'] },
    ])
    expect(models[0]).toMatchObject({ iq: 5, speed: 0, pricing: { input: 1 } })
    expect(models[0]?.pricing).toEqual({ input: 1 })
  })

  it('derives iq on the basis of the manifest, or of an earlier result', () => {
    const index = { set: { metrics: { epochCapabilitiesIndex: 145 } } }
    const once = applyOverrides({ ...CATALOGUE, iqBasis: 'epoch' }, [])
    expect(applyOverrides(once, [{ ...BASE, ...index }]).models[0]).toMatchObject({ iq: 3 })
    expect(applyOverrides(CATALOGUE, [{ ...BASE, ...index }]).models[0]?.iq).toBe(BASE.iq)
  })

  it('leaves out hidden models, and models without their provider or base', () => {
    const { providers, models } = applyOverrides(CATALOGUE, [
      { ...BASE, hidden: true },
      { provider: 'nowhere', value: 'x', set: { name: 'X' } },
      { provider: 'acme', value: 'y', inheritFrom: { provider: 'acme', value: 'gone' } },
    ])
    expect({ providers, models }).toEqual({ providers: [provider()], models: [] })
  })

  it('accepts a manifest or an earlier result, and changes neither', async () => {
    const registry = connect(await startFake(CATALOGUE))
    const { data } = await registry.getManifest()
    if (!data) throw new Error('There is no manifest')
    const once = applyOverrides(data, [{ ...BASE, set: { name: 'Once' } }])
    const twice = applyOverrides(once, [{ ...BASE, unset: ['pricing'] }])
    expect(data.models).toEqual([BASE])
    expect(once.models[0]).toMatchObject({ name: 'Once', pricing: BASE.pricing })
    expect(twice.models[0]).toMatchObject({ name: 'Once', id: 'source-id' })
    expect(twice.models[0]).not.toHaveProperty('pricing')
    expect(Object.keys(twice)).toEqual(['iqBasis', 'providers', 'models'])
  })
})
