import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readOperations } from '../support/fuzz/operations.ts'
import { onDay, takeDays } from '../support/http/recorded-answers.ts'
import { configureObject, type TestApp, testApp } from '../support/http/registry-app.ts'
import { aaPages, aaRow, recordedPull } from '../support/rows.ts'

/** Each is recognized by its last characters, wherever a part of it appears. */
const SECRETS = {
  AA_API_KEY: 'planted-key-of-artificial-analysis-yx1fyx1f',
  ADMIN_TOKEN: 'alice:planted-token-of-alice-wv2dwv2d,planted-token-of-bob-ut4but4b',
  READ_TOKEN: 'web:planted-token-of-web-sr69sr69',
}
const ALICE = { authorization: 'Bearer planted-token-of-alice-wv2dwv2d' }
const GUESS = { authorization: 'Bearer planted-guess-of-mallory-qp87qp87' }
const PLANTED = /planted-[\w-]*|yx1fyx1f|wv2dwv2d|ut4but4b|sr69sr69|qp87qp87/
const SETTINGS = [...Object.keys(SECRETS), 'AA_TIER', 'AA_BASE_URL', 'ALLOWED_ORIGINS', 'IQ_THRESHOLDS']
const CONSOLE = ['log', 'info', 'debug', 'warn', 'error', 'trace'] as const

let app: TestApp
/** Everything that was sent or logged: responses with their headers, and the log. */
let said: string[]
/** The paths of everything that can be read. */
let paths: string[]

beforeEach(async () => {
  const open = testApp()
  await takeDays(open, [aaRow()])
  paths = (await readOperations(open)).flatMap(({ method, path }) => (method === 'GET' ? [path] : []))
  await configureObject(SECRETS)
  app = testApp(SECRETS)
  said = []
  for (const method of CONSOLE)
    vi.spyOn(console, method).mockImplementation((...args) => {
      said.push(args.map((arg) => (arg instanceof Error ? `${arg.stack} ${arg.cause}` : JSON.stringify(arg))).join(' '))
    })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await reset()
  await configureObject(Object.fromEntries(SETTINGS.map((name) => [name, undefined])))
})

async function send(method: string, path: string, headers: Record<string, string>, body?: string): Promise<number> {
  const response = await app.send(method, path, { headers, ...(body !== undefined && { body }) })
  const text = new TextDecoder().decode(await response.arrayBuffer())
  said.push(JSON.stringify([...response.headers]), text)
  return response.status
}

function expectNoSecret(): void {
  expect(said.length).toBeGreaterThan(0)
  for (const text of said) expect(PLANTED.exec(text)?.[0]).toBeUndefined()
}

const keyIn = (init: RequestInit | undefined): string => new Headers(init?.headers).get('x-api-key') ?? ''

/** What Artificial Analysis may do with a key that it receives. */
const SOURCES: [string, (init: RequestInit | undefined) => Promise<Response>][] = [
  ['refuses it', async (init) => new Response(keyIn(init), { status: 401, statusText: 'No' })],
  ['refuses the tier', async () => new Response('', { status: 403 })],
  ['is gone', async () => new Response('', { status: 410 })],
  ['is over its quota', async () => new Response('', { status: 429, headers: { 'retry-after': '9' } })],
  ['fails', async (init) => new Response(`<p>${keyIn(init)}</p>`, { status: 500 })],
  ['redirects with it', async (init) => Response.redirect(`https://elsewhere.example/?key=${keyIn(init)}`)],
  ['answers with text', async (init) => new Response(`hello ${keyIn(init)}`)],
  ['names it in a wrong row', async (init) => Response.json(aaPages([aaRow({ release_date: keyIn(init) })])[0])],
  ['names it as the tier', async (init) => Response.json(aaPages([aaRow()], { tier: keyIn(init) })[0])],
  ['calls a model by it', async (init) => Response.json(aaPages([aaRow({ slug: keyIn(init) }), aaRow()])[0])],
  ['echoes it', async (init) => Response.json({ ...aaPages([aaRow({ note: keyIn(init) })])[0], key: keyIn(init) })],
  ['breaks off', async (init) => Promise.reject(new TypeError(`fetch failed: ${keyIn(init)}`, { cause: keyIn(init) }))],
]

/** Reads everything that contains the past, including the backup. */
async function readAll(): Promise<void> {
  for (const path of paths) await send('GET', path.replace('{id}', '2').replace(/\{\w+\}/g, 'acme'), ALICE)
  await send('GET', '/v1/diff?from=2000-01-01', ALICE)
  expect(await send('GET', '/v1/manifest', ALICE)).toBe(200)
  expect(await send('GET', '/v1/status', ALICE)).toBe(200)
  expect(await send('GET', '/v1/admin/pulls/2', ALICE)).toBe(200)
  expect(await send('GET', '/v1/admin/export?payloads=true', ALICE)).toBe(200)
  expect(said.at(-1)).toContain('"table":"pulls"')
}

describe('no secret is revealed', () => {
  it.each(SOURCES)('when Artificial Analysis %s', async (_what, answer) => {
    const fetch = vi.spyOn(globalThis, 'fetch').mockImplementation(async (_input, init) => answer(init))
    await send('POST', '/v1/admin/refresh?force=true', ALICE)
    expect(keyIn(fetch.mock.calls[0]?.[1])).toBe(SECRETS.AA_API_KEY)
    await readAll()
    expectNoSecret()
  })

  it('when a token is wrong, misplaced or sent as anything else', async () => {
    const secret = 'planted-token-of-bob-ut4but4b'
    for (const headers of [GUESS, { authorization: `Basic ${secret}` }, { authorization: secret }, { cookie: secret }])
      for (const path of ['/v1/manifest', '/v1/admin/overrides', '/v1/nowhere', '/docs'])
        expect([401, 429]).toContain(await send('GET', path, headers))
    for (const path of ['/v1/admin/overrides', '/v1/admin/refresh', '/v1/admin/nowhere'])
      expect([400, 401]).toContain(await send('GET', `${path}?token=${secret}&key=${secret}`, {}))
    await send('PUT', '/v1/manifest', { ...GUESS, origin: 'https://example.com' })
    await send('OPTIONS', '/v1/manifest', GUESS)
    expectNoSecret()
  })

  it('when a request of an administrator is refused', async () => {
    const requests: [string, string, string?][] = [
      ['PUT', '/v1/admin/overrides/models/acme/one', '{"note"'],
      ['PUT', '/v1/admin/overrides/models/acme/one', '{"set":{"iq":9},"note":"x"}'],
      ['POST', '/v1/admin/overrides', '[{}]'],
      ['POST', '/v1/admin/pulls', JSON.stringify(recordedPull([aaRow({ slug: '' })]))],
      ['POST', '/v1/admin/pulls', JSON.stringify(recordedPull([aaRow({ slug: 'new' })], { fetchedAt: onDay(1) }))],
      ['POST', '/v1/admin/rollback', '{"version":"v1.000000000000","reason":"x"}'],
      ['POST', '/v1/admin/import?part=1', 'x\n'],
      ['POST', '/v1/admin/pulls/9/accept'],
      ['DELETE', '/v1/admin/import'],
      ['PATCH', '/v1/admin/export'],
    ]
    for (const [method, path, body] of requests) expect(await send(method, path, ALICE, body)).toBeGreaterThan(399)
    expectNoSecret()
  })

  it('when the registry fails with an internal error that contains all its bindings', async () => {
    const broken = { getByName: () => ({ status: () => Promise.reject(new Error('the object is lost')) }) }
    app = testApp(SECRETS, { REGISTRY_DO: broken })
    expect(await send('GET', '/v1/status', ALICE)).toBe(500)
    expect(said.join('\n')).toContain('the object is lost')
    expectNoSecret()
  })

  it('when settings are bad', async () => {
    const bad = {
      AA_API_KEY: SECRETS.AA_API_KEY,
      AA_TIER: 'planted-tier',
      AA_BASE_URL: 'https://user:planted-password@aa.example',
      ADMIN_TOKEN: `${SECRETS.ADMIN_TOKEN},planted`,
      READ_TOKEN: 'planted sr69sr69 token with spaces',
      ALLOWED_ORIGINS: 'planted-origin',
      IQ_THRESHOLDS: 'planted-thresholds',
    }
    await configureObject(bad)
    const stub = env.REGISTRY_DO.getByName('registry')
    said.push(JSON.stringify(await stub.status()))
    app = testApp(bad)
    for (const path of ['/v1/status', '/v1/manifest', '/v1/admin/overrides'])
      expect(await send('GET', path, ALICE)).toBe(503)
    for (const name of ['AA_TIER', 'AA_BASE_URL', 'ADMIN_TOKEN', 'READ_TOKEN']) expect(said.join('\n')).toContain(name)
    expectNoSecret()
  })
})
