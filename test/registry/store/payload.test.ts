import { describe, expect, it } from 'vitest'
import { packPayload, packText, unpackPayload } from '../../../src/registry/store/payload.ts'

const AT = '2026-09-30T02:00:00.000Z'

function shareOf(provider: string, value: unknown) {
  const text = JSON.stringify(value)
  return { provider, text, packed: packText(text) }
}

describe('a payload of shares', () => {
  it('is the page that the shares were split from, in order', () => {
    const page = { b: { name: 'Zürich "\n\u2028" 🙂', models: {} }, a: { models: { x: { id: 'x' } } }, '': {} }
    const shares = Object.entries(page).map(([provider, value]) => shareOf(provider, value))
    const payload = unpackPayload(packPayload({ fetchedAt: AT, pagesText: undefined, shares }))
    expect(payload).toEqual({ fetchedAt: AT, pages: [page] })
    expect(JSON.stringify(payload?.pages)).toBe(JSON.stringify([page]))
  })

  it('may have no shares', () => {
    const packed = packPayload({ fetchedAt: AT, pagesText: undefined, shares: [] })
    expect(unpackPayload(packed)).toEqual({ fetchedAt: AT, pages: [{}] })
  })

  it('is not a payload if it ends too early', () => {
    const shares = [shareOf('a', { models: {} })]
    const whole = packPayload({ fetchedAt: AT, pagesText: undefined, shares })
    expect(unpackPayload(whole.slice(0, -1))).toBeUndefined()
    expect(unpackPayload(packText(`${JSON.stringify({ fetchedAt: AT, shares: [['a', 5]] })}\n{}`))).toBeUndefined()
  })
})

describe('a payload of pages', () => {
  it('is read as it was packed', () => {
    const pages = [{ a: 1 }, 'text']
    const packed = packPayload({ fetchedAt: AT, pagesText: JSON.stringify(pages), shares: [] })
    expect(unpackPayload(packed)).toEqual({ fetchedAt: AT, pages })
  })

  it.each(['', '[]', '{}', '{"fetchedAt":1,"pages":[]}', 'no JSON\n{}'])('is not %j', (text) => {
    expect(unpackPayload(packText(text))).toBeUndefined()
  })
})
