import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyOfPart, partsOf, rootOf } from '../../../src/core/manifest/catalogue-parts.ts'
import { chainOf, partText, versionOf } from '../../../src/core/manifest/version.ts'
import type { Catalogue } from '../../../src/core/schema/model.ts'
import { anyCatalogue } from '../../support/core/any-history.ts'
import { independentCanonical, sha256 } from '../../support/core/naive/independent-canonical.ts'
import { model, provider } from '../../support/rows.ts'

const versionIdOf = (catalogue: Catalogue) => versionOf(rootOf(partsOf(catalogue), sha256))

describe('versionOf()', () => {
  it('is the first 12 digits of the root, the etag the first 32 in double quotes', () => {
    const root = '0df80fdf325995bc7d0e9001c70a67f95cb6fc8a1aab8b0a6ce53779dd775a6e'
    expect(versionOf(root)).toEqual({ version: 'v1.0df80fdf3259', etag: '"0df80fdf325995bc7d0e9001c70a67f9"' })
  })

  // Computed by sha256sum from "{}".
  it('is the known value for the empty catalogue', () => {
    expect(versionIdOf({ providers: [], models: [] }).version).toBe('v1.44136fa355b3')
  })

  it('agrees with an independent implementation, from the digests of canonical parts', () => {
    fc.assert(
      fc.property(anyCatalogue, (catalogue) => {
        const digests = catalogue.providers.map((provider) => {
          const models = catalogue.models.filter((model) => model.provider === provider.value)
          return [provider.value, sha256(independentCanonical({ provider, models }))]
        })
        const root = sha256(independentCanonical(Object.fromEntries(digests)))
        expect(versionIdOf(catalogue)).toEqual({
          version: `v1.${root.substring(0, 12)}`,
          etag: `"${root.substring(0, 32)}"`,
        })
      }),
    )
  })

  it('never changes with the order of keys', () => {
    fc.assert(
      fc.property(anyCatalogue, ({ models, providers }) => {
        const reversed = { providers: providers.map(reverseKeys), models: models.map(reverseKeys) }
        expect(versionIdOf(reversed)).toEqual(versionIdOf({ models, providers }))
      }),
    )
  })

  it('changes with any fact', () => {
    const before = versionIdOf({ providers: [provider()], models: [model()] })
    const changed = [
      { providers: [provider({ name: 'Acme Corp' })], models: [model()] },
      { providers: [provider()], models: [model({ releaseDate: '2026-01-01' })] },
      { providers: [provider()], models: [model({ id: 'another' })] },
      { providers: [provider()], models: [] },
    ]
    const versions = [before, ...changed.map(versionIdOf)].map(({ version }) => version)
    expect(new Set(versions).size).toBe(5)
  })
})

describe('partText()', () => {
  it('is the canonical JSON of the models and their provider', () => {
    const part = { provider: provider({ name: 'Acmé' }), models: [model({ value: 'a' }), model({ value: 'b', iq: 1 })] }
    expect(partText(bodyOfPart(part.provider, part.models))).toBe(independentCanonical(part))
  })
})

describe('chainOf()', () => {
  const root = '0'.repeat(64)
  const first = { root, seq: 1, committedAt: '2026-10-01T02:00:00.000Z' }
  const recorded = { ...first, recordedAt: '2026-10-02T02:00:00.000Z' }

  // Computed by sha256sum as the contract specifies.
  it.each([
    ['starts from nothing', first, '6a61d731e0c598d8bc81b50856c02f82e075eaa512d9d69b7bedc595c4bb3387'],
    [
      'ends with the time at which a commit was written if it differs',
      recorded,
      '0023d255ab190ec0e200b41e2d263536f0f0e1200c094c88724d3ac023e3f6ec',
    ],
  ])('%s', (_, commit, chain) => {
    expect(chainOf('', commit, sha256)).toBe(chain)
  })

  it('links a commit to the chain before it', () => {
    const second = { root: '1'.repeat(64), seq: 2, committedAt: '2026-10-02T02:00:00.000Z' }
    expect(chainOf(chainOf('', first, sha256), second, sha256)).toBe(
      '704a34c0a03e9cd4b8ffaec86bc2003cbc88f27ba3f041f3e1cbc1acccd3f335',
    )
  })

  it('changes with every part of the commit', () => {
    const others = [{ seq: 2 }, { root: '1' }, { committedAt: '2026-10-01' }, { recordedAt: '2026-10-01' }]
    const commits = [first, ...others.map((other) => ({ ...first, ...other }))]
    const chains = [...commits.map((commit) => chainOf('', commit, sha256)), chainOf('0', first, sha256)]
    expect(new Set(chains).size).toBe(6)
  })
})

function reverseKeys<T extends object>(value: T): T {
  const reversed = Object.entries(value)
    .reverse()
    .map(([key, member]) => [key, typeof member === 'object' && member !== null ? reverseKeys(member) : member])
  return Object.fromEntries(reversed)
}
