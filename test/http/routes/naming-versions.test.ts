import { reset } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Manifest } from '../../../src/core/schema/history.ts'
import { independentCanonical, sha256 } from '../../support/core/naive/independent-canonical.ts'
import { readFieldErrors, readProblem } from '../../support/http/problem-body.ts'
import { testApp } from '../../support/http/registry-app.ts'
import { aaRow, recordedPull } from '../../support/rows.ts'

const ROUTES = [
  '/v1/manifest',
  '/v1/version',
  '/v1/providers',
  '/v1/providers/acme',
  '/v1/providers/acme/models',
  '/v1/models',
  '/v1/models/search',
  '/v1/models/acme/one',
]

const priced = (price: number, fetchedAt: string) =>
  recordedPull([aaRow({ slug: 'one', pricing: { price_1m_input_tokens: price } })], { fetchedAt })

type Committed = Pick<Manifest, 'version' | 'etag'>
let app = testApp()
/** Committed 2025-03-01T02:00Z, 2025-03-02T02:00Z and in the last millisecond of 2025-03-03. */
let commits: { a: Committed; b: Committed; c: Committed }

async function commit(price: number, fetchedAt: string): Promise<Committed> {
  await app.take(priced(price, fetchedAt))
  return Manifest.parse(await (await app.get('/v1/manifest')).json())
}

async function commitThree(): Promise<void> {
  await reset()
  app = testApp()
  commits = {
    a: await commit(1, '2025-03-01T02:00:00.000Z'),
    b: await commit(2, '2025-03-02T02:00:00.000Z'),
    c: await commit(3, '2025-03-03T23:59:59.999Z'),
  }
}

const versionOf = async (query: string): Promise<string | null> => {
  const response = await app.get(`/v1/manifest?${query}`)
  expect(response.status, await response.clone().text()).toBe(200)
  return response.headers.get('x-registry-version')
}

describe('?version=', () => {
  beforeAll(commitThree)

  it.each<[string, (commit: Committed) => string]>([
    ['"v1." and 12 hex digits', ({ version }) => version],
    ["the etag's 32 hex digits", ({ etag }) => etag.slice(1, -1)],
    ["the etag's 32 hex digits in encoded quotes", ({ etag }) => encodeURIComponent(etag)],
    ["the etag's 32 hex digits in quotes as they are", ({ etag }) => etag],
    ['8 hex digits', ({ etag }) => etag.slice(1, 9)],
    ['9 hex digits', ({ etag }) => etag.slice(1, 10)],
    ['12 hex digits', ({ etag }) => etag.slice(1, 13)],
    ['31 hex digits', ({ etag }) => etag.slice(1, 32)],
  ])('accepts %s, for past and current versions', async (_form, nameOf) => {
    expect(await versionOf(`version=${nameOf(commits.a)}`)).toBe(commits.a.version)
    expect(await versionOf(`version=${nameOf(commits.b)}`)).toBe(commits.b.version)
    expect(await versionOf(`version=${nameOf(commits.c)}`)).toBe(commits.c.version)
  })

  it.each(['v1.000000000000', '0'.repeat(32), `%22${'0'.repeat(32)}%22`, '00000000'])(
    'answers 404 to %s, which is not a version',
    async (name) => {
      await readProblem(await app.get(`/v1/manifest?version=${name}`), 'not-found')
    },
  )

  it('does not accept a version that only starts like the current one', async () => {
    const name = `${commits.c.etag.slice(1, 32)}${commits.c.etag.endsWith('0"') ? '1' : '0'}`
    await readProblem(await app.get(`/v1/manifest?version=${name}`), 'not-found')
  })

  it.each([
    'latest',
    '0123456',
    '0'.repeat(33),
    'v1.',
    'v1.0123456',
    'v1.0123456789abc',
    'v2.0123456789ab',
    'v1.0123456789ag',
    '%220123456789ab%22',
    `%22${'0'.repeat(32)}`,
    `W/%22${'0'.repeat(32)}%22`,
    '%20',
  ])('answers 400 to %s, which cannot be a version', async (name) => {
    expect(await readFieldErrors(await app.get(`/v1/manifest?version=${name}`))).toEqual(['version'])
  })

  it.each(ROUTES)('works on %s, and excludes ?at= there', async (route) => {
    const response = await app.get(`${route}?version=${commits.a.version}`)
    expect(response.headers.get('x-registry-version')).toBe(commits.a.version)
    const both = await app.get(`${route}?version=${commits.a.version}&at=2025-03-01`)
    expect((await readFieldErrors(both)).length).toBeGreaterThan(0)
  })

  it('answers with the facts of that version', async () => {
    const model = await app.get(`/v1/models/acme/one?version=${commits.b.version}`)
    expect(await model.json()).toMatchObject({ pricing: { input: 2 } })
    const found = await app.get(`/v1/models?maxInputPrice=1&version=${commits.a.version}`)
    expect(await found.json()).toHaveLength(1)
    const notFound = await app.get(`/v1/models?maxInputPrice=1&version=${commits.b.version}`)
    expect(await notFound.json()).toEqual([])
  })
})

describe('?at=', () => {
  beforeAll(commitThree)

  it.each<[string, 'a' | 'b' | 'c']>([
    ['2025-03-01', 'a'],
    ['2025-03-02', 'b'],
    ['2025-03-03', 'c'],
    ['2999-12-31', 'c'],
    ['2025-03-01T02:00:00Z', 'a'],
    ['2025-03-01T02:00:00.000Z', 'a'],
    ['2025-03-02T01:59:59.999Z', 'a'],
    ['2025-03-02T02:00:00Z', 'b'],
    ['2025-03-02T02:00:00.001Z', 'b'],
    ['2025-03-02T03:59:59%2B02:00', 'a'],
    ['2025-03-02T04:00:00%2B02:00', 'b'],
    ['2025-03-01T21:59:59.999-04:00', 'a'],
    ['2025-03-01T22:00:00.000-04:00', 'b'],
    ['2025-03-02T07:30:00%2B05:30', 'b'],
    ['2025-03-03T23:59:59.998Z', 'b'],
    ['2025-03-03T23:59:59.999Z', 'c'],
  ])('%s is commit %s', async (at, name) => {
    expect(await versionOf(`at=${at}`)).toBe(commits[name].version)
  })

  it.each(['2025-02-28', '2025-03-01T01:59:59.999Z', '2025-03-01T03:59:59%2B02:00', '1999-12-31'])(
    'answers 404 to %s, before the first commit, and names that commit',
    async (at) => {
      const { detail } = await readProblem(await app.get(`/v1/manifest?at=${at}`), 'not-found')
      expect(detail).toContain(commits.a.version)
      expect(detail).toContain('2025-03-01T02:00:00.000Z')
    },
  )

  it.each([
    'yesterday',
    'now',
    '1740794400',
    '20250301',
    '2025-03',
    '2025-3-1',
    '2025-02-29',
    '2025-02-30',
    '2025-13-01',
    '2025-00-10',
    '2025-03-00',
    '2025-03-01T',
    '2025-03-01T02:00:00',
    '2025-03-01%2002:00:00Z',
    '2025-02-30T02:00:00Z',
    '2025-02-30T23:00:00-05:00',
    '2025-03-01T25:00:00Z',
    '2025-03-01T02:60:00Z',
    '2025-03-01T02:00:61Z',
    '2025-03-01T02:00:00%2B2',
    '2025-03-01T02:00:00%2B99:00',
    '2025-03-01Z',
    'v1.0123456789ab',
  ])('answers 400 to %s', async (at) => {
    expect(await readFieldErrors(await app.get(`/v1/manifest?at=${at}`))).toEqual(['at'])
  })

  it.each(ROUTES)('works on %s', async (route) => {
    const response = await app.get(`${route}?at=2025-03-02`)
    expect(response.headers.get('x-registry-version')).toBe(commits.b.version)
  })
})

describe('content that returns', () => {
  beforeEach(reset)

  it('is one version with two commits: the version means the first, a moment means the one current then', async () => {
    app = testApp()
    const a = await commit(1, '2025-03-01T02:00:00.000Z')
    const b = await commit(2, '2025-03-02T02:00:00.000Z')
    expect(await commit(1, '2025-03-03T02:00:00.000Z')).toEqual({ ...a })

    expect(await versionOf(`version=${a.etag.slice(1, 9)}`)).toBe(a.version)
    expect(await versionOf('at=2025-03-01')).toBe(a.version)
    expect(await versionOf('at=2025-03-02')).toBe(b.version)
    expect(await versionOf('at=2025-03-03')).toBe(a.version)
  })
})

describe('a prefix of several versions', () => {
  beforeEach(reset)

  it('answers 409 and lists them, until it is long enough', async () => {
    app = testApp()
    const pullOf = (name: string, fetchedAt: string) => recordedPull([aaRow({ slug: 'one', name })], { fetchedAt })
    await app.take(pullOf('model 100000', '2025-03-01T02:00:00.000Z'))
    const { models, providers } = Manifest.parse(await (await app.get('/v1/manifest')).json())
    const [one, other] = namesThatCollide(independentCanonical({ models, provider: providers[0] }))

    const first = await app.take(pullOf(one, '2025-03-02T02:00:00.000Z'))
    const shared = first.version?.slice(3, 11) ?? ''
    expect(await versionOf(`version=${shared}`)).toBe(first.version)
    const second = await app.take(pullOf(other, '2025-03-03T02:00:00.000Z'))
    expect(second.version?.slice(3, 11)).toBe(shared)
    expect(second.version).not.toBe(first.version)

    const problem = await readProblem(await app.get(`/v1/manifest?version=${shared}`), 'ambiguous-version')
    expect(JSON.stringify(problem)).toContain(first.version)
    expect(JSON.stringify(problem)).toContain(second.version)
    expect(await versionOf(`version=${first.version}`)).toBe(first.version)
    expect(await versionOf(`version=${second.version}`)).toBe(second.version)
  })
})

/** Two names that give a catalogue of one provider roots with the same first 8 digits. Takes about 80,000 attempts. */
function namesThatCollide(content: string): [string, string] {
  const seen = new Map<string, string>()
  for (let number = 100_001; number < 999_999; number++) {
    const name = `model ${number}`
    const named = content.replaceAll('model 100000', name).replaceAll('model-100000', `model-${number}`)
    const start = sha256(`{"acme":"${sha256(named)}"}`).slice(0, 8)
    const other = seen.get(start)
    if (other !== undefined) return [other, name]
    seen.set(start, name)
  }
  throw new Error('No two names collide')
}
