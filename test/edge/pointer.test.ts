import { describe, expect, it } from 'vitest'
import { getPointer } from '../../src/edge/pointer.ts'
import { FakeTiers, NOTHING, versionOfName } from '../support/edge/fake-tiers.ts'

const A = versionOfName('A', 1)
const B = versionOfName('B', 2)
const C = versionOfName('C', 3)

const SECOND = 1000

/** An isolate that has just read that A is current. */
async function warm(): Promise<FakeTiers> {
  const fakes = new FakeTiers()
  fakes.commit(A)
  expect(await getPointer(fakes.tiers())).toEqual(A.pointer)
  fakes.asked()
  return fakes
}

describe('getPointer()', () => {
  it('reads KV first, and nothing else when KV has a pointer', async () => {
    const fakes = new FakeTiers()
    fakes.commit(A)
    expect(await getPointer(fakes.tiers())).toEqual(A.pointer)
    expect(fakes.asked()).toEqual({ ...NOTHING, kv: ['current'] })
  })

  it('asks the Durable Object if KV is empty', async () => {
    const fakes = new FakeTiers()
    fakes.registry.commits.push(A)
    expect(await getPointer(fakes.tiers())).toEqual(A.pointer)
    expect(fakes.asked()).toEqual({ ...NOTHING, kv: ['current'], registry: ['current'] })
  })

  it('is undefined while the registry is empty, and is read again by the next request', async () => {
    const fakes = new FakeTiers()
    expect(await getPointer(fakes.tiers())).toBeUndefined()
    fakes.registry.commits.push(A)
    expect(await getPointer(fakes.tiers())).toEqual(A.pointer)
  })

  it('sends no request for five seconds', async () => {
    const fakes = await warm()
    fakes.commit(B)
    fakes.now += 5 * SECOND - 1
    expect(await getPointer(fakes.tiers())).toEqual(A.pointer)
    await fakes.waitForDeferred()
    expect(fakes.asked()).toEqual(NOTHING)
  })

  it('answers immediately for up to thirty seconds, and refreshes in the background', async () => {
    const fakes = await warm()
    fakes.commit(B)
    fakes.now += 5 * SECOND
    expect(await getPointer(fakes.tiers())).toEqual(A.pointer)
    await fakes.waitForDeferred()
    expect(fakes.asked()).toEqual({ ...NOTHING, kv: ['current'] })
    expect(await getPointer(fakes.tiers())).toEqual(B.pointer)
    expect(fakes.asked()).toEqual(NOTHING)
  })

  it('refreshes before it answers after thirty seconds', async () => {
    const fakes = await warm()
    fakes.commit(B)
    fakes.now += 30 * SECOND
    expect(await getPointer(fakes.tiers())).toEqual(B.pointer)
  })

  it('does not wait for KV while it has a usable pointer', async () => {
    const fakes = await warm()
    const never = { get: () => new Promise<never>(() => undefined), getWithMetadata: fakes.kv.getWithMetadata }
    fakes.now += 29 * SECOND
    expect(await getPointer({ ...fakes.tiers(), kv: never as never })).toEqual(A.pointer)
  })

  it('refreshes once for concurrent requests, and again after that', async () => {
    const fakes = await warm()
    fakes.now += 10 * SECOND
    await Promise.all([1, 2, 3].map(() => getPointer(fakes.tiers())))
    await fakes.waitForDeferred()
    expect(fakes.asked().kv).toEqual(['current'])
    fakes.now += 10 * SECOND
    await getPointer(fakes.tiers())
    await fakes.waitForDeferred()
    expect(fakes.asked().kv).toEqual(['current'])
  })

  it('refreshes again after a failed attempt', async () => {
    const fakes = await warm()
    fakes.kv.failing = true
    fakes.registry.failing = true
    fakes.now += 10 * SECOND
    await getPointer(fakes.tiers())
    await fakes.waitForDeferred()
    fakes.kv.failing = false
    fakes.commit(B)
    await getPointer(fakes.tiers())
    await fakes.waitForDeferred()
    expect(await getPointer(fakes.tiers())).toEqual(B.pointer)
  })
})

describe('getPointer() while KV lags', () => {
  it('never goes back to a lower seq', async () => {
    const fakes = new FakeTiers()
    fakes.kv.publish(A)
    fakes.memory.advance(B.pointer, fakes.now)
    for (let minute = 0; minute < 3; minute++) {
      fakes.now += 60 * SECOND
      expect(await getPointer(fakes.tiers())).toEqual(B.pointer)
    }
  })

  it('moves to a higher seq, even with content it has seen before', async () => {
    const fakes = await warm()
    const again = { ...A, pointer: { ...A.pointer, seq: 3 } }
    fakes.commit(again)
    fakes.now += 30 * SECOND
    expect((await getPointer(fakes.tiers()))?.seq).toBe(3)
  })

  it('immediately sees a commit made through its own isolate', async () => {
    const fakes = await warm()
    fakes.memory.advance(C.pointer, fakes.now)
    expect(await getPointer(fakes.tiers())).toEqual(C.pointer)
  })

  it('is not changed by a refresh that started before a commit and ends after it', async () => {
    const fakes = await warm()
    const slow = Promise.withResolvers<unknown>()
    const kv = { get: () => slow.promise } as never
    fakes.now += 10 * SECOND
    await getPointer({ ...fakes.tiers(), kv })
    fakes.memory.advance(C.pointer, fakes.now)
    slow.resolve(B.pointer)
    await fakes.waitForDeferred()
    expect(await getPointer(fakes.tiers())).toEqual(C.pointer)
  })
})

describe('getPointer() while a tier fails', () => {
  it('asks the Durable Object when KV throws', async () => {
    const fakes = new FakeTiers()
    fakes.registry.commits.push(A)
    fakes.kv.failing = true
    expect(await getPointer(fakes.tiers())).toEqual(A.pointer)
  })

  it.each([
    ['text', 'v1.0123456789ab'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['no seq', JSON.stringify({ ...A.pointer, seq: undefined })],
    ['a seq below zero', JSON.stringify({ ...A.pointer, seq: -1 })],
    ['an etag without quotes', JSON.stringify({ ...A.pointer, etag: '0'.repeat(32) })],
    ['a version of another etag', JSON.stringify({ ...A.pointer, seq: 9, version: 'v1.0123456789ab' })],
  ])('asks the Durable Object if KV has %s', async (_, value) => {
    const fakes = new FakeTiers()
    fakes.registry.commits.push(B)
    fakes.kv.entries.set('current', { value })
    expect(await getPointer(fakes.tiers())).toEqual(B.pointer)
  })

  it('does not need the Durable Object while KV has a pointer', async () => {
    const fakes = new FakeTiers()
    fakes.commit(A)
    fakes.registry.failing = true
    expect(await getPointer(fakes.tiers())).toEqual(A.pointer)
  })

  it('keeps its pointer, however old, if nothing responds', async () => {
    const fakes = await warm()
    fakes.kv.failing = true
    fakes.registry.failing = true
    fakes.now += 3600 * SECOND
    expect(await getPointer(fakes.tiers())).toEqual(A.pointer)
  })

  it('throws if nothing responds and it has no pointer', async () => {
    const fakes = new FakeTiers()
    fakes.kv.failing = true
    fakes.registry.failing = true
    await expect(getPointer(fakes.tiers())).rejects.toThrow('overloaded')
  })
})
