import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headText } from '../../../src/core/manifest/manifest-head.ts'
import { layOutManifest } from '../../../src/core/manifest/manifest-layout.ts'
import { versionOf } from '../../../src/core/manifest/version.ts'

const HEAD = { ...versionOf('0'.repeat(64)), generatedAt: '2026-01-01T00:00:00.000Z', attribution: [] }

const anyName = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
const anyManifest = fc
  .uniqueArray(fc.tuple(anyName, fc.array(anyName, { maxLength: 3 })), { selector: ([value]) => value, maxLength: 4 })
  .map((providers) =>
    layOutManifest(
      HEAD,
      providers.map(([value, models]) => ({
        value,
        provider: JSON.stringify({ value }),
        models: models.map((model) => ({ value: model, body: JSON.stringify({ value: model }) })),
      })),
    ),
  )

describe('headText()', () => {
  it('returns what precedes the content of a manifest', () => {
    fc.assert(
      fc.property(anyManifest, ({ bytes, ranges }) => {
        expect(JSON.parse(headText(bytes, ranges) ?? '')).toEqual(HEAD)
      }),
    )
  })

  it('returns nothing if a byte between or after the parts is changed, missing or added', () => {
    fc.assert(
      fc.property(anyManifest, fc.nat(), ({ bytes, ranges }, seed) => {
        const inParts = Object.values(ranges).flatMap(({ provider, models }) => [provider, models])
        const start = JSON.stringify(HEAD).length - 1
        const outside = Array.from(bytes.keys()).filter(
          (at) => at >= start && !inParts.some(([first, after]) => at >= first && at < after),
        )
        const changed = bytes.slice()
        changed[outside[seed % outside.length] ?? start] = 0x78
        expect(headText(changed, ranges)).toBeUndefined()
        expect(headText(bytes.subarray(0, -1), ranges)).toBeUndefined()
        expect(headText(new Uint8Array([...bytes, 0x20]), ranges)).toBeUndefined()
      }),
    )
  })
})
