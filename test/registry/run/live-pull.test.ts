import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { readPayload } from '../../../src/registry/store/pulls.ts'
import { API_KEY, MINUTE, SECOND, START, withRegistry } from '../../support/registry/opened-registry.ts'
import { aaPages, aaRow } from '../../support/rows.ts'

afterEach(reset)

const named = (name: string) => [aaRow({ name })]
const startTime = new Date(START).toISOString()

describe('a live pull', () => {
  it('is committed at the time when its last page was read', () =>
    withRegistry(async (opened) => {
      opened.source.serve(named('A'))
      const outcome = await opened.registry.refresh({})
      const [commit] = opened.commits()
      expect(outcome).toEqual({
        ok: true,
        value: {
          ...{ outcome: 'committed', version: commit?.version, seq: 1, changes: { added: 1, removed: 0, changed: 0 } },
          sources: { 'artificial-analysis': { outcome: 'committed', pull: 1 } },
        },
      })
      expect(commit).toMatchObject({ cause: 'pull', committedAt: startTime, generatedAt: startTime })
      expect(opened.manifest(1).models).toMatchObject([{ name: 'A' }])
    }))

  it('is recorded as unchanged if it states nothing new', () =>
    withRegistry(async (opened) => {
      opened.source.serve(named('A'))
      await opened.registry.refresh({})
      await opened.pass(MINUTE)
      const outcome = await opened.registry.runScheduled()
      expect(outcome).toMatchObject({
        ok: true,
        value: { outcome: 'unchanged', version: opened.commits()[0]?.version, seq: 1 },
      })
      expect(opened.commits()).toHaveLength(1)
      expect(opened.pulls().map(({ outcome, at }) => [outcome, at - START])).toEqual([
        ['committed', 0],
        ['unchanged', MINUTE],
      ])
    }))

  it('is recorded with its payload, its source and the remaining quota', () =>
    withRegistry(async (opened) => {
      const rows = [aaRow({ slug: 'a', new_fact: 1 }), aaRow({ slug: 'b' })]
      const headers = { 'x-ratelimit-remaining': '95', 'x-ratelimit-reset': String(START / SECOND + 60) }
      opened.source.serve(rows, { pageSize: 1, indexVersion: 4.2, headers })
      await opened.registry.refresh({ forced: true })
      expect(opened.pulls()).toMatchObject([
        { origin: 'live', forced: true, tier: 'free', indexVersion: 4.2, models: 2, rateLimitRemaining: 95, seq: 1 },
      ])
      expect(readPayload(opened.db, 1)).toEqual({
        fetchedAt: startTime,
        pages: aaPages(rows, { pageSize: 1, indexVersion: 4.2 }),
      })
    }))

  it('is not started, recorded or retried without the settings it needs', () =>
    withRegistry(
      async (opened) => {
        expect(await opened.registry.refresh({})).toMatchObject({ ok: false, failure: { code: 'configuration' } })
        expect(await opened.registry.runScheduled()).toMatchObject({ failure: { code: 'configuration' } })
        expect([opened.source.requests, opened.pulls().length]).toEqual([0, 0])
        expect(await opened.storage.getAlarm()).toBeNull()
      },
      { vars: { AA_TIER: 'off' } },
    ))

  it('is shared by all concurrent callers', () =>
    withRegistry(async (opened) => {
      const release = opened.source.hold()
      const runs = [
        opened.registry.refresh({}),
        opened.registry.runScheduled(),
        opened.registry.refresh({ forced: true }),
      ]
      opened.registry.fill()
      release(named('A'))
      const [first, ...others] = await Promise.all(runs)
      expect(first).toMatchObject({ value: { outcome: 'committed' } })
      for (const other of others) expect(other).toEqual(first)
      expect([opened.source.requests, opened.pulls().length]).toEqual([1, 1])
      await opened.registry.refresh({})
      expect(opened.pulls()).toHaveLength(2)
    }))

  it('is shared even if it fails, and the next request starts a new pull', () =>
    withRegistry(async (opened) => {
      opened.source.refuse(503)
      const [first, second] = await Promise.all([opened.registry.refresh({}), opened.registry.refresh({})])
      expect(second).toEqual(first)
      expect(opened.pulls()).toHaveLength(1)
      opened.source.serve()
      expect(await opened.registry.refresh({})).toMatchObject({ ok: true })
    }))

  it('is committed after a pull that was imported while it was read', () =>
    withRegistry(async (opened) => {
      const release = opened.source.hold()
      const run = opened.registry.refresh({})
      opened.send(named('imported'), { at: START + MINUTE })
      release(named('live'))
      expect(await run).toMatchObject({ ok: true, value: { outcome: 'committed', seq: 2 } })
      expect(opened.commits().map(({ committedAt }) => Date.parse(committedAt) - START)).toEqual([MINUTE, MINUTE + 1])
      expect(opened.manifest(2).models).toMatchObject([{ name: 'live' }])
    }))
})

describe('a live pull that fails', () => {
  const twoPages = aaPages([aaRow({ slug: 'a' }), aaRow({ slug: 'b' })], { pageSize: 1 })

  it.each([
    ['a key that is not accepted', () => new Response('no', { status: 401 }), 'unauthorized', 'AA_API_KEY'],
    ['a tier that is not allowed', () => new Response('no', { status: 403 }), 'wrong-tier', 'AA_TIER'],
    ['an endpoint that is retired', () => new Response('no', { status: 410 }), 'gone', 'AA_BASE_URL'],
    ['a quota that is used up', () => new Response('no', { status: 429 }), 'rate-limited', '429'],
    ['a service that is down', () => new Response('no', { status: 502 }), 'unavailable', '502'],
    ['a redirect', () => Response.redirect('https://elsewhere.example/'), 'refused', '302'],
    ['a broken connection', () => Promise.reject(new TypeError('lost')), 'network', 'lost'],
    ['a reply that is not JSON', () => new Response('<html>'), 'invalid', 'not JSON'],
    ['a reply without rows', () => Response.json(aaPages([])[0]), 'invalid', 'no rows'],
    ['pages that move', () => Response.json(twoPages[0]), 'inconsistent', 'page 2'],
    [
      'a model listed twice',
      () => Response.json(aaPages([aaRow({ id: 'x' }), aaRow({ id: 'y' })])[0]),
      'inconsistent',
      'acme/acme-one',
    ],
  ] as const)('records %s, changes nothing and is retried', (_, answer, code, hint) =>
    withRegistry(async (opened) => {
      opened.source.serve(named('A'))
      await opened.registry.refresh({})
      const before = [opened.commits(), opened.manifest(1)]
      opened.source.answer = answer
      await opened.pass(MINUTE)
      const result = await opened.registry.runScheduled()
      expect(result).toMatchObject({ ok: false, failure: { code: 'source-failed', reason: code } })
      const pull = opened.pulls()[1]
      expect(pull).toMatchObject({ outcome: 'failed', origin: 'live', code, at: START + MINUTE, seq: null })
      expect(pull?.detail).toContain(hint)
      expect([opened.commits(), opened.manifest(1)]).toEqual(before)
      expect(opened.registry.status().sources['artificial-analysis']).toMatchObject({
        lastPull: { id: 2, at: new Date(START + MINUTE).toISOString(), outcome: 'failed', code, detail: pull?.detail },
        nextRun: new Date(START + 6 * MINUTE).toISOString(),
      })
    }),
  )

  it('records a pull that is too large for a row', () =>
    withRegistry(async (opened) => {
      const noise = () => Buffer.from(crypto.getRandomValues(new Uint8Array(65_536))).toString('base64')
      opened.source.serve(Array.from({ length: 30 }, (_, index) => aaRow({ slug: `m${index}`, noise: noise() })))
      expect(await opened.registry.refresh({})).toMatchObject({ failure: { reason: 'too-large' } })
      expect(opened.pulls()).toMatchObject([{ outcome: 'failed', code: 'too-large', payload: null }])
    }))

  // Recorded details are public, in /v1/status.
  it('never records the key, even if the reply repeats it', () =>
    withRegistry(async (opened) => {
      const repeat = [
        () => new Response(API_KEY, { status: 401, statusText: API_KEY }),
        () => new Response(API_KEY, { status: 500, headers: { 'retry-after': API_KEY } }),
        () => new Response(`${API_KEY} is wrong`),
        () => Response.json({ ...twoPages[0], tier: API_KEY }),
        () => Promise.reject(new TypeError(`Cannot send the header x-api-key: ${API_KEY}`)),
      ]
      for (const answer of repeat) {
        opened.source.answer = answer
        await opened.registry.refresh({})
      }
      expect(opened.pulls()).toHaveLength(repeat.length)
      expect(JSON.stringify([opened.pulls(), opened.registry.status()])).not.toContain(API_KEY)
    }))
})
