import { describe, expect, it } from 'vitest'
import { KeptBody, replyBody } from '../../../src/http/reply/kept-body.ts'

const bytesOf = (length: number) => new Uint8Array(length).map((_, at) => at)

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

describe('replyBody()', () => {
  it('gives the bytes, whichever were sent before', async () => {
    const bodies = [bytesOf(600_000), bytesOf(700_000), bytesOf(10)]
    for (const at of [0, 0, 0, 1, 0, 1, 1, 2, 1]) {
      const bytes = bodies[at] ?? new Uint8Array()
      const response = new Response(replyBody(bytes))
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes)
    }
  })
})
