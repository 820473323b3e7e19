import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { VersionInfo } from '../../../../src/core/schema/history.ts'
import { PricePeriod } from '../../../../src/core/schema/price-period.ts'
import { readFieldErrors, readProblem } from '../../../support/http/problem-body.ts'
import {
  admin,
  CORS,
  CURRENT,
  expectExposed,
  expectRevalidates,
  hexOf,
  historyApp,
  IMMUTABLE,
  onDay,
  priced,
  readJson,
  tagOf,
  takeDays,
} from '../../../support/http/recorded-answers.ts'
import { aaRow } from '../../../support/rows.ts'

const app = historyApp()
let commits: VersionInfo[]

const fast = (price: number, speed: number) =>
  priced(price, { performance: { median_output_tokens_per_second: speed } })
const ODD = ['glm-4.5', 'prices', 'a/prices', 'unpriced'].map((slug) => aaRow({ slug }))

/** A speed that changes every day, a price that changes twice, and a day without the model. */
beforeAll(async () => {
  commits = await takeDays(
    app,
    [fast(1, 10), ...ODD],
    [fast(1, 20), ...ODD],
    [fast(2, 30), ...ODD],
    ODD,
    [fast(2, 40), ...ODD],
    [fast(3, 50), ...ODD],
  )
})

const Periods = z.array(PricePeriod.strict())
const pricesOf = async (path: string) => readJson(await app.get(`/v1/models/${path}`), Periods)
const flat = (price: number) => ({ input: price, output: price, blended: price })
const observed = (from: number, until: number | undefined, price?: number) => ({
  from: onDay(from),
  ...(until !== undefined && { until: onDay(until) }),
  ...(price !== undefined && { pricing: flat(price) }),
  basis: 'observed',
})

describe('GET /v1/models/:provider/:value/prices', () => {
  it('has a period for each price, oldest first, and none while the model was removed', async () => {
    expect(await pricesOf('acme/one/prices')).toEqual([
      observed(1, 3, 1),
      observed(3, 4, 2),
      observed(4, 5),
      observed(5, 6, 2),
      observed(6, undefined, 3),
    ])
  })

  it('can be read as of a version, which means its first commit, or of a moment', async () => {
    const wanted = [observed(1, 3, 1), observed(3, undefined, 2)]
    const [, , third] = commits
    expect(await pricesOf(`acme/one/prices?version=${third?.version}`)).toEqual(wanted)
    expect(await pricesOf(`acme/one/prices?version=${third && hexOf(third)}`)).toEqual(wanted)
    expect(await pricesOf('acme/one/prices?at=2025-03-03')).toEqual(wanted)
    expect(await pricesOf('acme/one/prices?at=2025-03-01T03:00:00Z')).toEqual([observed(1, undefined, 1)])
  })

  it('is found by another id, with its canonical URL', async () => {
    const response = await app.get('/v1/models/acme/GLM-4-5/prices?at=2025-03-03')
    expect(response.headers.get('content-location')).toBe('/v1/models/acme/glm-4.5/prices?at=2025-03-03')
    expect((await readJson(response, Periods))[0]).toMatchObject({ pricing: { input: 1, output: 5, blended: 2 } })
  })

  it.each(['acme/prices/prices', 'acme/a%2Fprices/prices', 'acme/a/prices/prices'])('reads %s', async (path) => {
    expect(await pricesOf(path)).toHaveLength(1)
  })

  it('names the nearest model if the model never existed', async () => {
    const problem = await readProblem(await app.get('/v1/models/acme/oen/prices'), 'not-found')
    expect(problem.detail).toContain('did you mean "acme/one"')
    expect((await app.get('/v1/models/acme/one/prices?at=2020-01-01')).status).toBe(404)
    const both = await app.get(`/v1/models/acme/one/prices?at=2025-03-03&version=${commits[0]?.version}`)
    expect(await readFieldErrors(both)).toEqual(['at'])
  })

  it('has an ETag, and is cached forever if the moment is named', async () => {
    const response = await app.get('/v1/models/acme/one/prices', CORS)
    expectExposed(response)
    expect(response.headers.get('cache-control')).toBe(CURRENT)
    expect(response.headers.get('x-registry-version')).toBe(commits.at(-1)?.version)
    expect(response.headers.get('etag')).toBe(await tagOf(response))
    await expectRevalidates(app, '/v1/models/acme/one/prices')
    for (const query of [`version=${commits[0]?.version}`, `at=${onDay(2)}`])
      expect((await app.get(`/v1/models/acme/one/prices?${query}`)).headers.get('cache-control')).toBe(IMMUTABLE)
    expect((await app.get('/v1/models/acme/one/prices?at=2999-01-01')).headers.get('cache-control')).toBe(CURRENT)
  })
})

describe('GET /v1/models/:provider/:value/prices of a version that is current again', () => {
  it('are as of its first commit, while the current prices include the rest', async () => {
    const version = commits[0]?.version ?? ''
    await admin(app, 'POST', '/v1/admin/rollback', { version, reason: 'a test' })
    expect(await pricesOf(`acme/one/prices?version=${version}`)).toEqual([observed(1, undefined, 1)])
    expect((await pricesOf('acme/one/prices')).map(({ pricing }) => pricing?.input)).toEqual([1, 2, undefined, 2, 3, 1])
  })
})
