import { describe, expect, it } from 'vitest'
import { createProviderFilter, providersNamedIn } from '../../../src/core/settings/provider-filter.ts'

describe('createProviderFilter()', () => {
  it.each([
    [undefined, ['acme', 'globex', 'initech']],
    ['', ['acme', 'globex', 'initech']],
    ['all', ['acme', 'globex', 'initech']],
    [' , ', ['acme', 'globex', 'initech']],
    ['acme, initech', ['acme', 'initech']],
    ['-acme', ['globex', 'initech']],
    ['all,-acme', ['globex', 'initech']],
    ['acme,globex,-globex', ['acme']],
  ])('with %j keeps only %j', (setting, kept) => {
    expect(['acme', 'globex', 'initech'].filter(createProviderFilter(setting))).toEqual(kept)
  })
})

describe('providersNamedIn()', () => {
  it('lists the providers that are kept and left out, each once', () => {
    expect(providersNamedIn(' acme,all,- globex,-acme,')).toEqual(['acme', 'globex'])
    expect(providersNamedIn('')).toEqual([])
  })
})
