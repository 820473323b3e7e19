import { describe, expect, it } from 'vitest'
import { fetchPages } from '../../../src/sources/artificial-analysis/fetch-pages.ts'
import { aaPages, aaRow } from '../../support/rows.ts'
import { type Answer, type Call, CONFIG, fakeAa } from '../../support/sources/fake-aa.ts'

const keyOf = ({ headers }: Call): string => headers.get('x-api-key') ?? ''

const twoPages = (tier: string) => aaPages([aaRow({ slug: 'a' }), aaRow({ slug: 'b' })], { pageSize: 1, tier })

/** Replies that contain the key, like those of an echo service, a proxy or a verbose error page. */
const ECHOES: [string, Answer][] = [
  ['a refusal', (_, call) => new Response(`Bad key ${keyOf(call)}`, { status: 401, statusText: keyOf(call) })],
  ['a failure', (_, call) => new Response(keyOf(call), { status: 500, headers: { 'retry-after': keyOf(call) } })],
  ['a redirect', (_, call) => new Response('', { status: 302, headers: { location: `/?key=${keyOf(call)}` } })],
  ['text', (_, call) => new Response(keyOf(call))],
  ['HTML', (_, call) => new Response(`<p>${keyOf(call)}</p>`)],
  ['a JSON text', (_, call) => Response.json(keyOf(call))],
  ['a JSON error', (_, call) => Response.json({ error: keyOf(call), [keyOf(call)]: 1 })],
  [
    'a value of the wrong type',
    (_, call) => Response.json(aaPages([aaRow({ id: { [keyOf(call)]: keyOf(call) } })])[0]),
  ],
  ['a tier', (page, call) => Response.json(twoPages(page === 1 ? 'free' : keyOf(call))[page - 1])],
  ['the error of the network', (_, call) => Promise.reject(new TypeError(`Cannot send ${keyOf(call)}`))],
]

describe('fetchPages() and the key', () => {
  it.each(ECHOES)('keeps it out of the failure if it is echoed in %s', async (_, answer) => {
    const result = await fetchPages(CONFIG, fakeAa(answer).fetch)
    expect(result.ok).toBe(false)
    expect(JSON.stringify(result)).not.toContain(CONFIG.apiKey)
  })

  // The runtime's message about a header that it cannot send quotes the header.
  it.each(['aa_made_up\nkey_0123456789', 'aa_made_up\u0000key', 'aa_made_up_ключ', 'aa_made_up_key\u2026'])(
    'keeps %j, which a header cannot contain, out of the failure',
    async (apiKey) => {
      const fetch = async (url: string, init: RequestInit) => {
        const request = new Request(url, init)
        return new Response(request.url)
      }
      const result = await fetchPages({ ...CONFIG, apiKey }, fetch)
      expect(result).toMatchObject({ ok: false, failure: { code: 'source-failed' } })
      expect(result.ok ? '' : result.failure.detail).not.toContain(apiKey)
      expect(result.ok ? '' : result.failure.detail).not.toContain('aa_made_up')
    },
  )
})

describe('fetchPages() and a key that is echoed in pages that can be read', () => {
  it('keeps it out of the pages, which are recorded', async () => {
    const echo = (page: number, call: Call) =>
      Response.json({
        ...twoPages('free')[page - 1],
        request: { url: call.url, headers: { 'x-api-key': keyOf(call) } },
      })
    const result = await fetchPages(CONFIG, fakeAa(echo).fetch)
    expect(result).toMatchObject({ ok: true, value: { pages: [{ data: [{ slug: 'a' }] }, { data: [{ slug: 'b' }] }] } })
    expect(JSON.stringify(result)).toContain('x-api-key')
    expect(JSON.stringify(result)).not.toContain(CONFIG.apiKey)
  })

  it.each([
    ['as it is', (key: string) => key],
    ['with one character escaped', (key: string) => key.replace('m', '\\u006d')],
    ['with every character escaped', escapeAll],
    ['inside a longer text', (key: string) => `Bearer ${escapeAll(key)};`],
  ])('keeps it out, written %s, as a value and as an object key', async (_, written) => {
    const echo: Answer = (page, call) => {
      const text = written(keyOf(call))
      const body = JSON.stringify(twoPages('free')[page - 1]).slice(0, -1)
      return new Response(`${body},"${text}":[{"deep":"${text}"}]}`)
    }
    const result = await fetchPages(CONFIG, fakeAa(echo).fetch)
    expect(result.ok).toBe(true)
    expect(JSON.stringify(result)).toContain('"deep"')
    expect(JSON.stringify(result)).not.toContain(CONFIG.apiKey)
  })

  it('keeps it out of the facts', async () => {
    const echo: Answer = (_, call) => Response.json(aaPages([aaRow({ name: `Acme ${keyOf(call)}` })])[0])
    const result = await fetchPages(CONFIG, fakeAa(echo).fetch)
    expect(result).toMatchObject({ ok: true, value: { pages: [{ data: [{ name: 'Acme <AA_API_KEY>' }] }] } })
  })
})

function escapeAll(text: string): string {
  return [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
}
