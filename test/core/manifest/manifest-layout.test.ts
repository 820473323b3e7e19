import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOutManifest, sliceOfPart } from '../../../src/core/manifest/manifest-layout.ts'
import { type PartBody, partText, rootText, versionOf } from '../../../src/core/manifest/version.ts'
import { independentCanonical } from '../../support/core/naive/independent-canonical.ts'

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

const HEAD = { ...versionOf(sha256('x')), generatedAt: '2026-01-01T00:00:00.000Z', attribution: [] }

interface Content {
  provider: { value: string; name: string }
  models: { value: string; provider: string; name: string }[]
}

const anyValue = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
const anyCatalogue = fc
  .uniqueArray(fc.tuple(anyValue, fc.uniqueArray(anyValue, { maxLength: 4 }), anyValue), {
    selector: ([value]) => value,
    maxLength: 6,
  })
  .map((providers) =>
    providers.map(
      ([value, models, name]): Content => ({
        provider: { value, name },
        models: models.sort().map((model) => ({ value: model, provider: value, name: `${name} ${model}` })),
      }),
    ),
  )

function bodyOf({ provider, models }: Content): PartBody {
  return {
    value: provider.value,
    provider: independentCanonical(provider),
    models: models.map((model) => ({ value: model.value, body: independentCanonical(model) })),
  }
}

describe('layOutManifest()', () => {
  it('writes JSON of all providers and models, sorted, whatever the order of the parts', () => {
    fc.assert(
      fc.property(anyCatalogue, (contents) => {
        const { bytes } = layOutManifest(HEAD, contents.map(bodyOf).reverse())
        const manifest = JSON.parse(new TextDecoder().decode(bytes))
        const sorted = contents.toSorted((a, b) => (a.provider.value < b.provider.value ? -1 : 1))
        expect(manifest.providers).toEqual(sorted.map(({ provider }) => provider))
        expect(manifest.models).toEqual(sorted.flatMap(({ models }) => models))
        expect(manifest).toMatchObject(HEAD)
      }),
    )
  })

  it('returns where each part is: its slice hashes to its digest, by an independent implementation', () => {
    fc.assert(
      fc.property(anyCatalogue, (contents) => {
        const { bytes, ranges } = layOutManifest(HEAD, contents.map(bodyOf))
        for (const { provider, models } of contents) {
          const range = ranges[provider.value]
          if (!range) throw new Error(`No range of ${provider.value}`)
          expect(sha256(sliceOfPart(bytes, range))).toBe(sha256(independentCanonical({ models, provider })))
        }
      }),
    )
  })
})

describe('the root of a version', () => {
  it('is the hash of the digests of all parts, by an independent implementation', () => {
    fc.assert(
      fc.property(anyCatalogue, (contents) => {
        const digests = Object.fromEntries(
          contents.map((content) => [content.provider.value, sha256(partText(bodyOf(content)))]),
        )
        const independent = Object.fromEntries(
          contents.map(({ provider, models }) => [provider.value, sha256(independentCanonical({ models, provider }))]),
        )
        expect(rootText(digests)).toBe(independentCanonical(independent))
      }),
    )
  })
})
