import { describe, expect, it } from 'vitest'
import { checkOverrides } from '../../../src/core/overrides/check-overrides.ts'
import type { ModelOverride, Override } from '../../../src/core/overrides/override.ts'
import type { Catalogue, ModelKey } from '../../../src/core/schema/model.ts'
import { NOTHING, sourcesOf } from '../../support/core/overridden.ts'
import { model } from '../../support/rows.ts'

const SOURCES = sourcesOf(model({ value: 'one' }), model({ value: 'two' }))
const ACME_ONE = { provider: 'acme', value: 'one' }

interface Known {
  sources?: Catalogue
  remembered?: Catalogue
  /** Overrides that are active in addition to those being put. */
  others?: Override[]
  /** The targets of overrides being deleted. */
  deleted?: { provider: string; value?: string }[]
}

function detailOf(puts: Override[], known: Known = {}): string | undefined {
  const { sources = SOURCES, remembered = NOTHING, others = [], deleted = [] } = known
  const refusal = checkOverrides({ puts, deleted }, { sources, remembered, active: [...others, ...puts] })
  if (refusal) expect(refusal.code).toBe('conflict')
  return refusal?.detail
}

const inherits = (value: string, inheritFrom: ModelKey): ModelOverride => ({ provider: 'acme', value, inheritFrom })
const from = (value: string): ModelKey => ({ provider: 'acme', value })

describe('an override is accepted', () => {
  it.each<[string, Override]>([
    ['of a model that exists', { ...ACME_ONE, set: { iq: 1 } }],
    ['of a provider that exists', { provider: 'acme', unset: ['website'] }],
    ['that creates a model by its name', { provider: 'acme', value: 'new', set: { name: 'New' } }],
    ['that creates a model by its base', inherits('new', ACME_ONE)],
    ['that creates a provider', { provider: 'azure', set: { name: 'Azure' } }],
  ])('%s', (_what, put) => {
    expect(detailOf([put])).toBeUndefined()
  })

  it('for a provider that is created before or with it', () => {
    const azure = { provider: 'azure', set: { name: 'Azure' } }
    const put = { provider: 'azure', value: 'new', set: { name: 'New' } }
    expect(detailOf([put], { others: [azure] })).toBeUndefined()
    expect(detailOf([put, azure])).toBeUndefined()
    expect(detailOf([azure, put])).toBeUndefined()
  })

  it('on a base that is created before or with it', () => {
    const base = { provider: 'acme', value: 'base', set: { name: 'Base' } }
    expect(detailOf([inherits('new', from('base'))], { others: [base] })).toBeUndefined()
    expect(detailOf([inherits('new', from('base')), base])).toBeUndefined()
  })

  it('on a base that is only remembered, so that an orphan can be corrected', () => {
    const lost = { sources: NOTHING, remembered: SOURCES }
    expect(detailOf([{ ...inherits('new', ACME_ONE), set: { iq: 1 } }], lost)).toBeUndefined()
  })
})

describe('an override is refused', () => {
  it('of a model that does not exist, with how to create it', () => {
    const detail = detailOf([{ provider: 'acme', value: 'new', set: { iq: 1 } }])
    expect(detail).toContain('acme/new')
    expect(detail).toMatch(/set\.name.*inheritFrom/)
  })

  it('of a model whose provider does not exist, with how to create that first', () => {
    for (const put of [{ set: { name: 'New' } }, { inheritFrom: ACME_ONE }, { set: { iq: 1 } }])
      expect(detailOf([{ provider: 'azure', value: 'new', ...put }])).toMatch(
        /no such provider "azure".*create it first/,
      )
  })

  it('of a provider that does not exist, with how to create it', () => {
    expect(detailOf([{ provider: 'azure', hidden: true }])).toMatch(/no such provider "azure".*set\.name/)
  })

  it('on a base that does not exist', () => {
    expect(detailOf([inherits('new', from('gone'))])).toContain('"acme/gone"')
    const patch = { provider: 'acme', value: 'gone', set: { iq: 1 } }
    expect(detailOf([inherits('new', from('gone'))], { others: [patch] })).toContain('"acme/gone"')
  })

  it('if it closes a cycle, which is named', () => {
    expect(detailOf([inherits('one', from('one'))])).toContain('acme/one -> acme/one')
    const others = [inherits('one', from('new'))]
    expect(detailOf([inherits('new', from('one'))], { others })).toMatch(
      /acme\/new -> acme\/one -> acme\/new|acme\/one -> acme\/new -> acme\/one/,
    )
    const three = [inherits('a', from('b')), inherits('b', from('c')), inherits('c', from('a'))]
    expect(detailOf(three)).toContain('acme/a -> acme/b -> acme/c -> acme/a')
  })
})

describe('models that inherit from each other', () => {
  const chain = (length: number): ModelOverride[] =>
    Array.from({ length }, (_, index) => inherits(`m${index + 1}`, index === 0 ? ACME_ONE : from(`m${index}`)))

  it('are accepted up to 50 in a row', () => {
    expect(detailOf(chain(50))).toBeUndefined()
    expect(detailOf(chain(51))).toContain('"acme/m51" would inherit through more than 50 models')
  })

  it('are refused if one in the middle joins too many', () => {
    const joined = chain(60).filter(({ value }) => value !== 'm30')
    const made: ModelOverride = { provider: 'acme', value: 'm30', set: { name: 'Thirty' } }
    expect(detailOf([made], { others: joined })).toBeUndefined()
    expect(detailOf([inherits('m30', from('m29'))], { others: joined })).toContain('more than 50')
  })

  it('are refused even if thousands exist already', () => {
    expect(detailOf([inherits('new', from('m20000'))], { others: chain(20_000) })).toContain('more than 50')
  })
})

describe('a limit above the context window', () => {
  const sources = sourcesOf(model({ value: 'one', metrics: { contextWindow: 100 } }), model({ value: 'two' }))
  const limited = (value: string, metrics: object): ModelOverride => ({ provider: 'acme', value, set: { metrics } })

  it.each([
    ['maxOutput', { maxOutput: 101 }, 100],
    ['maxInput', { contextWindow: 50, maxInput: 60 }, 50],
  ])('is refused, and named with the window: %s', (limit, metrics: Record<string, number>, contextWindow) => {
    expect(detailOf([limited('one', metrics)], { sources })).toBe(
      `Cannot change the overrides: in "acme/one", "metrics.${limit}" ${metrics[limit]} is above "metrics.contextWindow" ${contextWindow}`,
    )
  })

  it('is accepted up to the window', () => {
    expect(detailOf([limited('one', { maxOutput: 100 })], { sources })).toBeUndefined()
  })

  it('is refused if a model inherits it', () => {
    const heir = { ...inherits('heir', ACME_ONE), set: { metrics: { maxOutput: 90 } } }
    expect(detailOf([limited('one', { contextWindow: 80 })], { sources, others: [heir] })).toContain('"acme/heir"')
    expect(detailOf([heir], { sources, others: [limited('one', { contextWindow: 90 })] })).toBeUndefined()
    const wide = { sources, others: [heir], deleted: [ACME_ONE] }
    expect(detailOf([], wide)).toBeUndefined()
  })

  it('does not block other changes if the sources caused it', () => {
    const others = [limited('one', { maxOutput: 500 })]
    expect(detailOf([limited('two', { maxOutput: 1 })], { sources, others })).toBeUndefined()
  })
})

describe('an override that others need', () => {
  const BASE = { provider: 'azure', value: 'base' }
  const MADE = { provider: 'azure', value: 'made' }
  const azure = { provider: 'azure', set: { name: 'Azure' } }
  const base = { ...BASE, set: { name: 'Base' } }
  const made = { ...MADE, inheritFrom: BASE }

  it('cannot be deleted before them, and the error names them', () => {
    expect(detailOf([], { others: [base], deleted: [{ provider: 'azure' }] })).toContain('"azure/base"')
    expect(detailOf([], { others: [azure, made], deleted: [BASE] })).toContain('"azure/made"')
  })

  it('can be deleted with them, or after them', () => {
    expect(detailOf([], { deleted: [{ provider: 'azure' }, BASE, MADE] })).toBeUndefined()
    expect(detailOf([], { others: [azure, base], deleted: [MADE] })).toBeUndefined()
  })

  it('can be deleted if the sources also have the target', () => {
    const others = [inherits('new', ACME_ONE), { provider: 'acme', value: 'two', set: { iq: 1 } }]
    expect(detailOf([], { others, deleted: [ACME_ONE, { provider: 'acme' }] })).toBeUndefined()
  })

  it('does not block unrelated changes', () => {
    expect(detailOf([], { others: [inherits('new', from('gone'))], deleted: [ACME_ONE] })).toBeUndefined()
  })

  it('cannot be replaced by one that no longer creates the target', () => {
    expect(detailOf([{ provider: 'azure', hidden: true }], { others: [base] })).toContain('"azure"')
    expect(detailOf([{ ...BASE, set: { iq: 1 } }], { others: [azure, made] })).toContain('"azure/base"')
  })
})
