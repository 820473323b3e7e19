import { beforeAll, describe, expect, it, vi } from 'vitest'
import { BEARER, testApp } from '../../support/http/registry-app.ts'
import { aaRow, recordedPull } from '../../support/rows.ts'

const HTML = { accept: 'text/html,application/xhtml+xml' }
const HOSTILE = `"><script>alert(1)</script><a href="javascript:alert(2)">'&`

const app = testApp()
let version = ''

beforeAll(async () => {
  const first = recordedPull([aaRow({ slug: 'one', name: 'One' })], { fetchedAt: '2025-03-01T02:00:00.000Z' })
  version = (await app.take(first)).version ?? ''
  const rows = [aaRow({ slug: 'one', name: HOSTILE }), aaRow({ slug: 'two', name: 'Two' })]
  await app.take(recordedPull(rows, { fetchedAt: '2025-03-03T02:00:00.000Z' }))
})

describe('a page', () => {
  it('is HTML that may load only content from its own origin', async () => {
    const response = await app.get('/')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/default-src 'none'.*script-src 'self'; style-src 'self'/)
    expect(policy).not.toContain('unsafe')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('has its version, an ETag and the cache lifetime of content', async () => {
    const response = await app.get('/')
    expect(response.headers.get('x-registry-version')).toMatch(/^v1\./)
    expect(response.headers.get('cache-control')).toBe(
      'public, max-age=60, stale-while-revalidate=600, stale-if-error=604800',
    )
    const etag = response.headers.get('etag') ?? ''
    expect((await app.get('/', { 'if-none-match': etag })).status).toBe(304)
  })

  it('of a named version or a past moment is immutable', async () => {
    for (const query of [`version=${version}`, 'at=2025-03-01']) {
      const response = await app.get(`/?${query}`)
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(response.headers.get('x-registry-version')).toBe(version)
    }
  })

  it('has no inline script, style or handler', async () => {
    const html = await (await app.get('/')).text()
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+="/)
  })

  it('escapes content from sources', async () => {
    const html = await (await app.get('/')).text()
    expect(html).not.toContain('<script>alert')
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  it('ignores parameters of other sites and empty fields of forms', async () => {
    expect((await app.get('/?utm_source=x&at=')).status).toBe(200)
  })
})

describe('a past moment', () => {
  it('is kept by every link within the registry, except the link in the banner', async () => {
    const html = await (await app.get('/?at=2025-03-02')).text()
    const targets = Array.from(html.matchAll(/<a href="(\/[^"]*)"/g), ([, href = '']) => href.replaceAll('&amp;', '&'))
    const models = targets.filter((href) => href.startsWith('/models/'))
    expect(models.length).toBeGreaterThan(0)
    for (const href of models) expect(href).toContain('at=2025-03-02')
    expect(html).toContain('The registry as it was on 2 Mar 2025')
    expect(html).toMatch(/<a class="back" href="\/">Back to now<\/a>/)
  })

  it('that is invalid is a 400 as a page', async () => {
    const response = await app.get('/?at=yesterday')
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('<h1>Invalid request</h1>')
  })
})

describe('a problem', () => {
  it('is a page for a browser and JSON for every other client', async () => {
    const page = await app.get('/nowhere', HTML)
    expect(page.status).toBe(404)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect((await app.get('/nowhere')).headers.get('content-type')).toBe('application/problem+json')
    expect((await app.get('/v1/nowhere', HTML)).headers.get('content-type')).toBe('application/problem+json')
  })

  it('of a wrong method names the methods of pages', async () => {
    const response = await app.send('POST', '/')
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  })

  it('of a registry that cannot be reached is a page', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const broken = testApp(
      {},
      { REGISTRY_DO: { getByName: () => ({ current: async () => Promise.reject(new Error('gone')) }) } },
    )
    const response = await broken.get('/', HTML)
    expect(response.status).toBe(500)
    expect(await response.text()).toContain('<h1>Internal error</h1>')
    vi.restoreAllMocks()
  })

  it('of a private registry shows nothing of it', async () => {
    const response = await testApp({ READ_TOKEN: 'reader-0123456789' }).get('/', HTML)
    expect(response.status).toBe(401)
    expect(await response.text()).not.toContain('Two')
    expect((await testApp({ READ_TOKEN: 'reader-0123456789' }).get('/', BEARER)).status).toBe(200)
  })
})

describe('an asset', () => {
  it('is served immutably under a name with its hash', async () => {
    const html = await (await app.get('/')).text()
    const [, style = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(html) ?? []
    const response = await app.get(style)
    expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  it('of another deployment redirects to the current one', async () => {
    const response = await app.get('/assets/script.0123456789ab.js')
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toMatch(/^\/assets\/script\./)
    expect((await app.get('/assets/index.json')).status).toBe(404)
  })
})

describe('search engines', () => {
  it('get the URLs of all models', async () => {
    const robots = await (await app.get('/robots.txt')).text()
    expect(robots).toContain('Sitemap: https://registry.example/sitemap.xml')
    const sitemap = await (await app.get('/sitemap.xml')).text()
    expect(sitemap).toContain('<loc>https://registry.example/models/acme/two</loc>')
  })
})
