import { reset } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readProblem } from '../../support/http/problem-body.ts'
import { type TestApp, testApp } from '../../support/http/registry-app.ts'
import { aaRow, type Facts, recordedPull, uuidOf } from '../../support/rows.ts'

const VALUES = [
  'glm-4.5',
  'QwQ-32B',
  'qwq-32b',
  'org/model',
  'Org/Model:free',
  'a/b/c.d',
  'double//slash',
  'at-the-end/',
  'two words',
  '100% sure',
  '100%',
  'a%20b',
  'a%2Fb',
  'a%252Fb',
  'plus+sign',
  'question?mark=1&and=2',
  'hash#tag',
  'semi;colon,comma',
  'back\\slash',
  '"quoted"',
  '@scope/model',
  'é-modèle',
  'e\u0301',
  '株式会社',
  '\u{1f600}',
  'search',
  'manifest',
  '__proto__',
  'constructor',
]

let app: TestApp = testApp()

const pullOf = (rows: Facts[], day: number) => recordedPull(rows, { fetchedAt: `2025-03-0${day}T02:00:00.000Z` })

async function commit(rows: Facts[], day: number): Promise<string> {
  return (await app.take(pullOf(rows, day))).version ?? ''
}

describe('GET /v1/models/:provider/:value', () => {
  beforeAll(async () => {
    await reset()
    app = testApp()
    await commit(
      VALUES.map((slug) => aaRow({ slug })),
      1,
    )
  })

  it.each(VALUES)('finds "%s" by its encoded value', async (value) => {
    const response = await app.get(`/v1/models/acme/${encodeURIComponent(value)}`)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ provider: 'acme', value })
  })

  // Only characters that a URL cannot contain must be encoded.
  it.each(VALUES)('finds "%s" by its unencoded value', async (value) => {
    const path = value.replace(/%(?=[0-9a-f]{2})|[?#\\]/gi, encodeURIComponent)
    const response = await app.get(`/v1/models/acme/${path}`)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ provider: 'acme', value })
  })

  it.each(['Glm-4', 'glm-4', 'glm-4.5/', 'org', 'org%252Fmodel', 'toString', '%E9', '%zz', '%00', '%0A'])(
    'answers 404 to "%s", which names no model, and does not report it as gone',
    async (path) => {
      const problem = await readProblem(await app.get(`/v1/models/acme/${path}`), 'not-found')
      expect(problem).not.toHaveProperty('lastVersion')
      expect(problem).not.toHaveProperty('movedTo')
    },
  )

  it('answers 404 if the provider is another one or does not exist', async () => {
    await readProblem(await app.get('/v1/models/openai/glm-4.5'), 'not-found')
    await readProblem(await app.get('/v1/models/ACME/glm-4.5'), 'not-found')
    await readProblem(await app.get('/v1/models/__proto__/glm-4.5'), 'not-found')
  })

  it('distinguishes a value that ends in "/history" from a history by its encoding', async () => {
    await commit([aaRow({ slug: 'a' }), aaRow({ slug: 'a/history' })], 2)
    expect(await (await app.get('/v1/models/acme/a%2Fhistory')).json()).toMatchObject({ value: 'a/history' })
    expect(await (await app.get('/v1/models/acme/a/history')).json()).toHaveProperty('revisions')
    expect(await (await app.get('/v1/models/acme/a%2Fhistory/history')).json()).toMatchObject({ value: 'a/history' })
  })

  it('accepts an encoded provider', async () => {
    expect((await app.get('/v1/models/%61cme/glm-4.5?at=2025-03-01')).status).toBe(200)
  })
})

describe('a removed model', () => {
  const stays = aaRow({ slug: 'stays' })
  const leaves = (facts: Facts = {}): Facts => aaRow({ slug: 'leaves', ...facts })

  beforeEach(async () => {
    await reset()
    app = testApp()
  })

  const readGone = async (path: string) => readProblem(await app.get(path), 'not-found')

  it('is a 404 that names the last version that had it', async () => {
    await commit([stays, leaves()], 1)
    const last = await commit([stays, leaves({ release_date: '2025-02-02' })], 2)
    await commit([stays], 3)
    await commit([stays, aaRow({ slug: 'newcomer' })], 4)
    const problem = await readGone('/v1/models/acme/leaves')
    expect(problem.lastVersion).toBe(last)
    expect(problem).not.toHaveProperty('movedTo')
  })

  it('keeps that last version when other models change later', async () => {
    await commit([stays, leaves()], 1)
    const last = await commit([{ ...stays, release_date: '2025-02-02' }, leaves()], 2)
    await commit([stays], 3)
    expect((await readGone('/v1/models/acme/leaves')).lastVersion).toBe(last)
  })

  it('can still be read in the versions that had it', async () => {
    const last = await commit([stays, leaves()], 1)
    await commit([stays], 2)
    expect((await app.get(`/v1/models/acme/leaves?version=${last}`)).status).toBe(200)
    expect((await app.get('/v1/models/acme/leaves?at=2025-03-01')).status).toBe(200)
  })

  it('reports where it moved when its slug changed', async () => {
    const last = await commit([stays, leaves()], 1)
    await commit([stays, leaves({ slug: 'Renamed/It', id: uuidOf('leaves') })], 2)
    expect(await readGone('/v1/models/acme/leaves')).toMatchObject({
      lastVersion: last,
      movedTo: { provider: 'acme', value: 'Renamed/It' },
    })
  })

  it('reports where it moved when its creator changed', async () => {
    const last = await commit([stays, leaves()], 1)
    await commit([stays, leaves({ model_creator: { id: 'another', name: 'Globex' } })], 2)
    expect(await readGone('/v1/models/acme/leaves')).toMatchObject({
      lastVersion: last,
      movedTo: { provider: 'globex', value: 'leaves' },
    })
  })

  it('reports where it is now, after several moves', async () => {
    const id = uuidOf('leaves')
    await commit([stays, leaves()], 1)
    await commit([stays, leaves({ slug: 'second', id })], 2)
    await commit([stays, leaves({ slug: 'third', id })], 3)
    expect((await readGone('/v1/models/acme/leaves')).movedTo).toEqual({ provider: 'acme', value: 'third' })
    expect((await readGone('/v1/models/acme/second')).movedTo).toEqual({ provider: 'acme', value: 'third' })
  })

  it('has no new address once its id is gone too', async () => {
    await commit([stays, leaves()], 1)
    await commit([stays, leaves({ slug: 'second', id: uuidOf('leaves') })], 2)
    await commit([stays], 3)
    expect(await readGone('/v1/models/acme/leaves')).not.toHaveProperty('movedTo')
  })

  it('is found again when it returns, and later removed with a newer last version', async () => {
    await commit([stays, leaves()], 1)
    await commit([stays], 2)
    const last = await commit([stays, leaves({ release_date: '2025-02-02' })], 3)
    expect((await app.get('/v1/models/acme/leaves')).status).toBe(200)
    await commit([stays], 4)
    expect((await readGone('/v1/models/acme/leaves')).lastVersion).toBe(last)
  })

  it('is a 404 in a version from before it existed, and not reported as removed', async () => {
    const before = await commit([stays], 1)
    await commit([stays, leaves()], 2)
    const problem = await readGone(`/v1/models/acme/leaves?version=${before}`)
    expect(problem).not.toHaveProperty('lastVersion')
  })
})

describe('GET /v1/providers/:provider', () => {
  const globex = { id: 'creator-of-globex', name: 'Globex' }
  let first = ''

  beforeAll(async () => {
    await reset()
    app = testApp()
    first = await commit([aaRow(), aaRow({ slug: 'two', model_creator: globex })], 1)
    await commit([aaRow()], 2)
  })

  it.each(['/v1/providers/globex', '/v1/providers/globex/models'])('%s: 404 once it is removed', async (path) => {
    await readProblem(await app.get(path), 'not-found')
    expect((await app.get(`${path}?version=${first}`)).status).toBe(200)
  })

  it.each(['nowhere', 'ACME', 'Acme', '__proto__', '%zz', 'acme%2F', 'acme%20'])('%s: 404', async (provider) => {
    await readProblem(await app.get(`/v1/providers/${provider}`), 'not-found')
    await readProblem(await app.get(`/v1/providers/${provider}/models`), 'not-found')
  })

  it('accepts an encoded value', async () => {
    expect(await (await app.get('/v1/providers/%61cme')).json()).toMatchObject({ value: 'acme', name: 'Acme' })
  })
})
