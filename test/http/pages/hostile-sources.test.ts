/** Sources and operators may send markup: every page shows it as text. */
import { beforeAll, describe, expect, it } from 'vitest'
import { checkPage } from '../../support/http/check-page.ts'
import { BEARER, testApp } from '../../support/http/registry-app.ts'
import { aaRow, recordedPull } from '../../support/rows.ts'

const MARK = 'hostile'
const HOSTILE = `${MARK}"><script>alert(1)</script><img src=x onerror=alert(2)>'&\u202e</title></textarea><!--`
const LINK = `https://evil.example/"onmouseover="alert(3)`

const app = testApp()
const path = (value: string): string => `/models/acme/${encodeURIComponent(value)}`

beforeAll(async () => {
  const rows = (name: string, price: number) => [
    aaRow({ slug: 'one', name, pricing: { price_1m_input_tokens: price } }),
    aaRow({ slug: `two"><script>alert(4)</script>`, name: 'Two' }),
    aaRow({ slug: 'three', name: HOSTILE, model_creator: { id: crypto.randomUUID(), name: HOSTILE } }),
  ]
  const attribution = [{ name: HOSTILE, url: LINK, note: HOSTILE }]
  for (const [index, name] of ['One', HOSTILE].entries()) {
    const { pages } = recordedPull(rows(name, index + 1))
    const fetchedAt = `2025-03-0${index + 1}T02:00:00.000Z`
    await app.take({ fetchedAt, pages: pages.map((page) => ({ ...page, stand_in_attribution: attribution })) })
  }
  const put = async (target: string, body: object) => {
    const response = await app.send('PUT', `/v1/admin/overrides/${target}`, {
      headers: BEARER,
      body: JSON.stringify(body),
    })
    expect(response.status, await response.clone().text()).toBe(200)
  }
  await put('models/acme/one', { set: { lab: HOSTILE, sdk: { model: HOSTILE } }, note: HOSTILE })
  await put('providers/acme', { set: { name: HOSTILE, website: LINK, keyPlaceholder: HOSTILE }, note: HOSTILE })
})

describe('hostile text', () => {
  it.each([
    ['/'],
    [`/?q=${encodeURIComponent(HOSTILE)}`],
    [`/?provider=${encodeURIComponent(HOSTILE)}`],
    [path('one')],
    [`${path('one')}?at=2025-03-01`],
    ['/compare?m=acme/one&m=acme/three'],
    [`/compare?m=${encodeURIComponent(HOSTILE)}`],
    ['/changes'],
    ['/changes?from=2025-03-01&to=2025-03-02'],
    [`/changes?from=${encodeURIComponent(HOSTILE)}`],
    ['/providers'],
    ['/providers/acme'],
    ['/versions'],
    ['/charts?quality=intelligence'],
    [`/charts?lab=${encodeURIComponent(HOSTILE)}`],
    ['/cost'],
    [`/cost?model=${encodeURIComponent(HOSTILE)}&usage=${encodeURIComponent(HOSTILE)}`],
    ['/status'],
    [`/login?next=${encodeURIComponent(`javascript:alert(5)//${HOSTILE}`)}`],
    [`/${encodeURIComponent(HOSTILE)}`],
    [path(HOSTILE)],
  ])('is shown as text on %s', async (address) => {
    const first = await app.get(address, { accept: 'text/html' })
    const location = first.headers.get('location')
    const response = location ? await app.get(location, { accept: 'text/html' }) : first
    expect(response.status).toBeLessThan(500)
    await checkPage(response, address)
  })

  it('is shown, not left out', async () => {
    for (const address of ['/', path('one'), '/providers/acme'])
      expect(await (await app.get(address, { accept: 'text/html' })).text(), address).toContain(MARK)
  })
})
