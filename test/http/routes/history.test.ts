import { reset } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { ModelHistory, ProviderHistory, type VersionInfo } from '../../../src/core/schema/history.ts'
import { Model } from '../../../src/core/schema/model.ts'
import { readFieldErrors, readProblem } from '../../support/http/problem-body.ts'
import {
  CORS,
  CURRENT,
  expectExposed,
  expectRevalidates,
  historyApp,
  onDay,
  priced,
  readJson,
  tagOf,
  takeDays,
} from '../../support/http/recorded-answers.ts'
import { aaRow, recordedPull } from '../../support/rows.ts'

const app = historyApp()
let commits: VersionInfo[]

const fast = (price: number, speed: number) =>
  priced(price, { performance: { median_output_tokens_per_second: speed } })
/** Speeds that change every day, a price that changes twice, a day without the model, and some that never change. */
const ODD = ['org/two:free', 'glm-4.5', 'QwQ-32B', 'history', 'a/history', '100%', 'ü'].map((slug) => aaRow({ slug }))

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

const modelHistory = async (path: string) => readJson(await app.get(`/v1/models/${path}`), ModelHistory.strict())
const span = ({ from, to }: { from: VersionInfo; to?: VersionInfo | undefined }) => [from.seq, to?.seq]

describe('GET /v1/models/:provider/:value/history', () => {
  it('lists every revision, newest first, with the commits that began and ended it', async () => {
    const { provider, value, revisions } = await modelHistory('acme/one/history')
    expect([provider, value]).toEqual(['acme', 'one'])
    expect(revisions.map(span)).toEqual([
      [6, undefined],
      [5, 6],
      [4, 5],
      [3, 4],
      [2, 3],
      [1, 2],
    ])
    for (const { from, to } of revisions) {
      expect(from).toEqual(commits[from.seq - 1])
      expect(to).toEqual(to && commits[to.seq - 1])
    }
    expect(revisions[0]?.changes).toEqual([
      { path: 'metrics.outputTokensPerSecond', before: 40, after: 50 },
      { path: 'pricing.blended', before: 2, after: 3 },
      { path: 'pricing.input', before: 2, after: 3 },
      { path: 'pricing.output', before: 2, after: 3 },
      { path: 'speed', before: 1, after: 2 },
    ])
  })

  it('has each revision as in the manifests of its commits, and none while the model was removed', async () => {
    const { revisions } = await modelHistory('acme/one/history')
    for (const { from, model } of revisions) {
      const response = await app.get(`/v1/models/acme/one?at=${from.committedAt}`)
      if (model) expect(model).toEqual(await readJson(response, Model))
      else expect(response.status).toBe(404)
    }
    expect(revisions.filter(({ model }) => !model).map(span)).toEqual([[4, 5]])
  })

  it('lists with only=pricing how the price changed, without the daily changes of speed', async () => {
    const { revisions } = await modelHistory('acme/one/history?only=pricing')
    expect(revisions.map(span)).toEqual([
      [6, undefined],
      [5, 6],
      [4, 5],
      [3, 4],
      [1, 3],
    ])
    expect(revisions.map(({ model }) => model?.pricing?.input)).toEqual([3, 2, undefined, 2, 1])
    expect(revisions[3]?.changes).toEqual(
      ['blended', 'input', 'output'].map((key) => ({ path: `pricing.${key}`, before: 1, after: 2 })),
    )
  })

  it('accepts several groups', async () => {
    const { revisions } = await modelHistory('acme/one/history?only=pricing&only=speed&limit=1')
    expect(revisions[0]?.changes.map(({ path }) => path)).toContain('speed')
    expect((await modelHistory('acme/one/history?only=identity')).revisions.map(span)).toEqual([
      [5, undefined],
      [4, 5],
      [1, 4],
    ])
  })

  it('is limited to the newest', async () => {
    expect((await modelHistory('acme/one/history?limit=2')).revisions.map(span)).toEqual([
      [6, undefined],
      [5, 6],
    ])
  })

  it.each([
    ['org/two:free', 'org/two:free'],
    ['org%2Ftwo%3Afree', 'org/two:free'],
    ['glm-4.5', 'glm-4.5'],
    ['QwQ-32B', 'QwQ-32B'],
    ['100%25', '100%'],
    ['%C3%BC', 'ü'],
    ['history', 'history'],
    ['a/history', 'a/history'],
    ['a%2Fhistory', 'a/history'],
  ])('is found for a model by its path, encoded or not: %s', async (path, value) => {
    const history = await modelHistory(`acme/${path}/history`)
    expect(history).toMatchObject({ provider: 'acme', value, revisions: [{ from: { seq: 1 } }] })
    expect(history.revisions).toHaveLength(1)
  })

  it('does not hide a model called "history"', async () => {
    expect(await readJson(await app.get('/v1/models/acme/history'), Model)).toMatchObject({ value: 'history' })
  })

  it.each(['acme/nothing', 'nowhere/one', 'acme/Ones', 'acme/org', 'acme/one%20'])(
    'finds no model %s',
    async (path) => {
      await readProblem(await app.get(`/v1/models/${path}/history`), 'not-found')
    },
  )

  it.each([
    ['limit=0', 'limit'],
    ['limit=x', 'limit'],
    ['only=price', 'only'],
    ['only=', 'only'],
    ['at=2025-03-01', 'at'],
    ['version=00000000', 'version'],
    ['before=1', 'before'],
  ])('?%s is a bad request', async (query, field) => {
    expect(await readFieldErrors(await app.get(`/v1/models/acme/one/history?${query}`))).toContain(field)
  })
})

describe('GET /v1/providers/:provider/history', () => {
  it('lists the revisions of the provider, each with the facts of that time', async () => {
    const other = historyApp()
    const renamed = (name: string) => [
      aaRow({ slug: 'one', model_creator: { ...(aaRow().model_creator as object), name } }),
    ]
    const days = await takeDays(other, renamed('Acme'), renamed('ACME'), renamed('ACME'))
    expect(days).toHaveLength(2)
    const history = await readJson(await other.get('/v1/providers/acme/history'), ProviderHistory.strict())
    expect(history).toEqual({
      provider: 'acme',
      revisions: [
        {
          ...{ from: days[1], provider: { value: 'acme', name: 'ACME', status: 'active' } },
          changes: [{ path: 'name', before: 'Acme', after: 'ACME' }],
        },
        {
          from: days[0],
          to: days[1],
          provider: { value: 'acme', name: 'Acme', status: 'active' },
          changes: expect.any(Array),
        },
      ],
    })
    await readProblem(await other.get('/v1/providers/nowhere/history'), 'not-found')
    await readProblem(await other.get('/v1/providers/one/history'), 'not-found')
    await expectRevalidates(other, '/v1/providers/acme/history')
  })

  it('refuses a bad query', async () => {
    expect(await readFieldErrors(await app.get('/v1/providers/acme/history?limit=0'))).toEqual(['limit'])
  })
})

describe('caching a history', () => {
  const growing = historyApp()
  beforeAll(async () => {
    commits = await takeDays(growing, [fast(1, 10)], [fast(2, 20)])
  })

  it('lasts a minute, with the ETag of its body', async () => {
    const response = await growing.get('/v1/models/acme/one/history', CORS)
    expect(response.headers.get('cache-control')).toBe(CURRENT)
    expect(response.headers.get('etag')).toBe(await tagOf(response))
    expect(response.headers.get('x-registry-version')).toBe(commits[1]?.version)
    expectExposed(response)
    await expectRevalidates(growing, '/v1/models/acme/one/history')
    await expectRevalidates(growing, '/v1/models/acme/one/history?only=pricing&limit=1')
  })

  it('never hides a 404', async () => {
    await readProblem(await growing.get('/v1/models/acme/no/history', { 'if-none-match': '*' }), 'not-found')
  })

  it('ends with the next commit, even for a model that did not exist before', async () => {
    await readProblem(await growing.get('/v1/models/acme/two/history'), 'not-found')
    const before = (await growing.get('/v1/models/acme/one/history')).headers.get('etag') ?? ''
    await growing.take(recordedPull([fast(3, 20), aaRow({ slug: 'two' })], { fetchedAt: onDay(3) }))
    const after = await growing.get('/v1/models/acme/one/history', { 'if-none-match': before })
    expect(after.status).toBe(200)
    const history = await readJson(await growing.get('/v1/models/acme/two/history'), z.looseObject({}))
    expect(history).toMatchObject({ revisions: [{ from: { seq: 3 } }] })
  })

  it('answers 503 for an empty registry', async () => {
    await reset()
    const empty = historyApp()
    await readProblem(await empty.get('/v1/models/acme/one/history'), 'empty-registry')
    await readProblem(await empty.get('/v1/providers/acme/history'), 'empty-registry')
  })
})
