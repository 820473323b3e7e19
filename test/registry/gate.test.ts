import { reset, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Registry } from '../../src/registry/registry.ts'
import { backupOf, partsOf } from '../support/registry/backup-lines.ts'
import { bytesOf, type OpenedRegistry, withRegistry } from '../support/registry/opened-registry.ts'
import { putting } from '../support/registry/overriding.ts'
import { ROWS, tablesOf } from '../support/registry/stored/whole-memory.ts'

afterEach(reset)

type Method = Exclude<keyof Registry, 'clock' | 'outbound' | 'fetch' | `webSocket${string}` | `__${string}`>

const RESTORING = { ok: false, failure: { code: 'restoring' } }
const KEY = { provider: 'acme', value: 'one' }
const NOW = { by: 'at', time: Date.now() } as const

/** The result of each method while a backup is being restored. */
const GATED: Partial<Record<Method, [call: (registry: Registry) => unknown, answer: unknown]>> = {
  current: [(registry) => registry.current(), undefined],
  resolve: [(registry) => registry.resolve(NOW), RESTORING],
  manifest: [(registry) => registry.manifest(1), undefined],
  lastSeen: [(registry) => registry.lastSeen(KEY), undefined],
  versions: [(registry) => registry.versions(10, 10), undefined],
  version: [(registry) => registry.version(NOW), RESTORING],
  diff: [(registry) => registry.diff(1, 2, {}), undefined],
  changedPrices: [(registry) => registry.changedPrices(1, 2), undefined],
  providersOfDiff: [(registry) => registry.providersOfDiff(1, 2), []],
  history: [(registry) => registry.history({ kind: 'model', ...KEY, limit: 10, asOf: 10 }), undefined],
  modelRecord: [(registry) => registry.modelRecord({ ...KEY, limit: 10, asOf: 10, explain: true }), undefined],
  prices: [(registry) => registry.prices({ ...KEY, asOf: 10 }), undefined],
  priceBook: [(registry) => registry.priceBook([{ model: 'one' }], 1), undefined],
  pulls: [(registry) => registry.pulls(10, undefined), RESTORING],
  pull: [(registry) => registry.pull(1), RESTORING],
  payload: [(registry) => registry.payload(1), RESTORING],
  accept: [(registry) => registry.accept({ id: 1 }), RESTORING],
  reject: [(registry) => registry.reject({ id: 1 }), RESTORING],
  heldDiff: [(registry) => registry.heldDiff({ id: 1 }), RESTORING],
  part: [(registry) => registry.part('0'.repeat(64)), undefined],
  rollBack: [(registry) => registry.rollBack(NOW, 'why'), RESTORING],
  previewRollBack: [(registry) => registry.previewRollBack(NOW), RESTORING],
  previewLift: [(registry) => registry.previewLift(), RESTORING],
  liftPin: [(registry) => registry.liftPin(), RESTORING],
  explain: [(registry) => registry.explain(KEY), RESTORING],
  disagreements: [(registry) => registry.disagreements(), RESTORING],
  fill: [(registry) => registry.fill(), 'restoring'],
  runScheduled: [(registry) => registry.runScheduled(), RESTORING],
  refresh: [(registry) => registry.refresh({ forced: true }), RESTORING],
  importPull: [(registry) => registry.importPull(bytesOf({}), false), RESTORING],
  backfill: [(registry) => registry.backfill(bytesOf({})), RESTORING],
  backfillState: [(registry) => registry.backfillState(), RESTORING],
  overrides: [(registry) => registry.overrides(), RESTORING],
  override: [(registry) => registry.override(KEY), RESTORING],
  overrideChanges: [(registry) => registry.overrideChanges({ limit: 10 }), RESTORING],
  changeOverrides: [
    (registry) => registry.changeOverrides({ changes: [putting({ ...KEY, hidden: true })], by: 'root', dryRun: false }),
    RESTORING,
  ],
  export: [(registry) => registry.export(false), RESTORING],
}
const UNGATED: Method[] = ['status', 'restore', 'wipeRestore']

let parts: string[] = []

beforeAll(async () => {
  await withRegistry(async (opened) => {
    opened.send(ROWS)
    parts = partsOf(await backupOf(opened.registry), 4)
  })
  await reset()
})

/** A registry that has restored every part of a backup except the last. */
const whileRestoring = (work: (opened: OpenedRegistry) => Promise<void>) =>
  withRegistry(async (opened) => {
    for (const [index, part] of parts.slice(0, -1).entries())
      expect(opened.registry.restore(index + 1, part)).toMatchObject({ ok: true })
    await work(opened)
  })

describe('while a backup is being restored', () => {
  it('every method is listed as gated or not', () => {
    const methods = Object.getOwnPropertyNames(Registry.prototype).filter((name) => name !== 'constructor')
    expect([...Object.keys(GATED), ...UNGATED, 'alarm'].sort()).toEqual(methods.sort())
  })

  it.each(Object.entries(GATED))('%s() is refused and changes nothing', (_name, [call, answer]) =>
    whileRestoring(async (opened) => {
      const before = tablesOf(opened)
      const answered = await call(opened.registry)
      if (answer === RESTORING) expect(answered).toMatchObject(RESTORING)
      else expect(answered).toEqual(answer)
      expect(tablesOf(opened)).toEqual(before)
      expect(opened.source.requests).toBe(0)
    }),
  )

  it.each(['publish', 'pull', 'watchdog', 'rebuild'])('alarm() drops the job "%s"', (name) =>
    whileRestoring(async (opened) => {
      const before = tablesOf(opened)
      opened.db.sql.exec('insert into jobs values (?, ?)', name, opened.clock.now)
      await opened.registry.alarm()
      expect(tablesOf(opened)).toEqual(before)
      expect(opened.db.sql.exec('select * from jobs').toArray()).toEqual([])
      expect(opened.source.requests).toBe(0)
    }),
  )
})

describe('before the storage is open', () => {
  it('a method throws an error', () =>
    runInDurableObject(env.REGISTRY_DO.getByName('registry'), async (_registry, state) => {
      const registry = new Registry(state, env)
      expect(() => registry.current()).toThrow('not open yet')
      await state.blockConcurrencyWhile(async () => undefined)
      expect(registry.current()).toBeUndefined()
    }))
})
