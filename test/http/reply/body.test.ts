import { describe, expect, it } from 'vitest'
import { bodyOf, KeptBody } from '../../../src/http/reply/body.ts'

const bytesOf = (length: number) => new Uint8Array(length).map((_, at) => at)

describe('bodyOf()', () => {
  it.each([0, 1, 499_999, 500_000, 3_000_000])('gives the bytes of a body of %i', async (length) => {
    const response = new Response(bodyOf(bytesOf(length)))
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytesOf(length))
  })

  it('leaves the bytes as they are for the next response', async () => {
    const bytes = bytesOf(600_000)
    for (const _time of [1, 2]) await new Response(bodyOf(bytes)).arrayBuffer()
    expect(bytes).toEqual(bytesOf(600_000))
  })

  it('lets a reader go away', async () => {
    const response = new Response(bodyOf(bytesOf(1_000_000)))
    await response.body?.cancel()
    expect(response.bodyUsed).toBe(true)
  })
})

describe('KeptBody', () => {
  it.each([0, 1, 15_999, 16_000, 300_000])('gives the bytes of a body of %i, each time', async (length) => {
    const kept = new KeptBody(bytesOf(length))
    for (const _time of [1, 2]) {
      const response = new Response(kept.open())
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytesOf(length))
    }
  })

  it('weighs what it holds', () => {
    expect(new KeptBody(bytesOf(10)).weight).toBe(10)
    expect(new KeptBody(bytesOf(20_000)).weight).toBe(40_000)
  })
})
