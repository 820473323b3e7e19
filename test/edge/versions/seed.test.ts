import { describe, expect, it } from 'vitest'
import { getPointer } from '../../../src/edge/pointer.ts'
import { resolve } from '../../../src/edge/resolve.ts'
import { loadVersion } from '../../../src/edge/versions/read-version.ts'
import { FakeTiers, versionOfName } from '../../support/edge/fake-tiers.ts'

const SEED = versionOfName('seed', 0)
const NEXT = versionOfName('next', 1)

function seededWith(value: string): FakeTiers {
  const fakes = new FakeTiers()
  fakes.kv.entries.set('manifest', { value })
  return fakes
}

async function readCurrent(fakes: FakeTiers) {
  const pointer = await getPointer(fakes.tiers())
  return pointer && JSON.parse(new TextDecoder().decode((await loadVersion(fakes.tiers(), pointer)).bytes))
}

const { seq: _, ...SEED_ID } = SEED.pointer

describe('a manifest stored in KV by hand', () => {
  it.each([
    ['as it was written', SEED.text],
    ['pretty-printed', JSON.stringify(JSON.parse(SEED.text), null, 2)],
    ['with its keys in another order', JSON.stringify(reversed(JSON.parse(SEED.text)))],
  ])('is served while the object has no version, %s', async (_, text) => {
    const fakes = seededWith(text)
    expect(await readCurrent(fakes)).toEqual(JSON.parse(SEED.text))
    expect(await getPointer(fakes.tiers())).toEqual({ ...SEED_ID, seq: 0 })
    expect(fakes.asked().registry).not.toContain('fill')
  })

  it.each([
    ['holds other facts than its etag states', SEED.text.replace('"name":"seed"', '"name":"X"')],
    ['has the etag of another', SEED.text.replace(SEED.pointer.etag.slice(1, -1), NEXT.pointer.etag.slice(1, -1))],
    ['has the version of another', SEED.text.replace(SEED.pointer.version, NEXT.pointer.version)],
    ['lacks a part', JSON.stringify({ ...JSON.parse(SEED.text), providers: undefined })],
    ['has a model without a name', SEED.text.replace('"name":"seed",', '')],
    ['is not JSON', `${SEED.text}}`],
    ['is empty', ''],
  ])('is not served when it %s', async (_, text) => {
    expect(await readCurrent(seededWith(text))).toBeUndefined()
  })

  it('is not served once the object has a version, whatever KV contains', async () => {
    const fakes = seededWith(SEED.text)
    fakes.registry.commits.push(NEXT)
    expect(await readCurrent(fakes)).toEqual(JSON.parse(NEXT.text))
  })

  it('is replaced by the first real version', async () => {
    const fakes = seededWith(SEED.text)
    await readCurrent(fakes)
    fakes.commit(NEXT)
    fakes.now += 30_000
    expect(await readCurrent(fakes)).toEqual(JSON.parse(NEXT.text))
    expect(await getPointer(fakes.tiers())).toEqual(NEXT.pointer)
  })

  // The body of a version comes from its first commit, and a seed is not a commit.
  it('is replaced by a real version of the same content, with the time of its commit', async () => {
    const fakes = seededWith(SEED.text)
    await readCurrent(fakes)
    const real = versionOfName('seed', 1, '2026-10-02T02:00:00.000Z')
    expect(real.pointer.version).toBe(SEED.pointer.version)
    fakes.commit(real)
    fakes.now += 30_000
    expect(await readCurrent(fakes)).toEqual(JSON.parse(real.text))
  })

  it('is replaced by another seed that is stored later', async () => {
    const fakes = seededWith(SEED.text)
    await readCurrent(fakes)
    const later = versionOfName('later', 0)
    fakes.kv.entries.set('manifest', { value: later.text })
    fakes.now += 30_000
    expect(await readCurrent(fakes)).toEqual(JSON.parse(later.text))
  })

  it('is still served when KV fails later', async () => {
    const fakes = seededWith(SEED.text)
    await readCurrent(fakes)
    fakes.kv.failing = true
    fakes.now += 60_000
    expect(await readCurrent(fakes)).toEqual(JSON.parse(SEED.text))
  })

  it('can be read by its version, and has no past', async () => {
    const fakes = seededWith(SEED.text)
    const hex = SEED.pointer.etag.slice(1, 13)
    const found = await resolve(fakes.tiers(), { by: 'version', hex })
    expect(found).toMatchObject({ ok: true, value: { pointer: { seq: 0 } } })
    for (const selector of [
      { by: 'version' as const, hex: '0'.repeat(12) },
      { by: 'at' as const, time: fakes.now },
    ])
      expect(await resolve(fakes.tiers(), selector)).toMatchObject({ ok: false, failure: { code: 'not-found' } })
  })
})

/** The same facts, with the keys of every object reversed. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  )
}
