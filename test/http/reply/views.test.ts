import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Manifest } from '../../../src/core/schema/history.ts'
import type { Model } from '../../../src/core/schema/model.ts'
import type { LoadedVersion } from '../../../src/edge/versions/loaded-version.ts'
import { VERSION_QUERY } from '../../../src/http/request/query.ts'
import { defineRoute } from '../../../src/http/route.ts'
import { answerItem, answerList } from '../../../src/http/versioned.ts'
import { textView } from '../../../src/views/view.ts'
import { readProblem } from '../../support/http/problem-body.ts'
import { type TestApp, testApp } from '../../support/http/registry-app.ts'
import { aaRow, recordedPull } from '../../support/rows.ts'

const APP = 'https://app.example.com'
const PUBLIC = { ALLOWED_ORIGINS: APP }

/** How the test route of each type writes the names of the models. */
const TYPES: Record<string, (names: string[]) => string> = {
  'text/html; charset=utf-8': (names) => `<!doctype html><ul>${names.map((name) => `<li>${name}</li>`).join('')}</ul>`,
  'application/xml': (names) => `<models>${names.map((name) => `<model>${name}</model>`).join('')}</models>`,
  'application/x-ndjson': (names) => names.map((name) => `${JSON.stringify(name)}\n`).join(''),
  'text/plain; charset=utf-8': (names) => names.join('\n'),
}
const CONTENT_TYPES = Object.keys(TYPES)
const NAMES = ['Eins', 'Été']

const pathOf = (contentType: string) => `/test/${contentType.split(/[/;]/)[1]}`

const viewRoutes = Object.entries(TYPES).flatMap(([contentType, write]) => {
  const shared = {
    method: 'GET',
    access: 'reader',
    summary: 'A view',
    query: VERSION_QUERY,
    response: { description: 'Names', contentType },
    failures: [],
  } as const
  const path = pathOf(contentType)
  const view = (models: readonly Model[]) => textView(write(models.map(({ name }) => name)), contentType, models.length)
  const wholeView = ({ bytes }: LoadedVersion) => {
    const { models }: Manifest = JSON.parse(new TextDecoder().decode(bytes))
    return view(models)
  }
  return [
    defineRoute({
      ...shared,
      path,
      handle: (exchange, _params, query) => answerList(exchange, query, path, wholeView),
    }),
    defineRoute({
      ...shared,
      path: `${path}/:provider`,
      handle: (exchange, { provider = '' }, query) =>
        answerItem(
          exchange,
          query,
          `${path}/${provider}`,
          [provider],
          (version) => (version.has(provider) ? view(version.modelsOf(provider)) : undefined),
          () => ({ code: 'not-found', detail: 'Cannot read the provider: no such provider' }),
        ),
    }),
  ]
})

/** A new isolate. */
const isolate = (settings: Record<string, string> = PUBLIC, bindings = {}): TestApp =>
  testApp(settings, bindings, viewRoutes)

/** A new isolate that can read only the pointer and the Cache API. */
function isolateWithoutManifests(settings?: Record<string, string>): TestApp {
  const stub = env.REGISTRY_DO.getByName('registry')
  const manifest = () => Promise.reject(new Error('The object was asked for a manifest'))
  return isolate(settings, {
    REGISTRY_DO: { getByName: () => ({ current: () => stub.current(), manifest }) },
  })
}

/** Not with `text()`, which warns about types that it does not recognize as text. */
const textOf = async (response: Response) => new TextDecoder().decode(await response.arrayBuffer())

async function expectWhole(response: Response, contentType: string): Promise<void> {
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe(contentType)
  expect(response.headers.get('x-total-count')).toBe(String(NAMES.length))
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/)
  expect(await textOf(response)).toBe(TYPES[contentType]?.(NAMES))
}

beforeAll(async () => {
  const rows = NAMES.map((name) => aaRow({ slug: name, name }))
  await testApp().take(recordedPull(rows, { fetchedAt: '2025-03-01T02:00:00.000Z' }))
})

describe.each(CONTENT_TYPES)('a view of %s', (contentType) => {
  const paths = [pathOf(contentType), `${pathOf(contentType)}/acme`]

  it.each(paths)('is the same when built, from memory and from the Cache API: %s', async (path) => {
    const app = isolate()
    const first = await app.get(path, { origin: APP })
    const again = await app.get(path, { origin: APP })
    const elsewhere = await isolateWithoutManifests().get(path, { origin: APP })
    for (const { headers } of [again, elsewhere]) expect([...headers]).toEqual([...first.headers])
    for (const response of [first, again, elsewhere]) await expectWhole(response, contentType)
  })

  it.each(paths)('answers HEAD like GET, without the body: %s', async (path) => {
    const get = await isolate().get(path, { origin: APP })
    for (const app of [isolate(), isolateWithoutManifests()]) {
      const head = await app.send('HEAD', path, { headers: { origin: APP } })
      expect([head.status, await textOf(head)]).toEqual([200, ''])
      expect([...head.headers]).toEqual([...get.headers])
    }
  })

  it.each(paths)('answers 304 to its ETag, and keeps the CORS headers: %s', async (path) => {
    const app = isolate()
    const get = await app.get(path, { origin: APP })
    const etag = get.headers.get('etag') ?? ''
    for (const method of ['GET', 'HEAD'])
      for (const tag of [etag, `W/${etag}`]) {
        const response = await app.send(method, path, { headers: { origin: APP, 'if-none-match': tag } })
        expect([response.status, await textOf(response)]).toEqual([304, ''])
        expect(response.headers.get('content-type')).toBeNull()
        for (const name of ['etag', 'vary', 'cache-control', 'access-control-allow-origin', 'x-registry-version'])
          expect(response.headers.get(name), name).toBe(get.headers.get(name))
      }
  })

  it.each(paths)('does not leave the isolate if reads need a token: %s', async (path) => {
    const closed = { ...PUBLIC, READ_TOKEN: 'reader-0123456789' }
    const headers = { authorization: 'Bearer reader-0123456789' }
    const response = await isolate(closed).get(path, headers)
    expect(response.headers.get('cache-control')).toMatch(/^private/)
    await expectWhole(response, contentType)
    await readProblem(await isolate(closed).get(path), 'unauthorized')
  })

  it('has problems with their own content type', async () => {
    const response = await isolate().get(`${pathOf(contentType)}/nowhere`, { origin: APP })
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('access-control-allow-origin')).toBe(APP)
    await readProblem(response, 'not-found')
    await readProblem(await isolate().get(`${pathOf(contentType)}?version=x`), 'invalid-request')
    await readProblem(await isolate().send('POST', pathOf(contentType)), 'method-not-allowed')
  })
})
