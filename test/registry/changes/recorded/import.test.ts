import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { readPayload } from '../../../../src/registry/store/pulls.ts'
import { bytesOf, MINUTE, type OpenedRegistry, START, withRegistry } from '../../../support/registry/opened-registry.ts'
import { DAY } from '../../../support/registry/stored/stored-history.ts'
import { ACME, aaPages, aaProRow, aaRow, type Facts, recordedPull, uuidOf } from '../../../support/rows.ts'

afterEach(reset)

const YESTERDAY = START - DAY
const one = (facts: Facts = {}) => [aaRow(facts)]

/** The number of commits and pulls, to check that a refusal leaves nothing behind. */
const sizes = (opened: OpenedRegistry) => [opened.commits().length, opened.pulls().length]

describe('importPull()', () => {
  it('commits a recorded pull at its own time', () =>
    withRegistry(async (opened) => {
      const outcome = opened.send(one({ name: 'Old' }), { at: YESTERDAY })
      const [commit] = opened.commits()
      expect(outcome).toEqual({
        ok: true,
        value: {
          outcome: 'committed',
          version: commit?.version,
          seq: 1,
          changes: { added: 1, removed: 0, changed: 0 },
        },
      })
      expect(commit).toMatchObject({ cause: 'import', committedAt: new Date(YESTERDAY).toISOString() })
      expect(opened.manifest(1).models).toMatchObject([{ name: 'Old', value: 'acme-one', provider: 'acme' }])
      expect(opened.manifest(1).attribution).toMatchObject([{ name: 'Artificial Analysis' }])
    }))

  it('reads a time with an offset', () =>
    withRegistry(async (opened) => {
      const pull = recordedPull(one(), { fetchedAt: '2036-02-01T02:00:00+02:00' })
      opened.registry.importPull(bytesOf(pull), false)
      expect(opened.commits()[0]?.committedAt).toBe('2036-02-01T00:00:00.000Z')
    }))

  it('creates no commit for a pull that changes nothing, but records it', () =>
    withRegistry(async (opened) => {
      opened.send(one(), { at: YESTERDAY })
      const outcome = opened.send(one(), { at: YESTERDAY + 1 })
      expect(outcome).toEqual({
        ok: true,
        value: { outcome: 'unchanged', version: opened.commits()[0]?.version, seq: 1 },
      })
      expect(sizes(opened)).toEqual([1, 2])
    }))

  it('accepts the Pro shape like the Free one', () =>
    withRegistry(async (opened) => {
      opened.send([aaProRow({ context_window_tokens: 200_000 })], { tier: 'pro' })
      expect(opened.manifest(1).models).toMatchObject([{ metrics: { contextWindow: 200_000 } }])
      expect(opened.pulls()[0]).toMatchObject({ tier: 'pro', indexVersion: 4.1, models: 1 })
    }))

  it('keeps the payload as received, with unknown keys', () =>
    withRegistry(async (opened) => {
      const rows = [aaRow({ slug: 'a', new_fact: { deep: [1, null, 'é'] } }), aaRow({ slug: 'b' })]
      opened.send(rows, { at: YESTERDAY, pageSize: 1 })
      const { fetchedAt, pages } = readPayload(opened.db, 1) ?? {}
      expect(fetchedAt).toBe(new Date(YESTERDAY).toISOString())
      expect(pages).toEqual(aaPages(rows, { pageSize: 1 }))
    }))

  it('returns the first outcome when the same pull is sent again, and records it once', () =>
    withRegistry(async (opened) => {
      const first = opened.send(one({ name: 'A' }), { at: YESTERDAY })
      opened.send(one({ name: 'B' }), { at: YESTERDAY + 1 })
      const unchanged = opened.send(one({ name: 'B' }), { at: YESTERDAY + 2 })
      expect(opened.send(one({ name: 'A' }), { at: YESTERDAY })).toEqual(first)
      expect(opened.send(one({ name: 'B' }), { at: YESTERDAY + 2 })).toEqual(unchanged)
      expect(sizes(opened)).toEqual([2, 3])
    }))

  it('recognizes the same pull after an eviction', () =>
    withRegistry(async (opened) => {
      const first = opened.send(one(), { at: YESTERDAY })
      await opened.reopen()
      expect(opened.send(one(), { at: YESTERDAY })).toEqual(first)
    }))
})

describe('importPull() of another pull', () => {
  it.each([
    ['at the time of the newest commit', 0],
    ['before the newest commit', -1],
    ['long before it', -DAY],
  ])('refuses one %s', (_, offset) =>
    withRegistry(async (opened) => {
      opened.send(one({ name: 'A' }), { at: YESTERDAY })
      const refused = opened.send(one({ name: 'B' }), { at: YESTERDAY + offset })
      expect(refused).toMatchObject({ ok: false, failure: { code: 'conflict' } })
      expect(JSON.stringify(refused)).toContain(opened.commits()[0]?.committedAt)
      expect(sizes(opened)).toEqual([1, 1])
    }),
  )

  it('refuses one that is older than a pull that changed nothing', () =>
    withRegistry(async (opened) => {
      opened.send(one({ name: 'A' }), { at: YESTERDAY })
      opened.send(one({ name: 'A' }), { at: YESTERDAY + 10 })
      expect(opened.send(one({ name: 'B' }), { at: YESTERDAY + 5 })).toMatchObject({ failure: { code: 'conflict' } })
    }))

  it('accepts a clock that is at most five minutes ahead', () =>
    withRegistry(async (opened) => {
      const refused = opened.send(one(), { at: START + 5 * MINUTE + 1 })
      expect(refused).toMatchObject({ failure: { code: 'invalid-request', errors: [{ field: 'fetchedAt' }] } })
      expect(sizes(opened)).toEqual([0, 0])
      expect(opened.send(one(), { at: START + 5 * MINUTE })).toMatchObject({ value: { outcome: 'committed' } })
    }))
})

describe('importPull() of anything but a pull', () => {
  const page = aaPages(one())[0]
  const fetchedAt = '2026-10-01T02:00:00.000Z'

  it.each([
    ['text', 'not JSON', ['body']],
    ['nothing', '', ['body']],
    ['null', 'null', ['body']],
    ['a list', '[]', ['body']],
    ['neither key', '{}', ['fetchedAt', 'pages']],
    ['no time', { pages: [page] }, ['fetchedAt']],
    ['a date alone', { fetchedAt: '2026-10-01', pages: [page] }, ['fetchedAt']],
    ['a time without a zone', { fetchedAt: '2026-10-01T02:00:00', pages: [page] }, ['fetchedAt']],
    ['a day that does not exist', { fetchedAt: '2026-02-30T02:00:00Z', pages: [page] }, ['fetchedAt']],
    ['no pages', { fetchedAt }, ['pages']],
    ['an empty list of pages', { fetchedAt, pages: [] }, ['pages']],
    ['pages that are not a list', { fetchedAt, pages: page }, ['pages']],
  ])('names the invalid field in %s', (_, body, fields) =>
    withRegistry(async (opened) => {
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : bytesOf(body)
      const refused = opened.registry.importPull(bytes, false)
      expect(refused).toMatchObject({ ok: false, failure: { code: 'invalid-request' } })
      const failure = refused.ok ? undefined : refused.failure
      expect(failure?.code === 'invalid-request' && failure.errors?.map(({ field }) => field)).toEqual(fields)
      expect(sizes(opened)).toEqual([0, 0])
    }),
  )

  it.each([
    ['an empty page', aaPages([])],
    ['a page that is null', [null]],
    ['a page missing at the end', aaPages([aaRow({ slug: 'a' }), aaRow({ slug: 'b' })], { pageSize: 1 }).slice(0, 1)],
    ['a model listed twice', aaPages([aaRow({ id: uuidOf('x') }), aaRow({ id: uuidOf('y') })])],
    ['a row without a slug', aaPages([aaRow({ slug: null })])],
    ['a key with a line break', aaPages([aaRow({ slug: 'a\nb' })])],
    ['an error reply', [{ error: 'Unauthorized' }]],
  ])('refuses %s, reports the place and records nothing', (_, pages) =>
    withRegistry(async (opened) => {
      const refused = opened.registry.importPull(bytesOf({ fetchedAt, pages }), false)
      expect(refused).toMatchObject({ ok: false, failure: { code: 'invalid-request', errors: [{ field: 'pages' }] } })
      expect(sizes(opened)).toEqual([0, 0])
      expect(opened.registry.status().sources['artificial-analysis']).not.toHaveProperty('lastPull')
    }),
  )

  it('refuses a payload that is too large for a row', () =>
    withRegistry(async (opened) => {
      const noise = () => Buffer.from(crypto.getRandomValues(new Uint8Array(65_536))).toString('base64')
      const rows = Array.from({ length: 30 }, (_, index) => aaRow({ slug: `m${index}`, noise: noise() }))
      const refused = opened.send(rows)
      expect(refused).toMatchObject({ failure: { code: 'invalid-request', errors: [{ field: 'pages' }] } })
      expect(JSON.stringify(refused)).toContain('1.9 MB')
      expect(sizes(opened)).toEqual([0, 0])
      expect(opened.send(rows.slice(0, 10))).toMatchObject({ value: { outcome: 'committed' } })
    }))
})

describe('importPull() and the names of creators', () => {
  const acme = (name: string): Facts => ({ model_creator: { ...ACME, name } })

  it('keeps the provider of a creator that is renamed, also after an eviction', () =>
    withRegistry(async (opened) => {
      opened.send([aaRow(acme('Acme'))], { at: YESTERDAY })
      await opened.reopen()
      opened.send([aaRow(acme('Acme Robotics'))], { at: YESTERDAY + 1 })
      expect(opened.manifest(2).models).toMatchObject([{ provider: 'acme' }])
      expect(opened.manifest(2).providers).toMatchObject([{ value: 'acme', name: 'Acme Robotics' }])
    }))

  it('keeps the provider of a creator that was absent', () =>
    withRegistry(async (opened) => {
      opened.send([aaRow(acme('Acme'))], { at: YESTERDAY })
      opened.send([aaRow({ slug: 'other', model_creator: { id: uuidOf('Other'), name: 'Other' } })], {
        at: YESTERDAY + 1,
      })
      opened.send([aaRow(acme('Changed'))], { at: YESTERDAY + 2 })
      expect(opened.manifest(3).models).toMatchObject([{ provider: 'acme' }])
    }))

  it('does not give the name of one creator to another', () =>
    withRegistry(async (opened) => {
      const newcomer = { id: '0123abcd-0000-4000-8000-000000000000', name: 'ACME' }
      opened.send([aaRow(acme('Acme'))], { at: YESTERDAY })
      opened.send([aaRow({ slug: 'new', model_creator: newcomer })], { at: YESTERDAY + 1 })
      expect(opened.manifest(2).models).toMatchObject([{ provider: 'acme-0123abcd' }])
    }))

  it('stores no provider for the creators in a refused pull', () =>
    withRegistry(async (opened) => {
      const rows = [aaRow({ ...acme('First'), id: uuidOf('x') }), aaRow({ ...acme('First'), id: uuidOf('y') })]
      expect(opened.send(rows)).toMatchObject({ ok: false })
      opened.send([aaRow(acme('Second'))])
      expect(opened.manifest(1).models).toMatchObject([{ provider: 'second' }])
    }))
})
