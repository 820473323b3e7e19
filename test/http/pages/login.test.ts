import { beforeAll, describe, expect, it } from 'vitest'
import { testApp } from '../../support/http/registry-app.ts'
import { aaRow, recordedPull } from '../../support/rows.ts'

const TOKEN = 'reader-0123456789'
const HTML = { accept: 'text/html' }
const ORIGIN = 'https://registry.example'

const app = testApp({ READ_TOKEN: TOKEN })

beforeAll(async () => {
  await testApp().take(recordedPull([aaRow({ slug: 'one', name: 'One' })]))
})

function logIn(form: Record<string, string>, headers: Record<string, string> = { origin: ORIGIN }): Promise<Response> {
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  return app.send('POST', '/login', {
    headers: { ...HTML, ...type, ...headers },
    body: String(new URLSearchParams(form)),
  })
}

function sessionOf(response: Response): string {
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

describe('a private registry', () => {
  it('answers a page with a form that returns to it, as 401', async () => {
    const response = await app.get('/versions?before=3', HTML)
    expect(response.status).toBe(401)
    const html = await response.text()
    expect(html).toContain('<form method="post" action="/login"')
    expect(html).toContain('name="next" value="/versions?before=3"')
  })

  it('answers the API page with the form too, and programs with a problem', async () => {
    const response = await app.get('/docs', HTML)
    expect(response.status).toBe(401)
    expect(await response.text()).toContain('name="next" value="/docs"')
    expect((await app.get('/docs')).headers.get('content-type')).toBe('application/problem+json')
    const cookie = sessionOf(await logIn({ token: TOKEN, next: '/docs' }))
    expect((await app.get('/docs', { ...HTML, cookie })).status).toBe(200)
    expect((await app.get('/openapi.json', { cookie })).status).toBe(200)
    expect((await app.get('/v1/admin/pulls', { cookie })).status).toBe(401)
  })

  it('grants pages and reads to a session started with a valid token', async () => {
    const response = await logIn({ token: TOKEN, next: '/versions?before=3' })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/versions?before=3')
    const cookie = sessionOf(response)
    expect((await app.get('/versions', { ...HTML, cookie })).status).toBe(200)
    expect((await app.get('/v1/version', { cookie })).status).toBe(200)
  })

  it('hides the session from scripts, other sites and plain connections, and does not store the token in it', async () => {
    const cookie = (await logIn({ token: TOKEN })).headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^__Host-llm-session=.*; Path=\/; Max-Age=2592000; HttpOnly; Secure; SameSite=Strict$/)
    expect(cookie).not.toContain(TOKEN)
  })

  it('refuses a wrong token, with the form again', async () => {
    const response = await logIn({ token: 'wrong-0123456789' })
    expect(response.status).toBe(401)
    expect(response.headers.get('set-cookie')).toBeNull()
    const html = await response.text()
    expect(html).toContain('Wrong token')
    expect(html).not.toContain('wrong-0123456789')
  })

  it('refuses sessions that are altered, expired or for another token', async () => {
    const cookie = sessionOf(await logIn({ token: TOKEN }))
    const [name = '', value = ''] = cookie.split('=')
    const [expires = '', signature = ''] = value.split('.')
    const later = `${name}=${Number(expires) + 1}.${signature}`
    const other = testApp({ READ_TOKEN: 'another-0123456789' })
    expect((await app.get('/', { ...HTML, cookie: later })).status).toBe(401)
    expect((await app.get('/', { ...HTML, cookie: `${name}=1.${signature}` })).status).toBe(401)
    expect((await app.get('/', { ...HTML, cookie: `${name}=${expires}.${'0'.repeat(64)}` })).status).toBe(401)
    expect((await other.get('/', { ...HTML, cookie })).status).toBe(401)
  })

  it('does not let a session administer', async () => {
    const admin = testApp({ READ_TOKEN: TOKEN })
    const cookie = sessionOf(await logIn({ token: TOKEN }))
    expect((await admin.send('POST', '/v1/admin/refresh', { headers: { cookie } })).status).toBe(401)
  })

  it('accepts no form from another site, and redirects to none', async () => {
    expect((await logIn({ token: TOKEN }, { origin: 'https://evil.example' })).status).toBe(400)
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])
      expect((await logIn({ token: TOKEN, next })).headers.get('location')).toBe('/')
    for (const next of ['/.//evil.example', `${ORIGIN}//evil.example`, '/x/..//evil.example', '/.///evil.example'])
      expect((await logIn({ token: TOKEN, next })).headers.get('location'), next).toBe('/evil.example')
  })

  it('accepts no form of more than 16 kB', async () => {
    expect((await logIn({ token: 'x'.repeat(20_000) })).status).toBe(413)
  })

  it('ends a session and clears what the browser stored', async () => {
    const response = await app.send('POST', '/logout', { headers: { ...HTML, origin: ORIGIN } })
    expect(response.status).toBe(303)
    expect(response.headers.get('set-cookie')).toMatch(/^__Host-llm-session=; Path=\/; Max-Age=0;/)
    expect(response.headers.get('clear-site-data')).toBe('"cache"')
  })
})
