import { beforeAll, describe, expect, it } from 'vitest'
import { testApp } from '../../support/http/registry-app.ts'
import { aaRow, recordedPull } from '../../support/rows.ts'

const HTML = { accept: 'text/html' }
const HOSTILE = `"><script>alert(1)</script>'&`

const app = testApp()
let first = ''
let second = ''

beforeAll(async () => {
  const before = [
    aaRow({ slug: 'one', name: 'One', pricing: { price_1m_input_tokens: 4, price_1m_output_tokens: 8 } }),
    aaRow({ slug: 'gone', name: 'Gone' }),
  ]
  first = (await app.take(recordedPull(before, { fetchedAt: '2025-03-01T02:00:00.000Z' }))).version ?? ''
  const after = [
    aaRow({ slug: 'one', name: 'One', pricing: { price_1m_input_tokens: 1, price_1m_output_tokens: 8 } }),
    aaRow({ slug: 'new', name: HOSTILE }),
  ]
  const taken = await app.take(recordedPull(after, { fetchedAt: '2025-03-03T02:00:00.000Z' }))
  second = taken.version ?? ''
})

async function textOf(path: string): Promise<string> {
  const response = await app.get(path, HTML)
  expect(response.status).toBe(200)
  return (await response.text())
    .replace(/<span class="cents">/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}

describe('/changes', () => {
  it('shows days newest first, with the prices of labs before and after', async () => {
    const text = await textOf('/changes')
    expect(text.indexOf('3 Mar 2025')).toBeLessThan(text.indexOf('1 Mar 2025'))
    expect(text).toMatch(/One acme Input \$4\.00 \$1\.00 −75 %/)
  })

  it('lists new and removed models, escaped', async () => {
    const html = await (await app.get('/changes', HTML)).text()
    expect(html).not.toContain('<script>alert')
    expect(await textOf('/changes')).toMatch(/New 1 .*Removed 1 Gone/)
  })

  it('of a past moment ends there', async () => {
    expect(await textOf('/changes?at=2025-03-02')).not.toContain('3 Mar 2025, ')
    expect(await textOf('/changes?at=2025-03-02')).not.toContain('−75 %')
  })

  it('compares any two versions or moments', async () => {
    expect(await textOf(`/changes?from=${first}&to=${second}`)).toContain('−75 %')
    expect(await textOf('/changes?from=2025-03-01&to=2025-03-03')).toContain('−75 %')
    expect(await textOf(`/changes?from=${first}&provider=acme`)).toContain('−75 %')
  })

  it('shows an error page for a value that is not a version', async () => {
    const response = await app.get('/changes?from=yesterday', HTML)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })
})

describe('/versions', () => {
  it('lists every commit with links to its pages and its changes', async () => {
    const html = await (await app.get('/versions', HTML)).text()
    expect(html).toContain(`href="/?version=${first}"`)
    expect(html).toContain(`href="/changes?from=${first}&amp;to=${second}"`)
  })

  it('goes back a page at a time', async () => {
    const text = await textOf('/versions?before=2')
    expect(text).toContain(first)
    expect(text).not.toContain('3 Mar 2025, 02:00 UTC v1')
  })
})

describe('/providers', () => {
  it('lists providers, and the models of one', async () => {
    expect(await textOf('/providers')).toMatch(/1 provider with 2 models/)
    expect(await textOf('/providers/acme')).toMatch(/2 models .*One/)
    expect(await textOf('/providers/acme?at=2025-03-01')).toContain('Gone')
  })

  it('suggests the nearest provider for one that does not exist', async () => {
    const response = await app.get('/providers/acmee', HTML)
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('did you mean &quot;acme&quot;')
  })
})

describe('/compare', () => {
  it('shows models side by side and marks what differs', async () => {
    const html = await (await app.get('/compare?m=acme/one&m=acme/new', HTML)).text()
    expect(html).toMatch(/<tr class="differs"><th scope="row">Output price/)
    expect(html).toContain('class="best"')
    expect(html).not.toContain('<script>alert')
  })

  it('reports which ids match no model, and shows the others', async () => {
    const text = await textOf('/compare?m=acme/one&m=acme/oen&m=one')
    expect(text).toContain('did you mean &quot;acme/one&quot;')
    expect(text).toContain('include the provider')
    expect(text).toContain('Input price')
  })

  it('compares at most six models', async () => {
    const query = ['one', 'new', 'a', 'b', 'c', 'd', 'e'].map((value) => `m=acme/${value}`).join('&')
    expect(await textOf(`/compare?${query}`)).toContain('Cannot compare more than 6 models')
  })
})

describe('/status', () => {
  it('starts with a sentence on the state of the registry', async () => {
    const response = await app.get('/status', HTML)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await textOf('/status')).toMatch(/Status (?:All sources were read|[0-9]+ warnings?\.)/)
  })
})
