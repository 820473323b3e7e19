import { describe, expect, it } from 'vitest'
import { createProviderFilter } from '../../../src/core/settings/provider-filter.ts'

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
  ])('keeps of %j only %j', (setting, kept) => {
    expect(['acme', 'globex', 'initech'].filter(createProviderFilter(setting))).toEqual(kept)
  })
})
