import { reset } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { Diff, Manifest, type VersionInfo } from '../../../src/core/schema/history.ts'
import { readFieldErrors, readProblem } from '../../support/http/problem-body.ts'
import {
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
} from '../../support/http/recorded-answers.ts'
import { aaRow, recordedPull, uuidOf } from '../../support/rows.ts'

const GLOBEX = { id: uuidOf('Globex'), name: 'Globex' }
const scored = (index: number) => ({ evaluations: { artificial_analysis_intelligence_index: index } })

let app = historyApp()
/**
 * Four days: a price; another name, one more model and provider; all but one removed and its id changed; the first
 * again.
 */
let commits: VersionInfo[]

async function takeHistory(): Promise<void> {
  app = historyApp()
  commits = await takeDays(
    app,
    [priced(1), priced(1, { slug: 'two' })],
    [priced(2, { name: 'One' }), priced(1, { slug: 'two' }), aaRow({ slug: 'three', model_creator: GLOBEX })],
    [priced(2, { name: 'One', id: uuidOf('moved') })],
    [priced(1), priced(1, { slug: 'two' })],
  )
}

const commit = (seq: number): VersionInfo => commits[seq - 1] as VersionInfo // each test names commits that exist
const diff = async (query: string): Promise<Diff> => readJson(await app.get(`/v1/diff?${query}`), Diff.strict())
const ends = ({ from, to }: Diff) => [from.seq, to.seq]

describe('GET /v1/diff', () => {
  beforeAll(takeHistory)

  it('has both commits and everything between them', async () => {
    const { from, to, summary, models, providers, rescaled } = await diff(`from=2025-03-01&to=${commit(2).version}`)
    expect([from, to]).toEqual([commit(1), commit(2)])
    expect(summary).toEqual({ added: 1, removed: 0, changed: 1 })
    expect(rescaled).toBeUndefined()
    expect(models.added).toMatchObject([{ provider: 'globex', value: 'three' }])
    expect(models.removed).toEqual([])
    expect(models.changed).toEqual([
      {
        ...{ provider: 'acme', value: 'one' },
        changes: [
          { path: 'alias', before: 'one', after: 'One' },
          { path: 'name', before: 'one', after: 'One' },
          { path: 'pricing.blended', before: 1, after: 2 },
          { path: 'pricing.input', before: 1, after: 2 },
          { path: 'pricing.output', before: 1, after: 2 },
        ],
      },
    ])
    expect(providers).toEqual({
      added: [{ value: 'globex', name: 'Globex', status: 'active' }],
      removed: [],
      changed: [],
    })
  })

  it('is reversed if "to" is earlier than "from"', async () => {
    const back = await diff(`from=${commit(2).version}&to=2025-03-01`)
    expect(ends(back)).toEqual([2, 1])
    expect(back.summary).toEqual({ added: 0, removed: 1, changed: 1 })
    expect(back.models.changed[0]?.changes[0]).toEqual({ path: 'alias', before: 'One', after: 'one' })
    expect(back.providers.removed).toMatchObject([{ value: 'globex' }])
  })

  it('reports a slug that moved to another id as a changed id', async () => {
    const { models } = await diff(`from=${commit(2).version}&to=${commit(3).version}`)
    expect(models.changed).toMatchObject([{ value: 'one', changes: [{ path: 'id', after: uuidOf('moved') }] }])
  })

  it('is empty between a version and itself', async () => {
    const { summary, models, providers } = await diff(`from=${commit(2).version}&to=${commit(2).version}`)
    expect(summary).toEqual({ added: 0, removed: 0, changed: 0 })
    expect([models, providers]).toEqual([
      { added: [], removed: [], changed: [] },
      { added: [], removed: [], changed: [] },
    ])
  })

  it('shows models as in the manifests', async () => {
    const { models } = await diff(`from=${commit(2).version}&to=${commit(3).version}`)
    const manifest = await readJson(await app.get(`/v1/manifest?version=${commit(2).version}`), Manifest)
    expect(models.removed).toEqual(manifest.models.filter(({ value }) => value !== 'one'))
  })

  it('goes to the current commit by default', async () => {
    expect(ends(await diff(`from=${commit(2).version}`))).toEqual([2, 4])
    expect((await diff(`from=${commit(3).version}`)).to).toEqual(commit(4))
  })

  it.each([
    ['from=2025-03-01&to=2025-03-02', [1, 2]],
    ['from=2025-03-02&to=2025-03-03T01:59:59.999Z', [2, 2]],
    ['from=2025-03-02T04:00:00%2B02:00&to=2025-03-03', [2, 3]],
    ['from=2025-03-02&to=2025-03-04', [2, 4]],
    ['from=2025-03-04&to=2025-03-01', [4, 1]],
    ['from=2025-03-01&to=2999-12-31', [1, 4]],
    ['from=2999-12-31', [4, 4]],
  ])('accepts times, which mean commits: %s', async (query, seqs) => {
    expect(ends(await diff(query))).toEqual(seqs)
  })

  it('reads a version as its first commit, also while the content that returned is current', async () => {
    expect(commit(4).version).toBe(commit(1).version)
    for (const name of [
      commit(1).version,
      hexOf(commit(1)),
      encodeURIComponent(commit(1).etag),
      hexOf(commit(1)).slice(0, 12),
    ]) {
      expect(ends(await diff(`from=${name}&to=${commit(2).version}`)), name).toEqual([1, 2])
      expect(ends(await diff(`from=${commit(2).version}&to=${name}`)), name).toEqual([2, 1])
    }
  })

  it('accepts a prefix of 8 digits, and a version together with a time', async () => {
    expect(ends(await diff(`from=${hexOf(commit(2)).slice(0, 8)}&to=2025-03-03`))).toEqual([2, 3])
  })

  it.each([
    ['only=pricing', ['pricing.blended', 'pricing.input', 'pricing.output']],
    ['only=identity', ['alias', 'name']],
    ['only=identity&only=pricing', ['alias', 'name', 'pricing.blended', 'pricing.input', 'pricing.output']],
    ['only=speed', undefined],
    ['provider=acme&only=identity', ['alias', 'name']],
    ['provider=globex', undefined],
    ['firstParty=true&only=identity', ['alias', 'name']],
    ['firstParty=false', undefined],
  ])('keeps what ?%s selects, and counts what is shown', async (query, paths) => {
    const { models, summary } = await diff(`from=2025-03-01&to=2025-03-02&${query}`)
    expect(models.changed[0]?.changes.map(({ path }) => path)).toEqual(paths)
    expect(summary.changed).toBe(paths ? 1 : 0)
    expect(summary.added).toBe(models.added.length)
  })

  it('keeps only changes of the requested providers', async () => {
    const globex = await diff('from=2025-03-01&to=2025-03-02&provider=globex')
    expect([globex.models.added.length, globex.providers.added.length]).toEqual([1, 1])
    const acme = await diff('from=2025-03-01&to=2025-03-02&provider=acme')
    expect([acme.models.added.length, acme.providers.added.length]).toEqual([0, 0])
  })
})

describe('a re-scaled index', () => {
  it('is reported, and left out on request', async () => {
    app = historyApp()
    await reset()
    const rowsOf = (index: number, name: string) => [aaRow({ slug: 'one', name, ...scored(index) })]
    await app.take(recordedPull(rowsOf(70, 'One'), { fetchedAt: onDay(1), indexVersion: 3 }))
    await app.take(recordedPull(rowsOf(40, 'Uno'), { fetchedAt: onDay(2), indexVersion: 4.1 }))
    const paths = ({ models }: Diff) => models.changed[0]?.changes.map(({ path }) => path)
    const whole = await diff('from=2025-03-01')
    expect(whole.rescaled).toEqual({ from: 'artificial-analysis@3', to: 'artificial-analysis@4.1' })
    expect(paths(whole)).toEqual([
      ...['alias', 'family', 'iq', 'metrics.intelligenceIndex', 'metrics.intelligenceIndexVersion', 'name'],
    ])
    expect(paths(await diff('from=2025-03-01&rescale=omit'))).toEqual(['alias', 'family', 'name'])
    expect((await diff('from=2025-03-01&rescale=omit&only=iq')).summary.changed).toBe(0)
  })
})

describe('a bad request for a diff', () => {
  beforeAll(takeHistory)

  it.each([
    ['', 'from'],
    ['to=2025-03-01', 'from'],
    ['from=', 'from'],
    ['from=latest', 'from'],
    ['from=2025-02-30', 'from'],
    ['from=2025-03-01T02:00:00', 'from'],
    ['from=0123456', 'from'],
    ['from=2025-03-01&to=now', 'to'],
    ['from=2025-03-01&to=', 'to'],
    ['from=2025-03-01&from=2025-03-02', 'from'],
    ['from=2025-03-01&to=2025-03-01&to=2025-03-02', 'to'],
    ['from=2025-03-01&only=price', 'only'],
    ['from=2025-03-01&only=pricing&only=', 'only'],
    ['from=2025-03-01&rescale=keep', 'rescale'],
    ['from=2025-03-01&rescale=omit&rescale=omit', 'rescale'],
    ['from=2025-03-01&provider=', 'provider'],
    ['from=2025-03-01&provider=acme&provider=glob3x', 'provider'],
    ['from=2025-03-03&to=2025-03-03&provider=globex', 'provider'],
    ['from=2025-03-01&firstParty=yes', 'firstParty'],
    ['from=2025-03-01&version=00000000', 'version'],
    ['from=2025-03-01&at=2025-03-01', 'at'],
    ['from=2025-03-01&limit=1', 'limit'],
  ])('?%s names %s', async (query, field) => {
    expect(await readFieldErrors(await app.get(`/v1/diff?${query}`))).toContain(field)
  })

  it.each(['from=v1.000000000000', 'from=2025-03-01&to=00000000', 'from=2025-02-28', 'from=2025-03-01&to=1999-12-31'])(
    '?%s names a commit that does not exist',
    async (query) => {
      await readProblem(await app.get(`/v1/diff?${query}`), 'not-found')
    },
  )

  it('is refused by an empty registry', async () => {
    await reset()
    await readProblem(await historyApp().get('/v1/diff?from=2025-03-01'), 'empty-registry')
  })
})

describe('caching a diff', () => {
  beforeAll(takeHistory)
  const cacheOf = async (query: string) => (await app.get(`/v1/diff?${query}`)).headers.get('cache-control')

  it('lasts forever if both ends are named versions or past moments', async () => {
    const [a, b] = [commit(1).version, commit(2).version]
    for (const query of [
      `from=${a}&to=${b}`,
      `from=${b}&to=${a}`,
      `from=${a}&to=2025-03-02`,
      'from=2025-03-01&to=2025-03-03',
    ])
      expect(await cacheOf(query), query).toBe(IMMUTABLE)
  })

  it('lasts a minute if an end can still change', async () => {
    for (const query of [
      `from=${commit(1).version}`,
      'from=2025-03-01&to=2999-12-31',
      `from=2999-12-31&to=${commit(1).version}`,
    ])
      expect(await cacheOf(query), query).toBe(CURRENT)
  })

  it('uses an ETag that contains the version it leads to', async () => {
    const current = await app.get(`/v1/diff?from=${commit(2).version}`, CORS)
    expect(current.headers.get('etag')).toBe(await tagOf(current))
    expect(current.headers.get('x-registry-version')).toBe(commit(4).version)
    expectExposed(current)
    await expectRevalidates(app, `/v1/diff?from=${commit(2).version}`)
    await expectRevalidates(app, `/v1/diff?from=${commit(1).version}&to=${commit(2).version}&only=pricing`)
  })

  it.each([
    ['to the current commit', 'from=2025-03-01'],
    ['from a future time', 'from=2999-12-31&to=2025-03-01'],
    ['to a future time', 'from=2025-03-01&to=2999-12-31'],
  ])('lasts no longer than it is correct: %s', async (_what, query) => {
    await takeHistory()
    const before = await app.get(`/v1/diff?${query}`)
    await app.take(recordedPull([priced(9)], { fetchedAt: onDay(5) }))
    const after = await app.get(`/v1/diff?${query}`, { 'if-none-match': before.headers.get('etag') ?? '' })
    expect(after.status).toBe(200)
    expect(await after.json()).not.toEqual(await before.json())
  })
})
