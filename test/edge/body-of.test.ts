import { describe, expect, it } from 'vitest'
import { bodyOf } from '../../src/edge/body-of.ts'

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
