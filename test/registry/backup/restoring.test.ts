import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { backupOf, isRestoring, partsOf, restoreParts } from '../../support/registry/backup-lines.ts'
import { HOUR, MINUTE, type OpenedRegistry, withRegistry } from '../../support/registry/opened-registry.ts'
import { bodiesOf, fillMemory, ROWS, recordsOf, tablesOf } from '../../support/registry/stored/whole-memory.ts'

afterEach(reset)

let backup = ''
let parts: string[] = []
let remembered = {}

beforeAll(async () => {
  await withRegistry(async (opened) => {
    await fillMemory(opened)
    backup = await backupOf(opened.registry)
    remembered = { records: recordsOf(opened), bodies: bodiesOf(opened) }
  })
  parts = partsOf(backup, 4)
  await reset()
})

const RESTORING = { ok: false, failure: { code: 'restoring' } }
const CONFLICT = { ok: false, failure: { code: 'conflict' } }

/** Restores two of the four parts. */
function begin(opened: OpenedRegistry): void {
  for (const part of [1, 2]) expect(opened.registry.restore(part, parts[part - 1] ?? '')).toMatchObject({ ok: true })
}

/** Restores the rest. The registry then has exactly the data of the backup. */
function finish(opened: OpenedRegistry): void {
  for (const part of [3, 4]) expect(opened.registry.restore(part, parts[part - 1] ?? '')).toMatchObject({ ok: true })
  expect({ records: recordsOf(opened), bodies: bodiesOf(opened) }).toEqual(remembered)
}

describe('while a backup is being restored', () => {
  it('the registry has no current commit, and reports the restore in its status and to readers', () =>
    withRegistry(async (opened) => {
      begin(opened)
      expect(opened.registry.current()).toBeUndefined()
      expect(opened.registry.fill()).toBe('restoring')
      const status = opened.registry.status()
      expect(status).not.toHaveProperty('version')
      expect(status.warnings).toContainEqual({ code: 'restoring', detail: expect.stringContaining('import') })
      finish(opened)
    }))

  it.each<[string, (opened: OpenedRegistry) => unknown]>([
    ['importPull()', (opened) => opened.send(ROWS)],
    ['refresh()', (opened) => opened.registry.refresh({ forced: true })],
    ['runScheduled()', (opened) => opened.registry.runScheduled()],
    ['accept()', (opened) => opened.registry.accept({ id: 8 })],
    ['reject()', (opened) => opened.registry.reject({ id: 8 })],
    ['rollBack()', (opened) => opened.registry.rollBack({ by: 'at', time: opened.clock.now }, 'why')],
    ['liftPin()', (opened) => opened.registry.liftPin()],
    ['export()', (opened) => opened.registry.export(false)],
    ['version()', (opened) => opened.registry.version({ by: 'at', time: opened.clock.now })],
  ])('%s is refused and changes nothing', (_name, call) =>
    withRegistry(async (opened) => {
      opened.source.serve(ROWS)
      begin(opened)
      const before = tablesOf(opened)
      expect(await call(opened)).toMatchObject(RESTORING)
      expect(tablesOf(opened)).toEqual(before)
      expect(opened.source.requests).toBe(0)
      finish(opened)
    }),
  )

  it('no pull is made for a reader or by an alarm', () =>
    withRegistry(async (opened) => {
      opened.source.refuse(500)
      await opened.registry.refresh({ forced: false })
      opened.source.serve(ROWS)
      begin(opened)
      opened.registry.fill()
      await opened.pass(24 * HOUR)
      expect(opened.source.requests).toBe(1)
      opened.clock.now -= 24 * HOUR
      finish(opened)
    }))

  it('nothing is published before the last part', () =>
    withRegistry(async (opened) => {
      begin(opened)
      await opened.pass(HOUR)
      await opened.reopen()
      await opened.pass(HOUR)
      expect((await env.REGISTRY.list()).keys).toEqual([])
      finish(opened)
      await opened.pass(MINUTE)
      expect(await env.REGISTRY.get('current', 'json')).toMatchObject({ seq: 5 })
    }))

  it('new settings do not trigger a build', () =>
    withRegistry(async (opened) => {
      begin(opened)
      await opened.reopen({ IQ_THRESHOLDS: '1,2,3,4,5' })
      await opened.pass(HOUR)
      await opened.reopen()
      finish(opened)
    }))
})

describe('a pull that is running when a restore begins', () => {
  it('does not commit when it ends', () =>
    withRegistry(async (opened) => {
      const release = opened.source.hold()
      const run = opened.registry.refresh({ forced: false })
      begin(opened)
      release(ROWS)
      expect(await run).toMatchObject(RESTORING)
      finish(opened)
    }))

  it('records nothing when it fails', () =>
    withRegistry(async (opened) => {
      const release = opened.source.hold()
      const run = opened.registry.refresh({ forced: false })
      begin(opened)
      release([])
      expect(await run).toMatchObject({ ok: false })
      finish(opened)
    }))

  it('records nothing when it is interrupted', () =>
    withRegistry(async (opened) => {
      opened.source.hold()
      void opened.registry.refresh({ forced: false })
      begin(opened)
      await opened.reopen()
      await opened.pass(MINUTE)
      opened.clock.now -= MINUTE
      finish(opened)
    }))

  it('makes the first commit in a registry that was wiped meanwhile', () =>
    withRegistry(async (opened) => {
      const release = opened.source.hold()
      const run = opened.registry.refresh({ forced: false })
      begin(opened)
      opened.registry.wipeRestore()
      release(ROWS)
      expect(await run).toMatchObject({ ok: true, value: { outcome: 'committed', seq: 1 } })
    }))
})

describe('wipeRestore()', () => {
  it('deletes what was restored: the registry is empty again, and usable', () =>
    withRegistry(async (opened) => {
      begin(opened)
      expect(opened.registry.wipeRestore()).toMatchObject({ ok: true })
      expect(isRestoring(opened.registry)).toBe(false)
      expect(Object.values(tablesOf(opened)).flat()).toEqual([])
      expect(opened.registry.fill()).toBe('empty')
      expect(opened.registry.status().held).toEqual([])
    }))

  it('lets another restore begin', () =>
    withRegistry(async (opened) => {
      begin(opened)
      opened.registry.wipeRestore()
      restoreParts(opened.registry, [backup])
      expect({ records: recordsOf(opened), bodies: bodiesOf(opened) }).toEqual(remembered)
    }))

  it('lets a first pull be accepted', () =>
    withRegistry(async (opened) => {
      begin(opened)
      opened.registry.wipeRestore()
      expect(opened.send(ROWS)).toMatchObject({ value: { outcome: 'committed', seq: 1 } })
    }))

  it('wipes only an unfinished restore', () =>
    withRegistry(async (opened) => {
      expect(opened.registry.wipeRestore()).toMatchObject(CONFLICT)
      restoreParts(opened.registry, parts)
      const before = tablesOf(opened)
      expect(opened.registry.wipeRestore()).toMatchObject(CONFLICT)
      expect(tablesOf(opened)).toEqual(before)
    }))

  it('never wipes a registry in use', () =>
    withRegistry(async (opened) => {
      opened.send(ROWS)
      expect(opened.registry.wipeRestore()).toMatchObject(CONFLICT)
      expect(opened.commits()).toHaveLength(1)
    }))
})
