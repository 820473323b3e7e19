/** Whatever responds instead of the registry, every call resolves to either data or an error, never both or neither. */
import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Registry, RegistryError, type Reply } from '../../../src/client/index.ts'
import { sendJson, sendProblem, sendText } from '../../support/client/fake-registry.ts'
import { startBoth } from '../../support/client/fixture.ts'

const CALLS: Record<string, (registry: Registry) => Promise<Reply<unknown>>> = {
  getManifest: (registry) => registry.getManifest({ forceRefresh: true }),
  getModel: (registry) => registry.getModel('acme', 'acme-one', { forceRefresh: true }),
  searchModels: (registry) => registry.searchModels({ minIq: 3 }, { forceRefresh: true }),
  getVersion: (registry) => registry.getVersion({ forceRefresh: true }),
  checkForUpdates: (registry) => registry.checkForUpdates(),
  getVersions: (registry) => registry.getVersions(),
  getDiff: (registry) => registry.getDiff('2026-01-01'),
  getModelHistory: (registry) => registry.getModelHistory('acme', 'acme-one'),
  at: (registry) => registry.at('2026-01-01').getModels(),
}

const withHead = (status: number, headers: Record<string, string> = {}, body: string | Buffer = '') => {
  return (response: ServerResponse) => void response.writeHead(status, headers).end(body)
}

const ANSWERS: [string, (response: ServerResponse) => unknown][] = [
  ['no answer', (response) => response.destroy()],
  ['part of a body, then silence', (response) => response.writeHead(200).write('{"models":')],
  ['a body that is not compressed as declared', withHead(200, { 'content-encoding': 'gzip' }, 'not gzip')],
  [
    'a compressed body that is truncated',
    withHead(200, { 'content-encoding': 'gzip' }, gzipSync('[]').subarray(0, 12)),
  ],
  ['an HTML page', (response) => sendText(response, '<html>', 'text/html')],
  ['204 without a body', withHead(204)],
  ['an unsolicited 304', withHead(304)],
  ['a redirect to itself', withHead(302, { location: '' })],
  ['a redirect to nowhere', withHead(302)],
  ['null', (response) => sendJson(response, null)],
  ['a number', (response) => sendJson(response, 5)],
  ['a text', (response) => sendJson(response, 'text')],
  ['a list of null', (response) => sendJson(response, [null])],
  ['an empty object', (response) => sendJson(response, {})],
  ['invalid parts', (response) => sendJson(response, { models: 1, providers: 1, revisions: 1, attribution: 1 })],
  ['a refusal that is a list', withHead(400, {}, '[]')],
  ['a refusal of another kind', withHead(400, {}, '{"code":7,"detail":[{}],"status":"no"}')],
  ['a refusal of the token', (response) => sendProblem(response, 401, 'unauthorized', 'a token is needed')],
  ['an empty registry', (response) => sendProblem(response, 503, 'empty-registry', 'empty', { 'retry-after': '30' })],
  ['an invalid Retry-After', withHead(429, { 'retry-after': 'Fri, 31 Feb 2099' })],
  ['an infinite Retry-After', withHead(429, { 'retry-after': 'Infinity' })],
]

describe.each(ANSWERS)('a registry that answers %s', (_, answer) => {
  it.each([
    ['no manifest', false],
    ['a manifest', true],
  ])('returns data or an error from each call, with %s', async (_, isFilled) => {
    const { fake, registry } = await startBoth({ timeout: 100 })
    if (isFilled) await registry.getModels()
    fake.misbehave = (_path, response) => {
      answer(response)
      return true
    }
    for (const [name, call] of Object.entries(CALLS)) {
      const { data, error, cached, stale } = await call(registry)
      expect([name, data === undefined]).toEqual([name, error !== undefined])
      expect(data).not.toBeNull()
      if (!error) continue
      expect(error).toBeInstanceOf(RegistryError)
      expect(error.message).toMatch(/^Cannot (get|read) .+: (?!.*\[object)/)
      expect({ cached, stale }).toEqual({ cached: false, stale: false })
    }
  })
})
