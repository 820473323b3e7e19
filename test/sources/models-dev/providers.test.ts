import { describe, expect, it } from 'vitest'
import { AA_CREATORS } from '../../../src/sources/artificial-analysis/creators.ts'
import { MODELS_DEV_ALIASES } from '../../../src/sources/models-dev/aliases.ts'
import { MODELS_DEV_PROVIDERS } from '../../../src/sources/models-dev/providers.ts'

describe('the providers of models.dev', () => {
  it('are providers of the registry, each once', () => {
    const values = MODELS_DEV_PROVIDERS.map(({ provider }) => provider)
    expect(new Set(values).size).toBe(values.length)
    expect([...AA_CREATORS.values()]).toEqual(expect.arrayContaining(values))
  })

  it('ask their own APIs before hosts', () => {
    for (const { apis } of MODELS_DEV_PROVIDERS) {
      const firstHost = apis.findIndex(({ own }) => !own)
      expect(apis.slice(firstHost === -1 ? apis.length : firstHost).filter(({ own }) => own)).toEqual([])
    }
  })

  it('share no model: an API of several has a prefix for each', () => {
    const parts = MODELS_DEV_PROVIDERS.flatMap(({ apis }) => apis)
    for (const [index, part] of parts.entries())
      for (const other of parts.slice(index + 1).filter(({ id }) => id === part.id))
        expect(
          `${part.prefix ?? ''}`.startsWith(other.prefix ?? '') ||
            `${other.prefix ?? ''}`.startsWith(part.prefix ?? ''),
          part.id,
        ).toBe(false)
  })
})

describe('the aliases to models.dev', () => {
  it('are of its providers, and lead to rows of an API of the same provider', () => {
    for (const [from, to] of MODELS_DEV_ALIASES) {
      const { apis = [] } = MODELS_DEV_PROVIDERS.find(({ provider }) => from.startsWith(`${provider}/`)) ?? {}
      expect(
        apis.some(({ id, prefix = '' }) => to.startsWith(`models.dev:${id}/${prefix}`)),
        from,
      ).toBe(true)
    }
  })
})
