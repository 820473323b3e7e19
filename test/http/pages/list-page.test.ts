import { beforeAll, describe, expect, it } from 'vitest'
import { HOSTILE, listedRegistry } from '../../support/http/listed-registry.ts'
import { testApp } from '../../support/http/registry-app.ts'

let app = testApp()
let second = ''

beforeAll(async () => {
  const registry = await listedRegistry()
  app = registry.app
  second = registry.second
})

async function htmlOf(path: string): Promise<string> {
  const response = await app.get(path)
  expect(response.status, path).toBe(200)
  return response.text()
}

/** The paths of the rows, in order. */
async function rowsOf(path: string): Promise<string[]> {
  const html = await htmlOf(path)
  return Array.from(html.matchAll(/class="name"><input[^>]*><a href="\/models\/([^"?]+)/g), ([, row = '']) => row)
}

describe('/', () => {
  it('has one row for each family, at its own lab, with its offers collapsed below', async () => {
    expect(await rowsOf('/?sort=name')).toEqual([
      'openai/gpt-7',
      'anthropic/claude-haiku-5-20260101',
      'anthropic/claude-sonnet-5',
      'openai/gpt-7-mini',
      'acme/own/model',
    ])
    expect(await htmlOf('/')).toMatch(/<tr class="more">.*href="\/models\/acme\/anthropic\/claude-sonnet-5"/s)
  })

  it.each([
    ['?q=haiku', ['anthropic/claude-haiku-5-20260101']],
    ['?provider=acme&sort=name', ['acme/anthropic/claude-sonnet-5', 'acme/own/model']],
    ['?capability=vision&minContextWindow=200000', ['anthropic/claude-sonnet-5']],
    ['?maxInputPrice=0.5&sort=input', ['openai/gpt-7-mini', 'acme/own/model']],
    ['?firstParty=true&sort=-input&q=claude', ['anthropic/claude-sonnet-5', 'anthropic/claude-haiku-5-20260101']],
    ['?q=&provider=&type=&minContextWindow=&sort=&q2=x', 5],
  ])('answers %s without a script', async (query, expected) => {
    const rows = await rowsOf(`/${query}`)
    expect(typeof expected === 'number' ? rows.length : rows).toEqual(expected)
  })

  it('shows the columns that were chosen', async () => {
    const html = await htmlOf('/?col=maxOutput&col=weights')
    expect(html).toMatch(/<th[^>]*><a[^>]*>Max output<\/a>/)
    expect(html).not.toMatch(/<th[^>]*><a[^>]*>Input<\/a>/)
  })

  it('refuses unknown parameters and values, and names the nearest', async () => {
    const response = await app.get('/?provider=antropic')
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('did you mean &quot;anthropic&quot;?')
    expect((await app.get('/?sort=beauty')).status).toBe(400)
    expect((await app.get('/?page=0')).status).toBe(400)
  })

  it('shows what is new and which prices of labs changed', async () => {
    const html = await htmlOf('/')
    expect(html).toMatch(/First-party prices this week.*Claude Sonnet 5.*−25 %/s)
    expect(html).toMatch(/>Newest</)
  })

  it('keeps filters and the moment in links that sort and page, and in forms', async () => {
    const html = await htmlOf('/?capability=vision&at=2026-03-01')
    const sorted = Array.from(html.matchAll(/<th scope="col"[^>]*><a href="([^"]+)"/g), ([, href = '']) => href)
    expect(sorted.length).toBeGreaterThan(5)
    for (const href of sorted) expect(href).toMatch(/capability=vision.*at=2026-03-01/)
    expect(html.match(/<input type="hidden" name="at" value="2026-03-01"/g)?.length).toBeGreaterThanOrEqual(2)
  })

  it('sends checked models to the comparison', async () => {
    const html = await htmlOf('/')
    expect(html).toContain('<form id="compare" action="/compare"')
    expect(html).toMatch(/<input type="checkbox" name="m" value="anthropic\/claude-sonnet-5" form="compare"/)
  })

  it('escapes names and queries', async () => {
    const html = await htmlOf(`/?q=${encodeURIComponent(HOSTILE)}`)
    expect(html).not.toContain('<script>alert')
    expect(await htmlOf('/')).not.toContain('<script>alert')
  })

  it('serves the same models to its script, immutably', async () => {
    const [, path = ''] = /data-columns="([^"]+)"/.exec(await htmlOf('/')) ?? []
    const response = await app.get(path)
    expect(path).toBe(`/columns/${second}`)
    expect(response.headers.get('cache-control')).toContain('immutable')
    expect((await response.json<{ value: string[] }>()).value).toHaveLength(6)
    expect((await app.get('/columns/v1.000000000000')).status).toBe(404)
  })
})
