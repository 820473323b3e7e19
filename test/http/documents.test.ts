/** Sends every `curl` in the documents to a registry with the sample. It must return the reply shown below it. */
import { reset } from 'cloudflare:test'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { loadSample } from '../../scripts/sample/load-sample.ts'
import { readSampleDays } from '../../scripts/sample/sample-days.ts'
import { readSample } from '../../scripts/sample/sample-pulls.ts'
import { RegistryClient } from '../../src/cli/shared/registry-client.ts'
import { type CurlCall, curlCallsIn, type ShownReply, shownReplies } from '../support/http/curl-calls.ts'
import { configureObject, ORIGIN, TOKEN, testApp } from '../support/http/registry-app.ts'

/** As text, since workerd has no files. */
const files = import.meta.glob('../../{README.md,docs/*.md,scripts/sample/facts.ndjson}', {
  query: '?raw',
  import: 'default',
})
const texts = await Promise.all(
  Object.entries(files).map(async ([file, load]): Promise<[string, string]> => [file, String(await load())]),
)
const facts = texts.find(([file]) => file.endsWith('facts.ndjson'))?.[1] ?? ''
const pages = texts.filter(([file]) => file.endsWith('.md'))

const SOURCES = {
  AA_TIER: 'off',
  MODELS_DEV_URL: 'https://models.example/api.json',
  EPOCH_URL: 'https://epoch.example/',
}
const OFF = { AA_TIER: undefined, MODELS_DEV_URL: '', EPOCH_URL: '' }
const LOCAL = 'http://localhost:8787'
const app = testApp(SOURCES)

const calls = pages.flatMap(([file, text]) => curlCallsIn(text).map((call) => [file, call.url, call] as const))
const local = calls.filter(([, url]) => url.startsWith(LOCAL))
const replies = pages.flatMap(([file, text]) =>
  shownReplies(text).map((shown) => [file, shown.call.url, shown] as const),
)

beforeAll(async () => {
  await configureObject(SOURCES)
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const { method, url, headers } = new Request(input, init)
    const { body } = init ?? {}
    return app.send(method, url.slice(ORIGIN.length), { headers: Object.fromEntries(headers), ...(body && { body }) })
  })
  await loadSample(new RegistryClient({ url: ORIGIN, token: TOKEN }), readSample(readSampleDays(facts)))
  // Seven commits may take long on a busy machine.
}, 60_000)
afterAll(async () => {
  vi.restoreAllMocks()
  await configureObject(OFF)
  await reset()
})

describe('the curl commands of the documents', () => {
  it('exist', () => {
    expect(local.length).toBeGreaterThanOrEqual(9)
    expect(replies.length).toBeGreaterThanOrEqual(6)
    expect(calls.length).toBeGreaterThanOrEqual(15)
  })

  it.each(local)('%s: %s is answered', async (_file, _url, call) => {
    const response = await send(call)
    expect(response.status).toBe(call.url.includes('gtp-5') ? 404 : 200)
  })

  it.each(replies)('%s: %s returns what is shown', async (_file, _url, { call, reply }: ShownReply) => {
    expect(await (await send(call)).json()).toEqual(JSON.parse(reply))
  })

  it.each(calls)('%s: %s is an existing route', async (_file, url, { method }) => {
    const { pathname } = new URL(url)
    expect(await routesNamed(pathname), pathname).toContain(method.toLowerCase())
  })
})

function send({ method, url, headers, body }: CurlCall): Promise<Response> {
  const sent = Object.entries(headers).map(([name, value]) => [name, value.replace('$ADMIN_TOKEN', TOKEN)])
  return app.send(method, url.slice(LOCAL.length), { headers: Object.fromEntries(sent), ...(body && { body }) })
}

/** The methods of the path in the OpenAPI document that matches an address; the most specific path decides. */
async function routesNamed(pathname: string): Promise<string[]> {
  const { paths }: { paths: Record<string, object> } = await (await app.get('/openapi.json')).json()
  const matching = Object.keys(paths).filter((path) => patternOf(path).test(pathname))
  const exact = matching.sort((a, b) => a.split('{').length - b.split('{').length)[0] ?? ''
  return Object.keys(paths[exact] ?? {})
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('{value}', '.+').replaceAll(/\{\w+\}/g, '[^/]+')}$`)
}
