import { describe, expect, it } from 'vitest'
import { aaPages, aaProRow, type Facts } from '../../support/rows.ts'
import { modelOf, pullOf } from '../../support/sources/read-pages.ts'

describe('readPull() of the Pro tier', () => {
  const proModel = (facts: Facts) => modelOf(aaProRow(facts), 'pro')

  it('adds the context window and what the model takes and gives', () => {
    expect(proModel({ reasoning_model: true })).toMatchObject({
      capabilities: { text: true, vision: false, audio: false, reasoning: true },
      metrics: { contextWindow: 128_000 },
    })
  })

  it('goes by its flag, not by the name', () => {
    expect(proModel({ name: 'Acme (Reasoning)', reasoning_model: false }).capabilities?.reasoning).toBe(false)
    expect(proModel({ name: 'Acme (Non-reasoning)', reasoning_model: true }).capabilities?.reasoning).toBe(true)
  })

  it.each([
    [{ input: { image: true } }, { vision: true }],
    [{ output: { image: true } }, { vision: false }],
    [{ output: { text: false } }, { text: false }],
    [{ input: { text: false } }, { text: true }],
    [{ input: { speech: true } }, { audio: true }],
    [{ output: { speech: true } }, { audio: true }],
    [{ input: { speech: true }, output: { speech: null } }, { audio: true }],
    [{ input: { video: true } }, { vision: false, audio: false }],
  ])('reads the modalities %j as %j', (modalities, capabilities) => {
    expect(proModel({ modalities }).capabilities).toMatchObject(capabilities)
  })

  it.each([
    ['vision', { input: { image: null } }],
    ['text', { output: { text: null } }],
    ['audio', { input: { speech: null } }],
    ['audio', { input: { speech: null }, output: { speech: null } }],
  ])('does not say %s where the modalities are %j', (capability, modalities) => {
    expect(proModel({ modalities }).capabilities).not.toHaveProperty(capability)
  })

  it('leaves out what is null', () => {
    const silent = proModel({ modalities: null, reasoning_model: null, context_window_tokens: null })
    expect(silent).not.toHaveProperty('capabilities')
    expect(silent.metrics).not.toHaveProperty('contextWindow')
    expect(proModel({ modalities: { input: null, output: null } }).capabilities).toStrictEqual({ reasoning: false })
  })

  it("takes the source's blend only where a price is missing", () => {
    const blends = { price_1m_blended_3_to_1: 9 }
    expect(proModel({ pricing: blends }).pricing).toStrictEqual({ input: 1, output: 5, blended: 2 })
    const unpriced = { ...blends, price_1m_input_tokens: null, price_1m_output_tokens: null }
    expect(proModel({ pricing: unpriced }).pricing).toStrictEqual({ blended: 9 })
  })

  it('names its tier', () => {
    expect(pullOf(aaPages([aaProRow()], { tier: 'commercial' })).tier).toBe('commercial')
  })
})
