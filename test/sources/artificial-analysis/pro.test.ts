import { describe, expect, it } from 'vitest'
import { aaPages, aaProRow, type Facts } from '../../support/rows.ts'
import { factsOf, readRow, splitOf } from '../../support/sources/read-pages.ts'

describe('read() of the Pro tier of Artificial Analysis', () => {
  const proFacts = (facts: Facts) => factsOf(aaProRow(facts), 'pro')

  it('adds the context window, modalities, weights and capabilities', () => {
    expect(proFacts({ reasoning_model: true })).toMatchObject({
      capabilities: { text: true, vision: false, audio: false, reasoning: true },
      metrics: { contextWindow: 128_000 },
      modalities: { input: ['text'], output: ['text'] },
      openWeights: false,
    })
  })

  it('reads reasoning from its flag, not from the name', () => {
    expect(proFacts({ name: 'Acme (Reasoning)', reasoning_model: false }).capabilities?.reasoning).toBe(false)
    expect(proFacts({ name: 'Acme (Non-reasoning)', reasoning_model: true }).capabilities?.reasoning).toBe(true)
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
  ])('reads the capabilities of the modalities %j as %j', (modalities, capabilities) => {
    expect(proFacts({ modalities }).capabilities).toMatchObject(capabilities)
  })

  it('lists modalities in the order of the registry, speech as audio', () => {
    const modalities = { input: { speech: true, video: true, image: true }, output: { speech: true } }
    expect(proFacts({ modalities }).modalities).toEqual({
      input: ['text', 'image', 'audio', 'video'],
      output: ['text', 'audio'],
    })
  })

  it.each([
    ['vision', { input: { image: null } }],
    ['text', { output: { text: null } }],
    ['audio', { input: { speech: null } }],
    ['audio', { input: { speech: null }, output: { speech: null } }],
  ])('does not state %s if the modalities are %j', (capability, modalities) => {
    expect(proFacts({ modalities }).capabilities).not.toHaveProperty(capability)
  })

  it('leaves out null values', () => {
    const silent = proFacts({ modalities: null, reasoning_model: null, context_window_tokens: null, licensing: null })
    expect(silent).not.toHaveProperty('capabilities')
    expect(silent).not.toHaveProperty('modalities')
    expect(silent).not.toHaveProperty('openWeights')
    expect(silent.metrics).not.toHaveProperty('contextWindow')
    expect(proFacts({ modalities: { input: null, output: null } }).capabilities).toStrictEqual({ reasoning: false })
  })

  it('reads a context window of 0 as unknown', () => {
    expect(proFacts({ context_window_tokens: 0 }).metrics).not.toHaveProperty('contextWindow')
  })

  it.each<[string, Facts]>([
    ['context_window_tokens', { context_window_tokens: 1.5 }],
    ['context_window_tokens', { context_window_tokens: -1 }],
    ['context_window_tokens', { context_window_tokens: '128k' }],
    ['reasoning_model', { reasoning_model: 'yes' }],
    ['modalities', { modalities: ['text'] }],
    ['modalities.input.image', { modalities: { input: { image: 1 } } }],
    ['licensing', { licensing: { is_open_weights: 'yes' } }],
    ['pricing.price_1m_blended_3_to_1', { pricing: { price_1m_blended_3_to_1: -1 } }],
  ])('counts %s if it cannot be read: %j', (field, wrong) => {
    const { unread } = readRow(aaProRow(wrong), 'pro')
    expect(unread).toEqual([{ field, count: 1, example: expect.stringMatching(/^acme\/acme-one: ./) }])
  })

  it('names its tier', () => {
    expect(splitOf(aaPages([aaProRow()], { tier: 'commercial' })).tier).toBe('commercial')
  })
})
