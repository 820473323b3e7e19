import { reset } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { VersionInfo } from '../../../src/core/schema/history.ts'
import { sha256 } from '../../support/core/naive/independent-canonical.ts'
import { readFieldErrors, readProblem } from '../../support/http/problem-body.ts'
import {
  CORS,
  CURRENT,
  expectExposed,
  expectRevalidates,
  hexOf,
  historyApp,
  IMMUTABLE,
  nextOf,
  onDay,
  priced,
  readJson,
  tagOf,
  takeDays,
} from '../../support/http/recorded-answers.ts'
import type { TestApp } from '../../support/http/registry-app.ts'
import { recordedPull } from '../../support/rows.ts'

const app = historyApp()
/** Prices 1 to 6 and 2 again: the last commit has the content of the second. */
let commits: VersionInfo[]

const list = async (path: string, of: TestApp = app) => readJson(await of.get(path), VersionInfo.strict().array())
const seqs = (infos: VersionInfo[]) => infos.map(({ seq }) => seq)

beforeAll(async () => {
  commits = await takeDays(app, ...[1, 2, 3, 4, 5, 6, 2].map((price) => [priced(price)]))
})

describe('GET /v1/versions', () => {
  it('lists every commit, newest first, with every field of the contract', async () => {
    const infos = await list('/v1/versions')
    expect(seqs(infos)).toEqual([7, 6, 5, 4, 3, 2, 1])
    expect(infos.map(({ committedAt }) => committedAt)).toEqual([7, 6, 5, 4, 3, 2, 1].map(onDay))
    expect(infos[0]).toMatchObject({
      ...{ version: commits[1]?.version, generatedAt: onDay(2), committedAt: onDay(7), previous: commits[5]?.version },
      ...{ cause: 'import', counts: { providers: 1, models: 1 }, changes: { added: 0, removed: 0, changed: 1 } },
      attribution: [{ name: 'Artificial Analysis', url: expect.stringContaining('artificialanalysis.ai') }],
    })
    expect(infos.at(-1)).not.toHaveProperty('previous')
    expect(infos.at(-1)?.changes).toEqual({ added: 1, removed: 0, changed: 0 })
  })

  it('can be verified by its chain', async () => {
    let chain = ''
    for (const commit of (await list('/v1/versions')).toReversed()) {
      chain = sha256(`${chain}\n${commit.root}\n${commit.seq}\n${commit.committedAt}\n${commit.recordedAt ?? ''}`)
      expect(commit.chain).toBe(chain)
    }
  })

  it.each([1, 2, 3, 6, 7, 8, 500])(
    'leads through Link, %i at a time, to the first commit and no further',
    async (limit) => {
      const seen: number[] = []
      for (let path: string | undefined = `/v1/versions?limit=${limit}`; path !== undefined; ) {
        const response = await app.get(path)
        path = nextOf(response)
        const infos = await readJson(response, VersionInfo.array())
        expect(infos.length).toBeGreaterThan(0)
        expect(infos.length).toBeLessThanOrEqual(limit)
        seen.push(...seqs(infos))
      }
      expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1])
    },
  )

  it.each([
    ['before=4', [3, 2, 1]],
    ['before=4&limit=2', [3, 2]],
    ['before=1', []],
    ['before=0', []],
    ['before=8', [7, 6, 5, 4, 3, 2, 1]],
    ['before=999999', [7, 6, 5, 4, 3, 2, 1]],
  ])('?%s', async (query, expected) => {
    expect(seqs(await list(`/v1/versions?${query}`))).toEqual(expected)
  })

  it.each([
    'limit=0',
    'limit=501',
    'limit=-1',
    'limit=1.5',
    'limit=ten',
    'limit=',
    'limit=1&limit=2',
    'before=-1',
    'before=x',
    'before=v1.0123456789ab',
    'after=1',
    'version=00000000',
    'at=2025-03-01',
  ])('?%s is a bad request', async (query) => {
    const [field = ''] = query.split('=')
    expect(await readFieldErrors(await app.get(`/v1/versions?${query}`))).toContain(field)
  })

  it('has the ETag of its body and the newest version, and is cached for a minute, on every page', async () => {
    for (const path of ['/v1/versions', '/v1/versions?limit=2', '/v1/versions?before=3']) {
      const response = await app.get(path, CORS)
      expect(response.headers.get('etag')).toBe(await tagOf(response))
      expect(response.headers.get('x-registry-version')).toBe(commits[6]?.version)
      expect(response.headers.get('cache-control')).toBe(CURRENT)
      expectExposed(response)
      await expectRevalidates(app, path)
    }
  })
})

describe('GET /v1/versions/:version', () => {
  const names: [string, (info: VersionInfo) => string][] = [
    ['its version', ({ version }) => version],
    ['its 32 hex digits', hexOf],
    ['its ETag', ({ etag }) => encodeURIComponent(etag)],
    ['8 hex digits', (info) => hexOf(info).slice(0, 8)],
  ]

  it.each(names)('returns the commit by %s', async (_what, nameOf) => {
    for (const commit of commits.slice(0, 6)) {
      const response = await app.get(`/v1/versions/${nameOf(commit)}`, CORS)
      expect(response.headers.get('cache-control')).toBe(IMMUTABLE)
      expect(response.headers.get('x-registry-version')).toBe(commit.version)
      expectExposed(response)
      expect(await readJson(response, VersionInfo.strict())).toEqual(commit)
    }
  })

  it('returns the first commit of content that returned, while it is current', async () => {
    expect(commits[6]?.version).toBe(commits[1]?.version)
    const response = await app.get(`/v1/versions/${commits[6]?.version}`)
    expect(await readJson(response, VersionInfo)).toEqual(commits[1])
  })

  it('revalidates', () => expectRevalidates(app, `/v1/versions/${commits[2]?.version}`))

  it.each(['v1.000000000000', '0'.repeat(32), '00000000'])('finds no version %s', async (name) => {
    await readProblem(await app.get(`/v1/versions/${name}`), 'not-found')
  })

  it.each(['latest', '0000000', 'v1.', 'v2.000000000000', '2025-03-01', '1', 'v1.000000000000x', '%20'])(
    'does not accept %s as a version',
    async (name) => {
      await readProblem(await app.get(`/v1/versions/${name}`), 'invalid-request')
    },
  )

  it('accepts no query', async () => {
    expect(await readFieldErrors(await app.get(`/v1/versions/${commits[0]?.version}?limit=1`))).toEqual(['limit'])
  })
})

describe('a growing registry', () => {
  it('has a new list after each commit, even one with earlier content', async () => {
    const growing = historyApp()
    await takeDays(growing, [priced(2)])
    const before = (await growing.get('/v1/versions')).headers.get('etag') ?? ''
    await growing.take(recordedPull([priced(1)], { fetchedAt: onDay(2) }))
    await growing.take(recordedPull([priced(2)], { fetchedAt: onDay(3) }))
    const response = await growing.get('/v1/versions', { 'if-none-match': before })
    expect(response.status).toBe(200)
    expect(seqs(await readJson(response, VersionInfo.array()))).toEqual([3, 2, 1])
  })

  it('has pages of 50 by default', async () => {
    const growing = historyApp()
    const prices = Array.from({ length: 31 }, (_, index) => [priced(index)])
    await takeDays(growing, ...prices)
    for (let index = 0; index < 21; index++)
      await growing.take(recordedPull([priced(index)], { fetchedAt: `2025-04-01T02:00:${index + 10}Z` }))
    const response = await growing.get('/v1/versions')
    expect(await response.clone().json()).toHaveLength(50)
    expect(seqs(await list(nextOf(response) ?? '', growing))).toEqual([2, 1])
  })
})

describe('an empty registry', () => {
  const empty = historyApp()
  beforeAll(() => reset())

  it('has an empty list of versions', async () => {
    const response = await empty.get('/v1/versions')
    expect([response.status, await response.json(), response.headers.get('link')]).toEqual([200, [], null])
    expect(response.headers.get('etag')).toBeNull()
    expect(await list('/v1/versions?before=5&limit=2', empty)).toEqual([])
  })

  it('still refuses a bad query', async () => {
    expect(await readFieldErrors(await empty.get('/v1/versions?limit=0'))).toEqual(['limit'])
  })

  it('answers 503 to a request for one version', async () => {
    const response = await empty.get('/v1/versions/v1.000000000000')
    await readProblem(response.clone(), 'empty-registry')
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
  })

  it('lists the first commit as soon as it is made', async () => {
    const first = await takeDays(empty, [priced(1)])
    expect(await list('/v1/versions', empty)).toEqual(first)
  })
})
