import { reset } from 'cloudflare:test'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { Memory } from '../../src/edge/memory.ts'
import { tagView } from '../../src/edge/tagged-view.ts'
import { unpackPayload } from '../../src/registry/store/payload.ts'
import { jsonView } from '../../src/views/json-view.ts'
import { type Operation, readOperations } from '../support/fuzz/operations.ts'
import { readFieldErrors, readProblem } from '../support/http/problem-body.ts'
import { takeDays } from '../support/http/recorded-answers.ts'
import { BEARER, type TestApp, testApp } from '../support/http/registry-app.ts'
import { aaRow } from '../support/rows.ts'

let app: TestApp
let operations: Operation[]

beforeAll(async () => {
  await reset()
  app = testApp()
  await takeDays(app, [aaRow({ slug: 'one' })])
  operations = await readOperations(app)
})

describe('a query', () => {
  const providers = (count: number): string => Array.from({ length: count }, () => 'provider=acme').join('&')

  it('may name many providers', async () => {
    expect((await app.get(`/v1/models?${providers(200)}`)).status).toBe(200)
  })

  it('is refused with a short error if it has more than 200 parameters, known or not', async () => {
    for (const query of [providers(201), 'a=1&'.repeat(1000), `x${'&x'.repeat(4000)}`]) {
      const response = await app.get(`/v1/models?${query}`)
      expect(await readFieldErrors(response.clone())).toEqual(['query'])
      expect((await response.text()).length).toBeLessThan(500)
    }
  })

  it('is refused if the URL has more than 8192 characters, like a path', async () => {
    const longest = `https://registry.example/v1/models?name=`
    const fits = `/v1/models?name=${'x'.repeat(8192 - longest.length)}`
    expect((await app.get(fits)).status).toBe(200)
    expect(await readFieldErrors(await app.get(`${fits}x`))).toEqual(['url'])
    expect(await readFieldErrors(await app.get(`/v1/models/acme/${'x'.repeat(9000)}`))).toEqual(['url'])
  })
})

describe('headers', () => {
  // All headers together may take 128 KB.
  it.each(['authorization', 'if-none-match', 'origin', 'accept', 'cookie', 'x-anything'])(
    'of 100 KB are accepted: %s',
    async (name) => {
      for (const value of ['x'.repeat(100_000), '"x",'.repeat(25_000), `Bearer ${' '.repeat(90_000)}x y`]) {
        expect((await app.get('/v1/manifest', { [name]: value.trim() })).status).toBe(200)
        const read = { ...BEARER, [name]: value.trim() }
        expect((await app.get('/v1/admin/overrides', read)).status).toBe(name === 'authorization' ? 401 : 200)
      }
    },
  )
})

describe('a body', () => {
  const MEGABYTES: Record<string, number> = { '/v1/admin/pulls': 24, '/v1/admin/import': 16, '/v1/admin/backfill': 8 }
  const bytesOf = ({ path }: Operation): number => (MEGABYTES[path] ?? 1) * 1_000_000

  /** Sends a body in pieces, so that no length is declared, and counts how much is read. */
  async function send({ method, path }: Operation, bytes: number): Promise<{ response: Response; taken: number }> {
    const piece = new Uint8Array(100_000).fill(0x20)
    let taken = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (taken >= bytes) return controller.close()
        taken += piece.length
        controller.enqueue(piece)
      },
    })
    const url = path.replace(/\{\w+\}/g, 'acme') + (path.endsWith('/import') ? '?part=1' : '')
    return { response: await app.send(method, url, { headers: BEARER, body }), taken }
  }

  it('is read up to the limit of its route, and no further', async () => {
    const taking = operations.filter(({ body }) => body !== undefined)
    expect(taking.length).toBeGreaterThanOrEqual(6)
    for (const operation of taking) {
      expect(operation.statuses, operation.path).toContain(413)
      const { response, taken } = await send(operation, 10 * bytesOf(operation))
      await readProblem(response, 'too-large')
      expect(taken, operation.path).toBeLessThan(bytesOf(operation) + 1_000_000)
      // White space up to the limit is refused because it is not JSON, the registry is not empty, or a source is off.
      const blank = await send(operation, bytesOf(operation))
      expect([400, 409, 503], operation.path).toContain(blank.response.status)
    }
  })

  it('is not read if none is expected', async () => {
    for (const operation of operations.filter(({ method, body }) => method !== 'GET' && body === undefined)) {
      const { taken } = await send(operation, 50_000_000)
      expect(taken, operation.path).toBeLessThan(1_000_000)
    }
  })

  it('is quoted without unpaired surrogates, which JSON can escape', async () => {
    const body = '{"\\ud800":1,"version":"x","reason":"x"}'
    const response = await app.send('POST', '/v1/admin/rollback', { headers: BEARER, body })
    const { detail, errors } = await readProblem(response, 'invalid-request')
    expect(detail.isWellFormed()).toBe(true)
    expect(JSON.stringify(errors)).not.toContain('\\ud800')
  })

  it('with thousands of errors has only the first few reported', async () => {
    const path = '/v1/admin/overrides/models/acme/one'
    const unset = Array.from({ length: 300_000 }, () => '')
    const bodies = [
      { unset, note: 'x' },
      { set: Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`unknown ${index}`, 1])), note: 'x' },
    ]
    for (const body of bodies) {
      const response = await app.send('PUT', path, { headers: BEARER, body: JSON.stringify(body) })
      await readProblem(response.clone(), 'invalid-request')
      expect((await response.text()).length).toBeLessThan(50_000)
    }
    const list = JSON.stringify(Array.from({ length: 1000 }, () => ({ provider: 1 })))
    const response = await app.send('POST', '/v1/admin/overrides', { headers: BEARER, body: list })
    await readProblem(response.clone(), 'invalid-request')
    expect((await response.text()).length).toBeLessThan(50_000)
  })
})

describe('a payload in a backup', () => {
  const padded = (bytes: number): Uint8Array =>
    gzipSync(JSON.stringify({ fetchedAt: '', pages: [] }).padEnd(bytes, ' '))

  it('may not decompress to more than a pull can be', () => {
    expect(padded(50_000_000).length).toBeLessThan(100_000)
    expect(unpackPayload(padded(30_000_000))).toBeDefined()
    expect(unpackPayload(padded(50_000_000))).toBeUndefined()
  })
})

describe('the memory of an isolate', () => {
  it('counts the keys, which readers choose, in addition to the views', async () => {
    const memory = new Memory()
    const name = 'x'.repeat(8000)
    for (let count = 0; count < 3000; count++) memory.keepView(`${count}${name}`, tagView(jsonView([])))
    const kept = Array.from({ length: 3000 }, (_, count) => memory.views.get(`${count}${name}`)).filter(Boolean)
    expect(kept.length).toBeGreaterThan(500)
    expect(kept.length).toBeLessThan(1100)
  })

  it('counts the overhead of each entry', () => {
    const memory = new Memory()
    for (let count = 0; count < 60_000; count++) memory.keepView(`${count}`, tagView(jsonView([])))
    expect(memory.views.get('0')).toBeUndefined()
    expect(memory.views.get('59999')).toBeDefined()
  })
})
