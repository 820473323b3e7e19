import { describe, expect, it } from 'vitest'
import { shardKeyOf } from '../../../src/core/manifest/part-shards.ts'
import { readPart } from '../../../src/edge/parts/read-part.ts'
import { loadParts } from '../../../src/edge/parts/read-parts.ts'
import type { Tiers } from '../../../src/edge/tiers.ts'
import { loadVersion } from '../../../src/edge/versions/read-version.ts'
import { FakeTiers, NOTHING, type TestVersion, versionOfName } from '../../support/edge/fake-tiers.ts'
import { model, provider } from '../../support/rows.ts'

const A = versionOfName('A', 1)
const B = versionOfName('B', 2)
const { value: PROVIDER } = provider()
const { value: MODEL } = model()
const SHARD = shardKeyOf(PROVIDER)

function holding(...versions: TestVersion[]): FakeTiers {
  const fakes = new FakeTiers()
  for (const version of versions) fakes.commit(version)
  return fakes
}

/** The name of the only model, as a request reads it. */
async function readName(tiers: Tiers, { pointer }: TestVersion): Promise<string | undefined> {
  const bytes = (await loadParts(tiers, pointer, [PROVIDER])).model(PROVIDER, MODEL)
  return bytes && JSON.parse(new TextDecoder().decode(bytes)).name
}

describe('loadParts()', () => {
  it('reads the index and one shard, but not the manifest', async () => {
    const fakes = holding(A)
    expect(await readName(fakes.tiers(), A)).toBe('A')
    expect(new Set(fakes.asked().kv)).toEqual(new Set(['index', SHARD]))
    expect(await readName(fakes.tiers(), A)).toBe('A')
    expect(fakes.asked()).toEqual(NOTHING)
  })

  it('reads both from the cache in another isolate of the data centre', async () => {
    const fakes = holding(A)
    await readName(fakes.tiers(), A)
    await fakes.waitForDeferred()
    fakes.forget()
    fakes.asked()
    expect(await readName(fakes.tiers(), A)).toBe('A')
    expect(fakes.asked()).toEqual({ ...NOTHING, cache: 2 })
  })

  it('returns the same as the whole version', async () => {
    const fakes = holding(A)
    const parts = await loadParts(fakes.tiers(), A.pointer, [PROVIDER])
    const whole = await loadVersion(fakes.tiers(), A.pointer)
    for (const read of ['provider', 'models', 'part', 'modelsOf'] as const)
      expect(parts[read](PROVIDER)).toEqual(whole[read](PROVIDER))
    expect(parts.model(PROVIDER, MODEL)).toEqual(whole.model(PROVIDER, MODEL))
    expect(parts.model(PROVIDER, 'missing')).toBeUndefined()
    expect(parts.provider('missing')).toBeUndefined()
  })

  it('uses a whole version that is in memory', async () => {
    const fakes = holding(A)
    await loadVersion(fakes.tiers(), A.pointer)
    fakes.asked()
    expect(await readName(fakes.tiers(), A)).toBe('A')
    expect(fakes.asked()).toEqual(NOTHING)
  })

  it('reads a past version whole', async () => {
    const fakes = holding(A, B)
    fakes.memory.advance(B.pointer, fakes.now)
    expect(await readName(fakes.tiers(), A)).toBe('A')
    expect(fakes.asked()).toMatchObject({ kv: [], registry: ['manifest'] })
  })

  it.each([
    ['nothing', undefined],
    ['no shard', 'not a shard'],
    ['something else', '{}\n'],
    ['a list of something else', '[[1],[null]]\n'],
    ['a truncated shard', 'cut'],
    ['another fact', 'changed'],
  ])('reads the whole version if KV has %s instead of the shard', async (_, wrong) => {
    const fakes = holding(A)
    const right = fakes.kv.entries.get(SHARD)?.value ?? ''
    const values: Record<string, string> = {
      cut: right.slice(0, -1),
      changed: right.replace('"name":"A"', '"name":"X"'),
    }
    if (wrong === undefined) fakes.kv.entries.delete(SHARD)
    else fakes.kv.entries.set(SHARD, { value: values[wrong] ?? wrong })
    expect(await readName(fakes.tiers(), A)).toBe('A')
    await fakes.waitForDeferred()
    expect(fakes.asked().kv).toContain('manifest')
    expect([...fakes.cache.entries.keys()].filter((url) => url.includes(encodeURIComponent(SHARD)))).toEqual([])
  })

  it('reads the whole version if KV has the index or the shards of another version', async () => {
    const fakes = holding(A, B)
    fakes.kv.publish(A)
    expect(await readName(fakes.tiers(), B)).toBe('B')
    expect(fakes.asked().registry).toEqual(['manifest'])
  })

  it.each([[['kv']], [['cache']], [['registry']], [['kv', 'cache']]] as const)(
    'still answers without %j',
    async (broken) => {
      const fakes = holding(A)
      for (const tier of broken) fakes[tier].failing = true
      expect(await readName(fakes.tiers(), A)).toBe('A')
      await fakes.waitForDeferred()
    },
  )
})

describe('readPart()', () => {
  it('reads a current part from its shard', async () => {
    const fakes = holding(A)
    const digest = A.index.parts[PROVIDER]?.digest ?? ''
    const bytes = await readPart(fakes.tiers(), A.pointer, digest)
    expect(new TextDecoder().decode(bytes)).toContain('"name":"A"')
    expect(new Set(fakes.asked().kv)).toEqual(new Set(['index', SHARD]))
  })
})
