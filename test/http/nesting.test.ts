import { reset } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { readFieldErrors } from '../support/http/problem-body.ts'
import { takeDays } from '../support/http/recorded-answers.ts'
import { BEARER, configureObject, type TestApp, testApp } from '../support/http/registry-app.ts'
import { aaRow } from '../support/rows.ts'

let app: TestApp

beforeAll(async () => {
  await reset()
  await configureObject({ MODELS_DEV_URL: 'https://models.dev/api.json' })
  app = testApp()
})

const DEPTHS = [100, 1000, 2000, 4000, 100_000]
const list = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
const object = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

const modeWith = (json: string): string =>
  `{"set":{"pricing":{"input":1,"output":1,"modes":{"fast":{"request":{"body":{"deep":${json}}}}}}},"note":"deep"}`

const at = '2025-03-02T02:00:00Z'
const dayWith = (delta: string) => `{"days":[{"at":"${at}","source":"models.dev","delta":${delta}}]}`

describe('an endlessly nested backfill', () => {
  it.each([
    (json: string) => json,
    (json: string) => `{"days":${json}}`,
    dayWith,
    (json: string) => dayWith(`{"set":{"providers":{"acme":${json}}}}`),
  ])('is refused: %s', async (bodyOf) => {
    for (const json of DEPTHS.flatMap((depth) => [list(depth), object(depth)])) {
      const response = await app.send('POST', '/v1/admin/backfill', { headers: BEARER, body: bodyOf(json) })
      expect(response.status, await response.text()).toBe(400)
    }
  })
})

const modelsDev = (body: string) => JSON.stringify({ source: 'models.dev', fetchedAt: at, body })
const modelWith = (json: string) => `{"acme":{"id":"acme","name":"Acme","models":{"m":{"id":"m","name":"M",${json}}}}}`

describe('an endlessly nested pull', () => {
  beforeAll(() => takeDays(app, [aaRow({ slug: 'one' })]))

  it.each([
    (json: string) => `{"fetchedAt":"${at}","pages":${json}}`,
    (json: string) => `{"fetchedAt":"${at}","pages":[{"data":[${json}]}]}`,
    (json: string) => modelsDev(json),
    (json: string) => modelsDev(`{"acme":${json}}`),
    (json: string) => modelsDev(modelWith(`"cost":${json}`)),
    (json: string) => modelsDev(modelWith(`"experimental":{"modes":{"fast":{"provider":{"body":${json}}}}}`)),
  ])('is refused, or accepted without the nested value: %s', async (bodyOf) => {
    for (const json of DEPTHS.flatMap((depth) => [list(depth), object(depth)])) {
      const response = await app.send('POST', '/v1/admin/pulls', { headers: BEARER, body: bodyOf(json) })
      expect([200, 400, 409], await response.text()).toContain(response.status)
    }
  })
})

describe('an endlessly nested body', () => {
  it.each([
    ['PUT', '/v1/admin/overrides/models/acme/one', modeWith],
    ['PUT', '/v1/admin/overrides/models/acme/one', (json: string) => `{"set":${json},"note":"deep"}`],
    ['POST', '/v1/admin/overrides', (json: string) => `[{"provider":"acme","value":"one",${modeWith(json).slice(1)}]`],
    ['POST', '/v1/admin/overrides', (json: string) => json],
    ['POST', '/v1/admin/rollback', (json: string) => `{"version":${json}}`],
    ['POST', '/v1/cost', (json: string) => `[{"model":"one","usage":${json}}]`],
    ['POST', '/v1/cost', (json: string) => json],
  ])('is refused with that reason: %s %s', async (method, path, bodyOf) => {
    for (const depth of DEPTHS)
      for (const json of [list(depth), object(depth)]) {
        const response = await app.send(method, path, { headers: BEARER, body: bodyOf(json) })
        const text = await response.clone().text()
        expect(response.status, `${depth}: ${text}`).toBe(400)
        expect(await readFieldErrors(response)).toEqual(['body'])
        expect(text).toContain('nested more than 32 levels deep')
      }
  })
})
