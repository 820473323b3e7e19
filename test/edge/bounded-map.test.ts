import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BoundedMap } from '../../src/edge/bounded-map.ts'

const KEYS = ['a', 'b', 'c', 'd', 'e']
const heldBy = (map: BoundedMap<unknown>) => KEYS.filter((key) => map.get(key) !== undefined)

const lastOf = (key: string, sets: { key: string; weight: number }[]) => sets.findLast((set) => set.key === key)?.weight

function mapOf(maxWeight: number, ...entries: [key: string, weight: number][]): BoundedMap<string> {
  const map = new BoundedMap<string>(maxWeight)
  for (const [key, weight] of entries) map.set(key, key.toUpperCase(), weight)
  return map
}

describe('BoundedMap', () => {
  it('keeps what fits', () => {
    const map = mapOf(10, ['a', 4], ['b', 6])
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual(['A', 'B', undefined])
  })

  it('evicts what was set longest ago, as much as needed', () => {
    expect(heldBy(mapOf(10, ['a', 3], ['b', 3], ['c', 3], ['d', 6]))).toEqual(['c', 'd'])
  })

  it('counts a read as a use', () => {
    const map = mapOf(2, ['a', 1], ['b', 1])
    map.get('a')
    map.set('c', 'C', 1)
    expect(heldBy(map)).toEqual(['a', 'c'])
  })

  it('weighs a key that is set again by its new weight only', () => {
    const map = mapOf(10, ['a', 8], ['b', 2])
    map.set('a', 'new', 1)
    map.set('c', 'C', 7)
    expect(heldBy(map)).toEqual(['a', 'b', 'c'])
    expect(map.get('a')).toBe('new')
  })

  it('does not keep a value that is too heavy, and evicts only the old value of its key', () => {
    const map = mapOf(10, ['a', 1], ['b', 2], ['c', 100], ['b', 100])
    expect(heldBy(map)).toEqual(['a'])
  })

  it('never evicts the pinned value, and keeps what fits with it', () => {
    const map = mapOf(10, ['a', 6], ['b', 2])
    map.pin('a')
    map.set('c', 'C', 3)
    expect(heldBy(map)).toEqual(['a', 'c'])
    map.set('d', 'D', 5)
    expect(heldBy(map)).toEqual(['a', 'c'])
  })

  it('keeps a pinned value that is too heavy, alone, until another value is pinned', () => {
    const map = mapOf(10, ['b', 1])
    map.pin('a')
    map.set('a', 'A', 100)
    map.set('c', 'C', 1)
    expect(heldBy(map)).toEqual(['a'])
    map.pin('c')
    expect(heldBy(map)).toEqual([])
    map.set('c', 'C', 1)
    map.set('b', 'B', 1)
    expect(heldBy(map)).toEqual(['b', 'c'])
  })

  it('never exceeds its limit, and always keeps the value set last and the pinned one', () => {
    const anySet = fc.record({ key: fc.constantFrom(...KEYS), weight: fc.integer({ min: 0, max: 12 }) })
    fc.assert(
      fc.property(fc.array(anySet), (sets) => {
        const map = new BoundedMap<number>(24)
        map.pin('a')
        for (const [index, { key, weight }] of sets.entries()) {
          map.set(key, weight, weight)
          expect(map.get(key)).toBe(sets[index]?.weight)
          expect(map.get('a')).toBe(lastOf('a', sets.slice(0, index + 1)))
          const total = KEYS.reduce((sum, held) => sum + (map.get(held) ?? 0), 0)
          expect(total).toBeLessThanOrEqual(24)
        }
      }),
    )
  })
})
