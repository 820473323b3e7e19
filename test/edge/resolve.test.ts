import { describe, expect, it } from 'vitest'
import { resolve } from '../../src/edge/resolve.ts'
import { FakeTiers, NOTHING, versionOfName } from '../support/edge/fake-tiers.ts'

const A = versionOfName('A', 1)
const B = versionOfName('B', 2)

const hexOf = ({ pointer }: typeof A, digits: number) => ({
  by: 'version' as const,
  hex: pointer.etag.slice(1, digits + 1),
})

/** An isolate that has read that B is current and A is the version before it. */
async function warm(): Promise<FakeTiers> {
  const fakes = new FakeTiers()
  fakes.commit(A)
  fakes.commit(B)
  await resolve(fakes.tiers(), undefined)
  fakes.asked()
  return fakes
}

describe('resolve() without a selector', () => {
  it('is the current version, which can change at any time', async () => {
    const fakes = await warm()
    expect(await resolve(fakes.tiers(), undefined)).toEqual({ ok: true, value: { pointer: B.pointer, isFinal: false } })
  })

  it('starts a pull if the registry is empty, and explains how to fill it', async () => {
    const fakes = new FakeTiers()
    const found = await resolve(fakes.tiers(), undefined)
    expect(found).toMatchObject({
      ok: false,
      failure: { code: 'empty-registry', retryAfterSeconds: expect.any(Number) },
    })
    expect(JSON.stringify(found)).toContain('/v1/admin/refresh')
    expect(fakes.asked().registry).toEqual(['current', 'fill'])
  })

  it('starts no pull if there is a version', async () => {
    const fakes = await warm()
    await resolve(fakes.tiers(), undefined)
    expect(fakes.asked()).toEqual(NOTHING)
  })
})

describe('resolve() by version', () => {
  it.each([12, 20, 32])('finds the current version by %i digits, without a request', async (digits) => {
    const fakes = await warm()
    expect(await resolve(fakes.tiers(), hexOf(B, digits))).toEqual({
      ok: true,
      value: { pointer: B.pointer, isFinal: true },
    })
    expect(fakes.asked()).toEqual(NOTHING)
  })

  it.each([12, 32])('requests a past version once, by %i digits', async (digits) => {
    const fakes = await warm()
    const found = await resolve(fakes.tiers(), hexOf(A, digits))
    expect(found).toEqual({ ok: true, value: { pointer: A.pointer, isFinal: true } })
    fakes.now += 60_000
    expect(await resolve(fakes.tiers(), hexOf(A, digits))).toEqual(found)
    expect(fakes.asked().registry).toEqual(['resolve'])
  })

  it.each([8, 11])('requests it each time by %i digits, because any commit can make them ambiguous', async (digits) => {
    const fakes = await warm()
    for (const version of [A, B]) {
      await resolve(fakes.tiers(), hexOf(version, digits))
      await resolve(fakes.tiers(), hexOf(version, digits))
    }
    expect(fakes.asked().registry).toEqual(Array(4).fill('resolve'))
  })

  it('requests a version again that does not exist yet', async () => {
    const fakes = await warm()
    const C = versionOfName('C', 3)
    expect(await resolve(fakes.tiers(), hexOf(C, 12))).toMatchObject({ ok: false, failure: { code: 'not-found' } })
    fakes.registry.commits.push(C)
    expect(await resolve(fakes.tiers(), hexOf(C, 12))).toMatchObject({ ok: true })
  })

  it('still resolves cached versions while the Durable Object fails', async () => {
    const fakes = await warm()
    await resolve(fakes.tiers(), hexOf(A, 12))
    fakes.registry.failing = true
    expect(await resolve(fakes.tiers(), hexOf(A, 12))).toMatchObject({ ok: true })
    expect(await resolve(fakes.tiers(), hexOf(B, 12))).toMatchObject({ ok: true })
  })
})

describe('resolve() by time', () => {
  const at = { by: 'at' as const, time: Date.parse('2026-10-01T12:00:00Z') }

  it('requests a past moment once', async () => {
    const fakes = await warm()
    fakes.registry.resolves = () => ({ pointer: A.pointer, isFinal: true })
    for (let request = 0; request < 3; request++)
      expect(await resolve(fakes.tiers(), at)).toEqual({ ok: true, value: { pointer: A.pointer, isFinal: true } })
    expect(fakes.asked().registry).toEqual(['resolve'])
  })

  it('distinguishes two moments', async () => {
    const fakes = await warm()
    fakes.registry.resolves = (selector) => ({
      pointer: selector.by === 'at' && selector.time < at.time ? A.pointer : B.pointer,
      isFinal: true,
    })
    expect(await resolve(fakes.tiers(), at)).toMatchObject({ value: { pointer: B.pointer } })
    expect(await resolve(fakes.tiers(), { ...at, time: at.time - 1 })).toMatchObject({ value: { pointer: A.pointer } })
  })

  it('requests a moment again while a later commit can still change the result', async () => {
    const fakes = await warm()
    fakes.registry.resolves = () => ({ pointer: A.pointer, isFinal: false })
    expect(await resolve(fakes.tiers(), at)).toMatchObject({ value: { isFinal: false } })
    fakes.registry.resolves = () => ({ pointer: B.pointer, isFinal: true })
    expect(await resolve(fakes.tiers(), at)).toEqual({ ok: true, value: { pointer: B.pointer, isFinal: true } })
  })

  it('reports that nothing existed at that time', async () => {
    const fakes = await warm()
    fakes.registry.resolves = () => undefined
    expect(await resolve(fakes.tiers(), at)).toMatchObject({ ok: false, failure: { code: 'not-found' } })
  })
})
