import { beforeEach, describe, expect, it } from 'vitest'
import { VersionInfo } from '../../../../src/core/schema/history.ts'
import { changed, OVERRIDES, OverridesApp } from '../../../support/http/overrides-app.ts'
import { readProblem } from '../../../support/http/problem-body.ts'
import { CORS, historyApp, nextOf, readJson, takeDays } from '../../../support/http/recorded-answers.ts'
import { BEARER, type TestApp, testApp } from '../../../support/http/registry-app.ts'
import { aaRow, recordedPull } from '../../../support/rows.ts'

let app: TestApp
let overrides: OverridesApp

beforeEach(async () => {
  app = historyApp()
  overrides = new OverridesApp(app)
  await takeDays(app, [aaRow({ slug: 'one' }), aaRow({ slug: 'two' }), aaRow({ slug: 'org/three:free' })])
})

const ONE = 'models/acme/one'
const PUT = { set: { pricing: { input: 5 } }, note: 'Wrong on their page' }

describe('PUT an override', () => {
  it('of a model corrects it immediately, as a new version', async () => {
    const answer = await changed(overrides.put(ONE, PUT))
    expect(answer).toMatchObject({
      ...{ outcome: 'committed', seq: 2, changes: { added: 0, removed: 0, changed: 1 } },
      diff: { from: { seq: 1 }, to: { seq: 2, version: answer.version }, models: { changed: [{ value: 'one' }] } },
    })
    const manifest = await overrides.manifest()
    expect(manifest.version).toBe(answer.version)
    expect(await overrides.model('one')).toMatchObject({ pricing: { input: 5, output: 5, blended: 5 } })
    const [newest] = await readJson(await app.get('/v1/versions?limit=1'), VersionInfo.array())
    expect(newest).toEqual(answer.diff.to)
    expect(newest?.cause).toBe('override')
  })

  it('of a provider corrects it', async () => {
    const put = { set: { name: 'ACME', website: 'https://acme.example/keys', keyPlaceholder: 'ac-...' }, note: 'why' }
    expect(await changed(overrides.put('providers/acme', put))).toMatchObject({ outcome: 'committed' })
    const known = { value: 'acme', status: 'active', ...put.set }
    expect(await (await app.get('/v1/providers/acme')).json()).toEqual(known)
  })

  it.each(['models/acme/org/three:free', 'models/acme/org%2Fthree%3Afree'])(
    'takes a value with a slash: %s',
    async (path) => {
      await changed(overrides.put(path, { set: { iq: 5 }, note: 'why' }))
      expect(await overrides.model('org/three:free')).toMatchObject({ iq: 5 })
      expect(await overrides.active()).toMatchObject([{ provider: 'acme', value: 'org/three:free' }])
    },
  )

  it('creates a model, and its provider before it', async () => {
    const made = { inheritFrom: { provider: 'acme', value: 'one' }, note: 'why' }
    const problem = await readProblem(await overrides.put('models/azure/one', made), 'conflict')
    expect(problem.detail).toMatch(/no such provider "azure".*create it first/)
    await changed(overrides.put('providers/azure', { set: { name: 'Azure' }, note: 'why' }))
    await changed(overrides.put('models/azure/one', made))
    expect(await overrides.model('one', 'azure')).toMatchObject({ id: 'custom:azure:one', name: 'one' })
  })

  it('sorts modalities and removes duplicates', async () => {
    const modalities = { input: ['pdf', 'text', 'pdf'], output: ['text'] }
    await changed(overrides.put(ONE, { set: { modalities, sdk: { model: 'one' } }, note: 'why' }))
    expect(await overrides.model('one')).toMatchObject({
      modalities: { input: ['text', 'pdf'], output: ['text'] },
      sdk: { model: 'one' },
    })
  })

  it('replaces the existing one', async () => {
    await changed(overrides.put(ONE, PUT))
    await changed(overrides.put(ONE, { hidden: true, note: 'Gone' }))
    expect(await overrides.active()).toMatchObject([{ hidden: true, note: 'Gone' }])
    expect(await overrides.model('one')).toBeUndefined()
  })

  it('that changes nothing public is unchanged', async () => {
    const answer = await changed(overrides.put(ONE, { set: { pricing: { input: 1 } }, note: 'why' }))
    expect(answer).toMatchObject({
      outcome: 'unchanged',
      seq: 1,
      diff: { summary: { added: 0, removed: 0, changed: 0 } },
    })
    expect(await overrides.active()).toHaveLength(1)
  })

  it('is neither for browsers nor cached', async () => {
    const response = await overrides.put(ONE, PUT, CORS)
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('etag')).toBeNull()
  })

  it('is refused if it closes a cycle, which is named', async () => {
    const two = { inheritFrom: { provider: 'acme', value: 'two' }, note: 'why' }
    await changed(overrides.put(ONE, two))
    await overrides.expectUntouched(async () => {
      const back = { inheritFrom: { provider: 'acme', value: 'one' }, note: 'why' }
      const problem = await readProblem(await overrides.put('models/acme/two', back), 'conflict')
      expect(problem.detail).toMatch(/acme\/(one|two) -> acme\/(one|two) -> acme\/(one|two)/)
      const self = await readProblem(await overrides.put('models/acme/two', two), 'conflict')
      expect(self.detail).toContain('acme/two -> acme/two')
    })
  })

  it('needs a registry that is not empty', async () => {
    await takeDays(app)
    await readProblem(await new OverridesApp(testApp()).put(ONE, PUT), 'empty-registry')
  })
})

describe('DELETE an override', () => {
  it('restores what the pull states', async () => {
    const { etag } = await overrides.manifest()
    await changed(overrides.put(ONE, PUT))
    expect(await changed(overrides.delete(ONE))).toMatchObject({ outcome: 'committed', seq: 3 })
    expect((await overrides.manifest()).etag).toBe(etag)
    expect(await overrides.active()).toEqual([])
  })

  it.each([ONE, 'providers/acme', 'models/no/thing'])('that does not exist is not found: %s', async (target) => {
    await overrides.expectUntouched(async () => readProblem(await overrides.delete(target), 'not-found'))
  })
})

describe('?dryRun=true', () => {
  it('returns the same as the real change, and writes nothing', async () => {
    // Only the time of the commit differs.
    const outcomeOf = async (response: Promise<Response>) => {
      const { outcome, diff } = await changed(response)
      const { from, to, ...content } = diff
      return { outcome, from: from.seq, to: [to.seq, to.version, to.cause, to.changes], content }
    }
    const expectRehearsed = async (call: (query: string) => Promise<Response>) => {
      let dry = {}
      await overrides.expectUntouched(async () => {
        dry = await outcomeOf(call('?dryRun=true'))
      })
      expect(dry).toMatchObject({ outcome: 'would-commit' })
      expect(await outcomeOf(call(''))).toEqual({ ...dry, outcome: 'committed' })
    }
    await expectRehearsed((query) => overrides.put(ONE + query, PUT))
    await expectRehearsed((query) => overrides.delete(ONE + query))
    await expectRehearsed((query) => overrides.post([{ provider: 'acme', value: 'one', ...PUT }], query))
  })

  it('with false makes the real change, and refuses other values', async () => {
    await changed(overrides.put(`${ONE}?dryRun=false`, PUT))
    expect(await overrides.active()).toHaveLength(1)
    await readProblem(await overrides.put(`${ONE}?dryRun=maybe`, PUT), 'invalid-request')
  })
})

describe('GET overrides', () => {
  it('lists active overrides, sorted, with their author and time', async () => {
    expect(await overrides.active()).toEqual([])
    await changed(overrides.put('models/acme/two', { ...PUT, unset: ['iq'] }))
    await changed(overrides.put('providers/acme', { hidden: false, note: 'why' }))
    await changed(overrides.put(ONE, PUT))
    await changed(overrides.delete(ONE))
    const at = expect.stringMatching(/Z$/)
    expect(await overrides.active()).toEqual([
      { provider: 'acme', hidden: false, note: 'why', at, by: 'root' },
      { provider: 'acme', value: 'two', ...PUT, unset: ['iq'], at, by: 'root' },
    ])
  })

  it('shows one with its history and its ETag', async () => {
    await readProblem(await overrides.get(`/${ONE}`), 'not-found')
    await changed(overrides.put(ONE, { hidden: true, note: 'first' }))
    await changed(overrides.put('models/acme/two', PUT))
    await changed(overrides.put(ONE, PUT))
    const response = await overrides.get(`/${ONE}`)
    expect(response.headers.get('etag')).toMatch(/^"[^"]+"$/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toMatchObject({
      ...{ provider: 'acme', value: 'one', ...PUT, by: 'root' },
      history: [
        { action: 'put', note: PUT.note },
        { action: 'put', note: 'first', override: { hidden: true } },
      ],
    })
    await changed(overrides.delete(ONE))
    await readProblem(await overrides.get(`/${ONE}`), 'not-found')
  })

  it('lists every change: when, who, what and why, in pages', async () => {
    await changed(overrides.put(ONE, PUT))
    await changed(overrides.delete(ONE))
    await changed(overrides.put('providers/acme', { hidden: true, note: 'Closed' }))
    const [third, second, first] = await overrides.history()
    expect([first, second, third]).toMatchObject([
      { action: 'put', provider: 'acme', value: 'one', by: 'root', note: PUT.note, override: PUT },
      { action: 'delete', provider: 'acme', value: 'one', by: 'root' },
      { action: 'put', provider: 'acme', by: 'root', note: 'Closed' },
    ])
    const page = await overrides.get('/history?limit=2')
    expect(await page.clone().json()).toEqual([third, second])
    expect(await (await app.get(nextOf(page) ?? '', BEARER)).json()).toEqual([first])
    for (const query of ['limit=0', 'limit=501', 'limit=x', 'before=-1', 'other=1'])
      await readProblem(await overrides.get(`/history?${query}`), 'invalid-request')
  })

  it('names the token that made the change', async () => {
    const tokens = 'alice:alice-0123456789ab,bob:bob-0123456789abcd,unnamed-0123456789'
    const teams = testApp({ ADMIN_TOKEN: tokens })
    const body = JSON.stringify({ set: { iq: 5 }, note: 'why' })
    for (const token of ['alice-0123456789ab', 'bob-0123456789abcd', 'unnamed-0123456789']) {
      const response = await teams.send('PUT', `${OVERRIDES}/${ONE}`, {
        headers: { authorization: `Bearer ${token}` },
        body,
      })
      expect(response.status).toBe(200)
    }
    const [third, second, first] = await overrides.history()
    expect([first?.by, second?.by]).toEqual(['alice', 'bob'])
    expect(third?.by).not.toContain('unnamed-0123456789')
    expect(third?.by).not.toBe('')
  })
})

it('keeps overrides after a later pull', async () => {
  await changed(overrides.put(ONE, { set: { iq: 5 }, note: 'why' }))
  const fetchedAt = new Date(Date.now() + 1000).toISOString()
  await app.take(recordedPull([aaRow({ slug: 'one', name: 'Renamed' })], { fetchedAt }))
  expect(await overrides.model('one')).toMatchObject({ name: 'Renamed', iq: 5 })
})
