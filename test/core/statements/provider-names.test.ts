import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Creator,
  nameProviders,
  type ProviderNames,
  slugify,
} from '../../../src/core/statements/provider-names.ts'
import { inTwoOrders } from '../../support/core/two-orders.ts'

const ID = '1a2b3c4d-0000-4000-8000-000000000001'
const OTHER_ID = '5e6f7a8b-0000-4000-8000-000000000002'

const by = (id: string, name: string): Creator => ({ id, name })
const named = (creators: Creator[], names: ProviderNames = {}, reserved: string[] = []) =>
  nameProviders(creators, names, reserved)

const anyCreators = fc.array(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c'),
    name: fc.constantFrom('Acme', 'ACME!', 'Unknown', '株式会社', 'Reserved'),
  }),
)

describe('slugify()', () => {
  it.each([
    ['OpenBMB', 'openbmb'],
    ['Z AI', 'z-ai'],
    ['Trillion Labs  (KR)', 'trillion-labs-kr'],
    ['01.AI', '01-ai'],
    ['--Acme__Corp--', 'acme-corp'],
    ['Café', 'cafe'],
    ['Ⅷ Ｌａｂｓ', 'viii-labs'],
    ['ﬁnch', 'finch'],
    ['Ünïted', 'u-ni-ted'],
    ['株式会社', ''],
    ['...', ''],
  ])('converts %j to the slug %j', (name, slug) => {
    expect(slugify(name)).toBe(slug)
  })

  it('returns runs of lower-case letters and digits joined by "-", and does not change a slug', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(slugify(name)).toMatch(/^([a-z0-9]+(-[a-z0-9]+)*)?$/)
        expect(slugify(slugify(name))).toBe(slugify(name))
      }),
    )
  })
})

describe('nameProviders()', () => {
  it('names a creator by the slug of its name', () => {
    expect(named([by(ID, 'Acme Labs')])).toEqual({ [ID]: 'acme-labs' })
  })

  it('keeps the provider of a creator that is renamed', () => {
    expect(named([by(ID, 'Globex')], { [ID]: 'acme' })).toEqual({ [ID]: 'acme' })
  })

  it('remembers creators that are gone', () => {
    expect(named([by(OTHER_ID, 'Globex')], { [ID]: 'acme' })).toEqual({ [ID]: 'acme', [OTHER_ID]: 'globex' })
  })

  it('appends 8 digits of the id if another creator has the value from an earlier pull', () => {
    const names = named([by(OTHER_ID, 'ACME')], { [ID]: 'acme' })
    expect(names).toEqual({ [ID]: 'acme', [OTHER_ID]: 'acme-5e6f7a8b' })
  })

  it('appends them even if the creator with that value has another name now', () => {
    const names = named([by(ID, 'Globex'), by(OTHER_ID, 'Acme')], { [ID]: 'acme' })
    expect(names[OTHER_ID]).toBe('acme-5e6f7a8b')
  })

  it('names two creators with equal names in one pull by the order of their ids, not of rows', () => {
    const rows = [by(ID, 'Acme'), by(OTHER_ID, 'A.C.M.E.'), by(OTHER_ID, 'ACME')]
    const names = { [ID]: 'acme', [OTHER_ID]: 'a-c-m-e' }
    expect([named(rows), named(rows.toReversed())]).toEqual([names, names])
    const alike = [by(OTHER_ID, 'ACME'), by(ID, 'Acme!')]
    const apart = { [ID]: 'acme', [OTHER_ID]: 'acme-5e6f7a8b' }
    expect([named(alike), named(alike.toReversed())]).toEqual([apart, apart])
  })

  it('gives no new creator a reserved value', () => {
    expect(named([by(ID, 'OpenAI')], {}, ['openai'])).toEqual({ [ID]: 'openai-1a2b3c4d' })
  })

  it('gives no new creator the provider of models without a creator', () => {
    expect(named([by(ID, 'Unknown')])).toEqual({ [ID]: 'unknown-1a2b3c4d' })
  })

  it('names a creator without a sluggable name by 8 digits of its id', () => {
    expect(named([by(ID, '株式会社')])).toEqual({ [ID]: '1a2b3c4d' })
  })

  it('distinguishes creators whose ids start with the same digits', () => {
    const alike = '1a2b3c4d-9999-4000-8000-000000000003'
    const names = named([by(ID, 'Acme'), by(alike, 'Acme')], {}, ['acme'])
    expect(names[ID]).toBe('acme-1a2b3c4d')
    expect(names[alike]).toMatch(/^acme-1a2b3c4d./)
  })

  it('returns the same names for any order of rows, and changes nothing the second time', () => {
    fc.assert(
      fc.property(inTwoOrders(anyCreators), ([rows, shuffled]) => {
        const names = named(rows, {}, ['reserved'])
        expect(named(shuffled, {}, ['reserved'])).toEqual(names)
        expect(named(shuffled, names, ['reserved'])).toEqual(names)
      }),
    )
  })

  it.each([
    ['UUIDs', fc.uuid()],
    ['any text', fc.constantFrom('x', 'y', 'z1', 'o-o')],
  ])('gives every creator a distinct provider if ids are %s', (_, id) => {
    const creators = fc.uniqueArray(fc.tuple(id, fc.constantFrom('Acme', 'ACME', '株', 'Unknown')), {
      selector: ([creatorId]) => creatorId,
    })
    fc.assert(
      fc.property(creators, creators, (before, after) => {
        const remembered = named(before.map(([creatorId, name]) => by(creatorId, name)))
        const names = named(
          after.map(([creatorId, name]) => by(creatorId, name)),
          remembered,
        )
        const values = Object.values(names)
        expect(new Set(values).size).toBe(values.length)
        expect(values).not.toContain('unknown')
        expect(values).not.toContain('')
        expect(names).toMatchObject(remembered)
      }),
    )
  })
})
