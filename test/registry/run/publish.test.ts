import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SHARD_KEYS } from '../../../src/core/manifest/part-shards.ts'
import { listedColumnsOf } from '../../../src/core/search/columns/listed-models.ts'
import {
  HOUR,
  MINUTE,
  type OpenedRegistry,
  SECOND,
  START,
  withRegistry,
} from '../../support/registry/opened-registry.ts'
import { RecordedKv } from '../../support/registry/recorded-kv.ts'
import { commitAt } from '../../support/registry/stored/stored-history.ts'
import { aaRow, model, provider } from '../../support/rows.ts'

afterEach(reset)

const KEYS = [...SHARD_KEYS, 'manifest', 'index', 'columns', 'listed', 'current']
const named = (name: string) => [aaRow({ name })]

/** Sends a pull a millisecond after the previous one. */
function send(opened: OpenedRegistry, name: string): void {
  opened.clock.now += 1
  expect(opened.send(named(name))).toMatchObject({ value: { outcome: 'committed' } })
}

/** Milliseconds from one write of a key to the next. */
function waitsBetween(kv: RecordedKv, key: string): number[] {
  const times = kv.writes.filter((write) => write.key === key).map(({ at }) => at)
  return times.slice(1).map((at, index) => at - (times[index] ?? 0))
}

function withKv(work: (opened: OpenedRegistry, kv: RecordedKv) => Promise<void>): Promise<void> {
  const kv = new RecordedKv()
  return withRegistry(
    async (opened) => {
      kv.clock = opened.clock
      await work(opened, kv)
    },
    { kv },
  )
}

describe('after a commit', () => {
  it('KV has the manifest with its metadata, its index, and the pointer', () =>
    withRegistry(async (opened) => {
      send(opened, 'A')
      await opened.pass(SECOND)
      const pointer = opened.registry.current()
      const manifest = await env.REGISTRY.getWithMetadata('manifest')
      const { version, etag, generatedAt, seq } = pointer ?? {}
      expect(manifest.metadata).toEqual({ version, etag, generatedAt, seq })
      const { bytes, index } = opened.registry.manifest(1) ?? {}
      expect(manifest.value).toBe(new TextDecoder().decode(bytes))
      expect(await env.REGISTRY.get('index', 'json')).toEqual(index)
      const listed = listedColumnsOf(JSON.parse(manifest.value ?? ''))
      expect(await env.REGISTRY.get('listed', 'json')).toEqual(listed)
      expect(await env.REGISTRY.get('current', 'json')).toEqual(pointer)
    }))

  it('the manifest and its index are written before the pointer to them', () =>
    withKv(async (opened, kv) => {
      send(opened, 'A')
      await opened.pass(SECOND)
      expect(kv.keys()).toEqual(KEYS)
    }))

  it('content that returned is published with the time of its first commit and the seq of its newest', () =>
    withKv(async (opened, kv) => {
      for (const name of ['A', 'B', 'A']) send(opened, name)
      await opened.pass(SECOND)
      const [first] = opened.commits()
      const metadata = { version: first?.version, etag: first?.etag, generatedAt: first?.generatedAt, seq: 3 }
      expect(kv.writes.find(({ key }) => key === 'manifest')?.metadata).toEqual(metadata)
    }))

  it('a live pull is published like an import', () =>
    withKv(async (opened, kv) => {
      opened.source.serve()
      await opened.registry.refresh({})
      await opened.pass(SECOND)
      expect(kv.published()).toEqual([1])
    }))

  it('nothing is written if nothing changed', () =>
    withKv(async (opened, kv) => {
      send(opened, 'A')
      await opened.pass(MINUTE)
      expect(opened.send(named('A'))).toMatchObject({ value: { outcome: 'unchanged' } })
      await opened.pass(HOUR)
      expect(kv.keys()).toEqual(KEYS)
      expect(await opened.storage.getAlarm()).toBeNull()
    }))
})

describe('a burst of commits', () => {
  it('publishes only its newest commit', () =>
    withKv(async (opened, kv) => {
      for (const name of ['A', 'B', 'C']) send(opened, name)
      await opened.pass(MINUTE)
      expect(kv.published()).toEqual([3])
    }))

  it('never writes a key twice within a second, and always ends with the newest commit', () =>
    withKv(async (opened, kv) => {
      for (let commit = 0; commit < 40; commit++) {
        send(opened, `name ${commit}`)
        await opened.pass(99)
      }
      await opened.pass(MINUTE)
      expect(Math.min(...waitsBetween(kv, 'manifest'))).toBeGreaterThanOrEqual(SECOND)
      expect(kv.published().at(-1)).toBe(40)
      expect(kv.published().length).toBeGreaterThan(3)
    }))

  it('never writes the pointer twice within a second, however long the manifest took', () =>
    withKv(async (opened, kv) => {
      kv.nextTakes = 900
      send(opened, 'A')
      await opened.pass(0)
      send(opened, 'B')
      await opened.pass(MINUTE)
      expect(kv.published()).toEqual([1, 2])
      expect(Math.min(...waitsBetween(kv, 'current'))).toBeGreaterThanOrEqual(SECOND)
    }))

  it('that continues while KV is being written is published afterwards', () =>
    withKv(async (opened, kv) => {
      const written = Promise.withResolvers<void>()
      kv.held = written.promise
      send(opened, 'A')
      const alarm = opened.registry.alarm()
      send(opened, 'B')
      send(opened, 'C')
      expect(kv.keys()).toEqual(SHARD_KEYS)
      written.resolve()
      kv.held = undefined
      await alarm
      expect(kv.published()).toEqual([1])
      await opened.pass(SECOND)
      expect(kv.published()).toEqual([1, 3])
      await opened.pass(HOUR)
      expect(kv.published()).toEqual([1, 3])
    }))
})

describe('while KV fails', () => {
  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('publishing is retried, less and less often, until it is confirmed', () =>
    withKv(async (opened, kv) => {
      kv.failing.add('manifest')
      send(opened, 'A')
      await opened.pass(HOUR)
      const waits = waitsBetween(kv, 'manifest')
      expect(waits.slice(0, 4)).toEqual([2, 4, 8, 16].map((seconds) => seconds * SECOND))
      expect(Math.max(...waits)).toBe(5 * MINUTE)
      kv.failing.clear()
      await opened.pass(5 * MINUTE)
      expect(kv.published()).toEqual([1])
      const written = kv.writes.length
      await opened.pass(HOUR)
      expect(kv.writes).toHaveLength(written)
    }))

  it('no pointer is written to a manifest that was not written', () =>
    withKv(async (opened, kv) => {
      kv.failing.add('manifest')
      send(opened, 'A')
      await opened.pass(HOUR)
      expect(kv.keys()).not.toContain('current')
    }))

  it('a pointer that could not be written is written later', () =>
    withKv(async (opened, kv) => {
      kv.failing.add('current')
      send(opened, 'A')
      await opened.pass(SECOND)
      kv.failing.clear()
      await opened.pass(MINUTE)
      expect(kv.keys()).toEqual([...KEYS, ...KEYS])
    }))

  it('no commit is lost, and the newest commit is published in the end', () =>
    withKv(async (opened, kv) => {
      kv.failing.add('manifest')
      send(opened, 'A')
      await opened.pass(MINUTE)
      send(opened, 'B')
      kv.failing.clear()
      await opened.pass(5 * MINUTE)
      expect(kv.published()).toEqual([2])
    }))

  it('the registry continues to read and commit', () =>
    withKv(async (opened, kv) => {
      kv.failing.add('manifest')
      send(opened, 'A')
      await opened.pass(MINUTE)
      send(opened, 'B')
      expect(opened.registry.current()?.seq).toBe(2)
      expect(opened.manifest(2).models).toMatchObject([{ name: 'B' }])
    }))
})

describe('a clock that is set back before the alarm fires', () => {
  it.each<[string, (opened: OpenedRegistry, kv: RecordedKv) => unknown]>([
    ['the next run', (opened) => opened.registry.runScheduled()],
    ['a read of the status', (opened) => opened.registry.status()],
    ['a restart', (opened, kv) => opened.reopen({}, kv)],
  ])('does not leave KV behind: %s schedules the write again', (_, happens) =>
    withKv(async (opened, kv) => {
      send(opened, 'A')
      opened.clock.now -= 24 * HOUR
      opened.source.refuse(500)
      await opened.pass(MINUTE)
      expect(kv.published()).toEqual([])
      await happens(opened, kv)
      await opened.pass(MINUTE)
      expect(kv.published()).toEqual([1])
    }),
  )

  it('is a warning until KV has the commit', () =>
    withKv(async (opened) => {
      send(opened, 'A')
      opened.clock.now -= 24 * HOUR
      expect(opened.registry.status().warnings).toMatchObject([{ code: 'kv-behind' }])
      await opened.pass(MINUTE)
      expect(opened.registry.status().warnings).toEqual([])
    }))
})

describe('a manifest larger than the limit of KV', () => {
  const huge = (rows: number) => Array.from({ length: rows }, (_, index) => [`m${index}`, 'x'.repeat(900_000)] as const)

  it('is not retried: the status names it, and the next commit is published', () =>
    withKv(async (opened, kv) => {
      const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined)
      const catalogue = (names: readonly (readonly [string, string])[]) => ({
        providers: [provider()],
        models: names.map(([value, family]) => model({ value, family })),
      })
      commitAt(opened.db, START, catalogue(huge(30)))
      await opened.reopen({}, kv)
      await opened.pass(HOUR)
      expect(kv.keys()).toEqual([])
      expect(errors).toHaveBeenCalledTimes(1)
      expect(opened.registry.status().warnings).toContainEqual(expect.objectContaining({ code: 'kv-too-large' }))
      expect(await opened.storage.getAlarm()).toBeNull()
      commitAt(opened.db, START + 1, catalogue([['m0', 'small']]))
      await opened.reopen({}, kv)
      await opened.pass(MINUTE)
      expect(kv.published()).toEqual([2])
      expect(opened.registry.status().warnings.map(({ code }) => code)).not.toContain('kv-too-large')
      vi.restoreAllMocks()
    }))
})

describe('an eviction between commit and publishing', () => {
  it('does not lose the commit to publish', () =>
    withKv(async (opened, kv) => {
      send(opened, 'A')
      await opened.reopen({}, kv)
      await opened.pass(SECOND)
      expect(kv.published()).toEqual([1])
    }))

  it('publishes again if KV did not confirm the write', () =>
    withKv(async (opened, kv) => {
      kv.held = new Promise(() => undefined)
      send(opened, 'A')
      void opened.registry.alarm()
      kv.held = undefined
      await opened.reopen({}, kv)
      await opened.pass(SECOND)
      expect(kv.keys()).toEqual([...SHARD_KEYS, ...KEYS])
    }))
})
