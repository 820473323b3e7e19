import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BoundedMap } from '../../src/edge/bounded-map.ts'

const KEYS = ['a', 'b', 'c', 'd', 'e']
const heldBy = (map: BoundedMap<unknown>) => KEYS.filter((key) => map.get(key) !== undefined)

function mapOf(maxWeight: number, ...entries: [key: string, weight: number][]): BoundedMap<string> {
  const map = new BoundedMap<string>(maxWeight)
  for (const [key, weight] of entries) map.set(key, key.toUpperCase(), weight)
  return map
}

describe('BoundedMap', () => {
  it('holds what fits', () => {
    const map = mapOf(10, ['a', 4], ['b', 6])
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual(['A', 'B', undefined])
  })

  it('forgets what was set longest ago, as much of it as is needed', () => {
    expect(heldBy(mapOf(10, ['a', 3], ['b', 3], ['c', 3], ['d', 6]))).toEqual(['c', 'd'])
  })

  it('counts being read as being used', () => {
    const map = mapOf(2, ['a', 1], ['b', 1])
    map.get('a')
    map.set('c', 'C', 1)
    expect(heldBy(map)).toEqual(['a', 'c'])
  })

  it('weighs a key that is set again by its new weight alone', () => {
    const map = mapOf(10, ['a', 8], ['b', 2])
    map.set('a', 'new', 1)
    map.set('c', 'C', 7)
    expect(heldBy(map)).toEqual(['a', 'b', 'c'])
    expect(map.get('a')).toBe('new')
  })

  it('holds one thing that is too heavy, alone, until the next comes', () => {
    const map = mapOf(10, ['a', 1], ['b', 100])
    expect(heldBy(map)).toEqual(['b'])
    map.set('c', 'C', 1)
    expect(heldBy(map)).toEqual(['c'])
  })

  it('never holds more than it may, and always what was set last', () => {
    const anySet = fc.record({ key: fc.constantFrom(...KEYS), weight: fc.integer({ min: 0, max: 12 }) })
    fc.assert(
      fc.property(fc.array(anySet), (sets) => {
        const map = new BoundedMap<number>(20)
        for (const [index, { key, weight }] of sets.entries()) {
          map.set(key, weight, weight)
          expect(map.get(key)).toBe(sets[index]?.weight)
          const total = KEYS.reduce((sum, held) => sum + (map.get(held) ?? 0), 0)
          expect(total).toBeLessThanOrEqual(20)
        }
      }),
    )
  })
})
