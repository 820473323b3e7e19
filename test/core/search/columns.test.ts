import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalize } from '../../../src/core/json/canonical.ts'
import { bodyOfPart } from '../../../src/core/manifest/catalogue-parts.ts'
import { layOutManifest, type ManifestLayout } from '../../../src/core/manifest/manifest-layout.ts'
import { compareModels } from '../../../src/core/model-order.ts'
import type { Model } from '../../../src/core/schema/model.ts'
import { findCandidateRows } from '../../../src/core/search/columns/find-candidate-rows.ts'
import { columnsOf, type ModelColumns } from '../../../src/core/search/columns/model-columns.ts'
import { packColumns, unpackColumns } from '../../../src/core/search/columns/packed-columns.ts'
import { modelsIn, placedModels } from '../../../src/core/search/columns/placed-models.ts'
import { searchPage, searchRows } from '../../../src/core/search/columns/search-rows.ts'
import { type ModelFilter, meantBy, searchModels } from '../../../src/core/search/search.ts'
import { CAPABILITIES, MODEL_TYPES, SORT_KEYS, STATUSES } from '../../../src/core/vocabulary.ts'

const PROVIDERS = ['anthropic', 'openai', 'z.ai']
const WORDS = ['gpt-5', 'GPT_5.5', 'opus "4"', 'Mini, {fast}', 'ünïcode\\', 'gpt-5-2026-01-02', 'gpt-5-latest', 'a']
const word = fc.constantFrom(...WORDS)
const score = fc.integer({ min: 0, max: 5 })
const price = fc.constantFrom(0, 0.5, 1, 15)
const optional = { requiredKeys: [] }

const anyModel = fc
  .record(
    {
      id: word,
      value: word,
      provider: fc.constantFrom(...PROVIDERS),
      name: word,
      alias: word,
      family: word,
      type: fc.constantFrom(...MODEL_TYPES),
      status: fc.constantFrom(...STATUSES),
      lab: word,
      effort: fc.constantFrom('none', 'high'),
      firstParty: fc.constant(true as const),
      sdk: fc.record({ model: word }),
      capabilities: fc.record(Object.fromEntries(CAPABILITIES.map((name) => [name, fc.boolean()])), optional),
      iq: score,
      speed: score,
      openWeights: fc.boolean(),
      pricing: fc.record({ input: price, output: price, blended: price }, optional),
      metrics: fc.record(
        // JSON has no negative zero.
        {
          intelligenceIndex: fc.double({ noNaN: true, min: -5, max: 70 }).map((index) => index + 0),
          contextWindow: fc.nat(),
        },
        optional,
      ),
      releaseDate: fc.constantFrom('2025-03', '2025-03-02', '2026-01-01'),
    },
    { requiredKeys: ['id', 'value', 'provider', 'name', 'alias', 'family', 'type', 'status'] },
  )
  .map((model): Model => model as Model)

const anyCatalogue = fc
  .uniqueArray(anyModel, { selector: ({ provider, value }) => `${provider} ${value}`, maxLength: 30 })
  .map((models) => models.sort(compareModels))

const anyFilter = fc.record(
  {
    q: fc.constantFrom('gpt', 'GPT 5', 'mini {fast}', 'ünï', 'nothing'),
    name: fc.constantFrom('gpt', '"4"', '\\'),
    provider: fc.uniqueArray(fc.constantFrom(...PROVIDERS, 'none')),
    lab: fc.uniqueArray(word),
    family: fc.uniqueArray(word),
    type: fc.uniqueArray(fc.constantFrom(...MODEL_TYPES)),
    status: fc.uniqueArray(fc.constantFrom(...STATUSES)),
    capability: fc.uniqueArray(fc.constantFrom(...CAPABILITIES), { maxLength: 2 }),
    minIq: score,
    minSpeed: score,
    minContextWindow: fc.nat(),
    maxInputPrice: price,
    maxOutputPrice: price,
    releaseDateFrom: fc.constantFrom('2025-03-01', '2025-03-02'),
    releaseDateTo: fc.constantFrom('2025-03-01', '2025-12-31'),
    openWeights: fc.boolean(),
    firstParty: fc.boolean(),
    sort: fc.constantFrom(...SORT_KEYS, ...SORT_KEYS.map((key) => `-${key}` as const)),
  },
  optional,
)

/** Lays out a manifest of some models, and builds its columns. */
function laidOut(models: readonly Model[]): { bytes: Uint8Array; columns: ModelColumns } {
  const { bytes, ranges } = layOut(models)
  return { bytes, columns: columnsOf(placedModels(bytes, ranges)) }
}

function layOut(models: readonly Model[]): ManifestLayout {
  const parts = PROVIDERS.map((value) =>
    bodyOfPart(
      { value, name: value, status: 'active' },
      models.filter(({ provider }) => provider === value),
    ),
  )
  const head = { version: 'v1.000000000000', etag: '"0"', generatedAt: '2026-01-01T00:00:00.000Z', attribution: [] }
  return layOutManifest(head, parts)
}

function modelsAt({ bytes, columns }: ReturnType<typeof laidOut>, rows: Uint32Array): Model[] {
  return Array.from(rows, (row) => JSON.parse(new TextDecoder().decode(bytes.subarray(...columns.range(row)))))
}

describe('searchRows()', () => {
  it('finds the same models as a search over models, in the same order', () => {
    fc.assert(
      fc.property(anyCatalogue, anyFilter, (models, filter: ModelFilter) => {
        const made = laidOut(models)
        expect(modelsAt(made, searchRows(made.columns, filter))).toEqual(searchModels(models, filter).models)
      }),
    )
  })

  it('finds the pages that a search finds, and how many there are before paging', () => {
    const paging = fc.record({ limit: fc.integer({ min: 1, max: 8 }), offset: fc.nat({ max: 12 }) }, optional)
    fc.assert(
      fc.property(anyCatalogue, anyFilter, paging, (models, filter, page) => {
        const made = laidOut(models)
        const found = searchPage(made.columns, { ...filter, ...page })
        const wanted = searchModels(models, { ...filter, ...page })
        expect({ models: modelsAt(made, found.page), total: found.total }).toEqual(wanted)
      }),
    )
  })

  it('finds the same in columns that were packed and unpacked', () => {
    fc.assert(
      fc.property(anyCatalogue, anyFilter, (models, filter: ModelFilter) => {
        const { columns } = laidOut(models)
        const unpacked = unpackColumns(packColumns(columns, 'x'), 'x')
        expect(unpacked && searchRows(unpacked, filter)).toEqual(searchRows(columns, filter))
      }),
    )
  })
})

describe('findCandidateRows()', () => {
  it('contains every model that an id can mean', () => {
    fc.assert(
      fc.property(anyCatalogue, word, (models, id) => {
        const made = laidOut(models)
        const among = modelsAt(made, findCandidateRows(made.columns, id))
        expect(meantBy(among, id)).toEqual(meantBy(models, id))
      }),
    )
  })
})

describe('unpackColumns()', () => {
  const packed = packColumns(laidOut([]).columns, 'x')

  it('refuses bytes that are truncated, too long, of another manifest, or empty', () => {
    expect(unpackColumns(packed.subarray(0, -1), 'x')).toBeUndefined()
    expect(unpackColumns(new Uint8Array([...packed, 0]), 'x')).toBeUndefined()
    expect(unpackColumns(packed, 'y')).toBeUndefined()
    expect(unpackColumns(new TextEncoder().encode('{"format":0}\n'), 'x')).toBeUndefined()
    expect(unpackColumns(new Uint8Array(), 'x')).toBeUndefined()
  })

  it('reads bytes that start anywhere in their buffer', () => {
    const moved = new Uint8Array([1, 2, 3, ...packed]).subarray(3)
    expect(unpackColumns(moved, 'x')?.count).toBe(0)
  })
})

describe('placedModels()', () => {
  it('returns the byte range of each model in a manifest', () => {
    fc.assert(
      fc.property(anyCatalogue, (models) => {
        const { bytes, ranges } = layOut(models)
        for (const { model, range } of placedModels(bytes, ranges))
          expect(new TextDecoder().decode(bytes.subarray(...range))).toBe(canonicalize(model))
      }),
    )
  })

  it('refuses JSON that is not canonical', () => {
    const bytes = new TextEncoder().encode('{"value": "a"}')
    expect(() => modelsIn(bytes, [0, bytes.byteLength])).toThrow('not canonical')
  })
})
