import { beforeAll, describe, expect, it } from 'vitest'
import { Attribution, Manifest, type VersionInfo } from '../../../src/core/schema/history.ts'
import { sha256 } from '../../support/core/naive/independent-canonical.ts'
import { independentParts, independentRootText } from '../../support/core/naive/independent-root.ts'
import { readFieldErrors, readProblem } from '../../support/http/problem-body.ts'
import {
  CORS,
  CURRENT,
  expectExposed,
  expectRevalidates,
  historyApp,
  IMMUTABLE,
  priced,
  readJson,
  takeDays,
} from '../../support/http/recorded-answers.ts'
import { testApp } from '../../support/http/registry-app.ts'
import { aaRow } from '../../support/rows.ts'

const app = historyApp()
const GLOBEX = aaRow({ slug: '\u{10000} ü', model_creator: { id: 'creator-of-globex', name: 'Globex "ü"' } })
/** Two versions; in the second, one model of Acme has another price. */
let commits: VersionInfo[]

beforeAll(async () => {
  commits = await takeDays(app, [priced(1), GLOBEX], [priced(2), GLOBEX])
})

const manifestOf = async (query = ''): Promise<Manifest> => readJson(await app.get(`/v1/manifest${query}`), Manifest)

describe('the parts of every version', () => {
  it('hash to its root, recomputed by another implementation from the manifest alone', async () => {
    for (const { version, root, etag } of commits) {
      const manifest = await manifestOf(`?version=${version}`)
      const text = independentRootText(manifest)
      expect(sha256(text)).toBe(root)
      expect(etag).toBe(`"${root.slice(0, 32)}"`)
      expect(version).toBe(`v1.${root.slice(0, 12)}`)
      expect(await (await app.get(`/v1/parts?version=${version}`)).text()).toBe(text)
    }
  })

  it('match their digests, byte for byte', async () => {
    for (const { version } of commits) {
      const parts = independentParts(await manifestOf(`?version=${version}`))
      for (const text of parts.values()) expect(await (await app.get(`/v1/parts/${sha256(text)}`)).text()).toBe(text)
    }
  })

  it('equal those of the previous version if their provider did not change', async () => {
    const [then, now] = await Promise.all(
      commits.map(async ({ version }): Promise<Record<string, string>> => {
        return (await app.get(`/v1/parts?version=${version}`)).json()
      }),
    )
    expect(Object.keys(now ?? {})).toEqual(Object.keys(then ?? {}))
    const changed = Object.keys(now ?? {}).filter((provider) => now?.[provider] !== then?.[provider])
    expect(changed).toEqual(['acme'])
  })
})

describe('GET /v1/parts', () => {
  it('is cached like a version, and its ETag is a prefix of the root', async () => {
    const response = await app.get('/v1/parts', CORS)
    expect(response.headers.get('etag')).toBe(commits[1]?.etag)
    expect(response.headers.get('cache-control')).toBe(CURRENT)
    expect(response.headers.get('x-registry-version')).toBe(commits[1]?.version)
    expectExposed(response)
    await expectRevalidates(app, '/v1/parts')
    const past = await app.get(`/v1/parts?version=${commits[0]?.version}`)
    expect(past.headers.get('cache-control')).toBe(IMMUTABLE)
  })
})

describe('GET /v1/parts/:digest', () => {
  it('is immutable, for past and current parts', async () => {
    for (const { version } of commits) {
      const parts: Record<string, string> = await (await app.get(`/v1/parts?version=${version}`)).json()
      for (const digest of Object.values(parts)) {
        const response = await app.get(`/v1/parts/${digest}`)
        expect(response.headers.get('cache-control')).toBe(IMMUTABLE)
        expect(response.headers.get('etag')).toBe(`"${digest.slice(0, 32)}"`)
        expect(response.headers.get('link')).toBe('</v1/attribution>; rel="license"')
        await response.body?.cancel()
      }
    }
  })

  it.each(['0', 'A'.repeat(64), '0'.repeat(63), '0'.repeat(65)])('refuses %s', async (digest) => {
    expect(await readFieldErrors(await app.get(`/v1/parts/${digest}`))).toEqual(['digest'])
  })

  it('does not find a part that no commit ever had', async () => {
    await readProblem(await app.get(`/v1/parts/${'0'.repeat(64)}`), 'not-found')
  })
})

describe('GET /v1/manifest?provider=', () => {
  it('is the manifest of these providers, in manifest order, whatever order they are requested in', async () => {
    const { providers, models, ...head } = await manifestOf()
    const [acme, globex] = providers.map(({ value }) => value)
    const some = async (...names: (string | undefined)[]) =>
      manifestOf(`?${names.map((name) => `provider=${encodeURIComponent(name ?? '')}`).join('&')}`)
    expect(await some(globex, acme, globex)).toEqual({ ...head, providers, models })
    expect(await some(acme)).toEqual({
      ...head,
      providers: providers.filter(({ value }) => value === acme),
      models: models.filter(({ provider }) => provider === acme),
    })
  })

  it.each(['acne', 'ACME', 'Acme'])('names the nearest provider if there is no %s', async (name) => {
    const problem = await readProblem(await app.get(`/v1/manifest?provider=acme&provider=${name}`), 'invalid-request')
    expect(problem.errors).toEqual([{ field: 'provider', message: expect.stringContaining('did you mean "acme"') }])
  })

  it('has a different ETag than the whole manifest', async () => {
    const response = await app.get('/v1/manifest?provider=acme')
    expect(response.headers.get('etag')).toBe(`"${sha256(await response.clone().text()).slice(0, 32)}"`)
    expect(response.headers.get('etag')).not.toBe(commits[1]?.etag)
    await expectRevalidates(app, '/v1/manifest?provider=acme')
  })
})

describe('GET /v1/attribution', () => {
  it('equals that of the manifest', async () => {
    const { attribution } = await manifestOf()
    expect(await readJson(await app.get('/v1/attribution'), Attribution.array())).toEqual(attribution)
    expect(attribution.length).toBeGreaterThan(0)
    await expectRevalidates(app, '/v1/attribution')
  })
})

describe('if reads are not public', () => {
  it('parts need a token, and are private', async () => {
    const closed = testApp({ READ_TOKEN: 'reader-0123456789' })
    await readProblem(await closed.get('/v1/parts'), 'unauthorized')
    const response = await closed.get('/v1/parts', { authorization: 'Bearer reader-0123456789' })
    expect(response.headers.get('cache-control')).toMatch(/^private, /)
  })
})
