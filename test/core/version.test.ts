import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildCatalogue } from '../../src/core/build/build-catalogue.ts'
import type { Statement } from '../../src/core/build/statement.ts'
import { Manifest } from '../../src/core/schema/history.ts'
import type { Catalogue } from '../../src/core/schema/model.ts'
import { bodiesOf, chainOf, contentOfManifest, contentText, manifestText, versionOf } from '../../src/core/version.ts'
import { anyCatalogue, anyStatements, inTwoOrders } from '../support/core/arbitraries.ts'
import { independentCanonical, sha256 } from '../support/core/independent-canonical.ts'
import { model, provider, sourcePull } from '../support/rows.ts'

const ATTRIBUTION = [{ name: 'Example', url: 'https://example.com/' }]
const EMPTY_DIGEST = '0df80fdf325995bc7d0e9001c70a67f95cb6fc8a1aab8b0a6ce53779dd775a6e'

const contentOf = (catalogue: Catalogue): string => contentText(bodiesOf(catalogue))
const versionIdOf = (catalogue: Catalogue) => versionOf(sha256(contentOf(catalogue)))

describe('versionOf()', () => {
  it('is the first 12 digits of the digest, the etag the first 32 in double quotes', () => {
    expect(versionOf(EMPTY_DIGEST)).toEqual({ version: 'v1.0df80fdf3259', etag: '"0df80fdf325995bc7d0e9001c70a67f9"' })
  })

  it('is known for the empty catalogue', () => {
    expect(sha256(contentOf({ providers: [], models: [] }))).toBe(EMPTY_DIGEST)
  })

  // The digest is of this text by sha256sum: {"models":[{"alias":"acme-one","family":"acme-one","id":"id-1",
  // "metrics":{"intelligenceIndex":30.5},"name":"acme-one (high)","provider":"acme","status":"active","value":"acme-one"}],
  // "providers":[{"name":"Acmé","status":"active","value":"acme"}]}, without the line breaks.
  it('is known for a catalogue of one model', () => {
    const one = model({ id: 'id-1', name: 'acme-one (high)', alias: 'acme-one', metrics: { intelligenceIndex: 30.5 } })
    expect(versionIdOf({ providers: [provider({ name: 'Acmé' })], models: [one] })).toEqual({
      version: 'v1.3148b3f17a0b',
      etag: '"3148b3f17a0b69c043acb36b82da3c93"',
    })
  })

  it('is that of the canonical models and providers, by a second implementation', () => {
    fc.assert(
      fc.property(anyCatalogue, ({ models, providers }) => {
        const digest = sha256(independentCanonical({ providers, models }))
        expect(versionIdOf({ models, providers })).toEqual({
          version: `v1.${digest.substring(0, 12)}`,
          etag: `"${digest.substring(0, 32)}"`,
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

  it('never changes with the order of rows', () => {
    fc.assert(
      fc.property(inTwoOrders(anyStatements), ([rows, shuffled]) => {
        expect(versionIdOf(build(shuffled))).toEqual(versionIdOf(build(rows)))
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

describe('manifestText()', () => {
  const manifestOf = (catalogue: Catalogue, attribution = ATTRIBUTION) =>
    manifestText(
      { ...versionIdOf(catalogue), generatedAt: '2026-10-01T02:00:00.000Z' },
      attribution,
      contentOf(catalogue),
    )

  it('holds the version, the time, the attribution and the catalogue', () => {
    const catalogue = { providers: [provider()], models: [model()] }
    const manifest: unknown = JSON.parse(manifestOf(catalogue))
    expect(manifest).toStrictEqual({
      ...versionIdOf(catalogue),
      generatedAt: '2026-10-01T02:00:00.000Z',
      attribution: ATTRIBUTION,
      ...catalogue,
    })
    expect(Manifest.parse(manifest)).toStrictEqual(manifest)
  })

  it('has an etag that a reader can recompute from its JSON', () => {
    fc.assert(
      fc.property(anyCatalogue, (catalogue) => {
        const { etag, models, providers } = JSON.parse(manifestOf(catalogue))
        expect(`"${sha256(independentCanonical({ models, providers })).slice(0, 32)}"`).toBe(etag)
      }),
    )
  })

  it('gives its content back through contentOfManifest()', () => {
    fc.assert(
      fc.property(anyCatalogue, (catalogue) => {
        expect(contentOfManifest(manifestOf(catalogue))).toBe(contentOf(catalogue))
      }),
    )
  })

  it('gives its content back when the attribution looks like content', () => {
    const catalogue = { providers: [provider({ name: ',"models":[' })], models: [model({ name: ',"models":[' })] }
    const attribution = [{ name: '],"models":[{"id":1}', url: 'https://example.com/?a=,"models":[' }]
    expect(contentOfManifest(manifestOf(catalogue, attribution))).toBe(contentOf(catalogue))
  })
})

describe('contentOfManifest()', () => {
  it.each(['', '{}', 'null', '{"version":"v1.0df80fdf3259"}', '<html>'])('finds no content in %j', (text) => {
    expect(contentOfManifest(text)).toBeUndefined()
  })
})

describe('chainOf()', () => {
  const etag = '"0df80fdf325995bc7d0e9001c70a67f9"'
  const first = { etag, seq: 1, committedAt: '2026-10-01T02:00:00.000Z' }

  // Both constants are by sha256sum, from the contract's words.
  it('starts from nothing', () => {
    expect(chainOf('', first, sha256)).toBe('86105e0bd3c3fdfea18920d29d1c5e03eaea7e483e96dbacf0f5d65b4b0ae8d5')
  })

  it('links a row to the chain before it', () => {
    const second = { etag: `"${'0'.repeat(32)}"`, seq: 2, committedAt: '2026-10-02T02:00:00.000Z' }
    const chain = 'a8d38b55b42c72761dd757b03efe6ba1733d8947cd5b5ac152f7f406595cb910'
    expect(chainOf(chainOf('', first, sha256), second, sha256)).toBe(chain)
  })

  it('changes with every part of the row', () => {
    const rows = [first, { ...first, seq: 2 }, { ...first, etag: '"0"' }, { ...first, committedAt: '2026-10-01' }]
    const chains = [...rows.map((row) => chainOf('', row, sha256)), chainOf('0', first, sha256)]
    expect(new Set(chains).size).toBe(5)
  })
})

function build(rows: Statement[]): Catalogue {
  const result = buildCatalogue({ pull: sourcePull(rows), iqThresholds: 'linked', names: {}, reserved: ['reserved'] })
  if (!result.ok) throw new Error(result.failure.detail)
  return result.value.catalogue
}

function reverseKeys<T extends object>(value: T): T {
  const reversed = Object.entries(value)
    .reverse()
    .map(([key, member]) => [key, typeof member === 'object' && member !== null ? reverseKeys(member) : member])
  return Object.fromEntries(reversed)
}
