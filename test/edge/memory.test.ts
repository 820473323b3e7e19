import { describe, expect, it } from 'vitest'
import { commitKeyOf, Memory } from '../../src/edge/memory.ts'
import { getPointer } from '../../src/edge/pointer.ts'
import { tagView } from '../../src/edge/tagged-view.ts'
import { loadVersion } from '../../src/edge/versions/read-version.ts'
import { jsonView } from '../../src/views/json-view.ts'
import { FakeTiers, NOTHING, type TestVersion, versionOfName } from '../support/edge/fake-tiers.ts'

/** Versions of this size. The limit of 56 MB fits three of 9 MB, or seven of 3.9 MB. */
function versionsOf(megabytes: number, names: string): TestVersion[] {
  // A model's alias is its name.
  return [...names].map((name, index) => versionOfName(name.repeat(megabytes * 500_000), index + 1))
}

/** An isolate that has read the newest version, then the others in their order. */
async function readAll(versions: TestVersion[]): Promise<FakeTiers> {
  const fakes = new FakeTiers()
  for (const version of versions) fakes.commit(version)
  const current = await getPointer(fakes.tiers())
  if (current) await loadVersion(fakes.tiers(), current)
  for (const { pointer } of versions) await loadVersion(fakes.tiers(), pointer)
  fakes.asked()
  return fakes
}

/** The versions in memory, by the letter that their model's name repeats. */
function heldIn({ memory }: FakeTiers, versions: TestVersion[]): string {
  const held = versions.filter(({ pointer }) => memory.versions.get(commitKeyOf(pointer)))
  return held.map(({ text }) => /"name":"([A-Z])\1/.exec(text)?.[1]).join('')
}

describe('the versions in the memory of an isolate', () => {
  it('are bounded by their bytes: the least recently used past versions are evicted', async () => {
    const few = versionsOf(9, 'ABCDEF')
    expect(heldIn(await readAll(few), few)).toBe('DEF')
    const more = versionsOf(3.9, 'ABCDEFGH')
    expect(heldIn(await readAll(more), more)).toBe('BCDEFGH')
  })

  it('include the current one, however many past versions are read', async () => {
    const versions = versionsOf(9, 'ABCDEF')
    const fakes = await readAll(versions)
    for (let round = 0; round < 2; round++)
      for (const { pointer } of versions.slice(0, -1)) await loadVersion(fakes.tiers(), pointer)
    expect(heldIn(fakes, versions)).toBe('DEF')
    fakes.asked()
    const current = await getPointer(fakes.tiers())
    if (current) await loadVersion(fakes.tiers(), current)
    expect(fakes.asked()).toEqual(NOTHING)
  })

  it('are only the current one if it takes the whole limit', async () => {
    const versions = [...versionsOf(1, 'AB'), versionOfName('C'.repeat(15_000_000), 3)]
    const fakes = await readAll(versions)
    expect(heldIn(fakes, versions)).toBe('C')
  })

  it('never evict a seed for the one that it replaces', async () => {
    const fakes = new FakeTiers()
    for (const seed of versionsOf(15, 'AB')) {
      fakes.kv.entries.set('manifest', { value: seed.text })
      fakes.now += 60_000
      const pointer = await getPointer(fakes.tiers())
      expect(pointer?.version).toBe(seed.pointer.version)
      if (pointer) expect((await loadVersion(fakes.tiers(), pointer)).head.version).toBe(pointer.version)
    }
  })

  it('make room for a version that is no longer current', async () => {
    const versions = versionsOf(15, 'AB')
    const [first, second] = versions
    if (!first || !second) throw new Error('There are two')
    const fakes = await readAll([first])
    expect(heldIn(fakes, versions)).toBe('A')
    fakes.commit(second)
    fakes.now += 60_000
    await getPointer(fakes.tiers())
    await loadVersion(fakes.tiers(), second.pointer)
    expect(heldIn(fakes, versions)).toBe('B')
  })
})

describe('the rest of the memory of an isolate', () => {
  it('is bounded for selectors, because a reader can invent any number', () => {
    const memory = new Memory()
    const { pointer } = versionOfName('A', 1)
    for (let time = 0; time < 10_000; time++) memory.keepResolved(`at ${time}`, { pointer, isFinal: true })
    const held = Array.from({ length: 10_000 }, (_, time) => memory.resolved.get(`at ${time}`)).filter(Boolean)
    expect(held.length).toBeGreaterThan(300)
    expect(held.length).toBeLessThan(500)
  })

  it('does not keep a view that is larger than the limit for all views', () => {
    const memory = new Memory()
    const small = tagView(jsonView([]))
    memory.keepView('small', small)
    memory.keepView('huge', { ...small, bytes: new Uint8Array(17_000_000) })
    expect([memory.views.get('small'), memory.views.get('huge')]).toEqual([small, undefined])
  })
})
