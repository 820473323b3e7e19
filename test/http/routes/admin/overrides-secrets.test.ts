import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { OVERRIDES } from '../../../support/http/overrides-app.ts'
import { takeDays } from '../../../support/http/recorded-answers.ts'
import { type TestApp, testApp } from '../../../support/http/registry-app.ts'
import { aaRow } from '../../../support/rows.ts'

const ALICE = 'alice-secret-0123456789'
const BOB = 'bob-secret-0123456789'
const API_KEY = 'aa-secret-0123456789'
const SECRETS = [ALICE, BOB, API_KEY]
const METHODS = ['log', 'info', 'debug', 'warn', 'error', 'trace'] as const

let app: TestApp
let logged: string[] = []

beforeEach(async () => {
  await takeDays(testApp(), [aaRow({ slug: 'one' })])
  app = testApp({ ADMIN_TOKEN: `alice:${ALICE},${BOB}`, AA_API_KEY: API_KEY })
  logged = []
  for (const method of METHODS)
    vi.spyOn(console, method).mockImplementation((...args) => {
      logged.push(args.map((arg) => (arg instanceof Error ? `${arg.stack}` : JSON.stringify(arg))).join(' '))
    })
})
afterEach(() => vi.restoreAllMocks())

const ONE = `${OVERRIDES}/models/acme/one`
const good = JSON.stringify({ set: { iq: 5 }, note: 'why' })
const REQUESTS: [string, string, string?][] = [
  ['PUT', ONE, good],
  ['PUT', `${ONE}?dryRun=true`, good],
  ['PUT', ONE, '{"note":'],
  ['PUT', ONE, JSON.stringify({ set: { iq: 6 }, note: 'why' })],
  ['PUT', `${OVERRIDES}/models/azure/one`, JSON.stringify({ set: { name: 'One' }, note: 'why' })],
  ['PUT', `${OVERRIDES}/models/acme/a%00b`, good],
  ['POST', OVERRIDES, JSON.stringify([{ provider: 'acme', hidden: true, note: 'why' }])],
  ['POST', OVERRIDES, '[{}]'],
  ['GET', ONE],
  ['GET', OVERRIDES],
  ['GET', `${OVERRIDES}/history`],
  ['DELETE', ONE],
  ['DELETE', ONE],
  ['GET', '/v1/status'],
]

async function allOutput(token: string): Promise<string> {
  const said: string[] = []
  for (const [method, path, body] of REQUESTS) {
    const headers = { authorization: `Bearer ${token}` }
    const response = await app.send(method, path, { headers, ...(body !== undefined && { body }) })
    said.push(JSON.stringify([...response.headers]), await response.text())
  }
  return said.join('\n')
}

describe('no token or key', () => {
  it.each([ALICE, BOB, 'wrong-secret-0123456789'])('is echoed or logged when the token is %s', async (token) => {
    const said = await allOutput(token)
    for (const secret of [...SECRETS, token]) {
      expect(said).not.toContain(secret)
      expect(logged.join('\n')).not.toContain(secret)
    }
  })

  it('is echoed or logged where it is sent in the query', async () => {
    for (const method of ['PUT', 'DELETE', 'GET']) {
      const response = await app.send(method, `${ONE}?token=${ALICE}`)
      expect(response.status).toBe(400)
      expect(JSON.stringify([...response.headers]) + (await response.text())).not.toContain(ALICE)
    }
    expect(logged.join('\n')).not.toContain(ALICE)
  })

  it('is in a backup', async () => {
    await allOutput(BOB)
    await allOutput(ALICE)
    const backup = await app.get('/v1/admin/export?payloads=true', { authorization: `Bearer ${ALICE}` })
    const text = await backup.text()
    expect(text).toContain('"overrides"')
    for (const secret of SECRETS) expect(text).not.toContain(secret)
  })
})

it('nothing is read or changed without a token', async () => {
  for (const [method, path, body] of REQUESTS.slice(0, -1)) {
    // A new app for each attempt, because many attempts without a token are limited.
    const response = await testApp().send(method, path, body === undefined ? {} : { body })
    expect(response.status, `${method} ${path}`).toBe(401)
  }
  expect(await (await app.get(OVERRIDES, { authorization: `Bearer ${ALICE}` })).json()).toEqual([])
})
