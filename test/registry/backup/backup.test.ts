import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { backupOf, linesOf, partsOf, restoreParts, rowsByTable } from '../../support/registry/backup-lines.ts'
import {
  HOUR,
  MINUTE,
  type OpenedRegistry,
  START,
  unwrap,
  withRegistry,
} from '../../support/registry/opened-registry.ts'
import { withoutAThird, withoutSpeeds } from '../../support/registry/recorded/source-days.ts'
import { DAY } from '../../support/registry/stored/stored-history.ts'
import { expectWholeHistory } from '../../support/registry/stored/whole-history.ts'
import { bodiesOf, fillMemory, ROWS, recordsOf, tablesOf } from '../../support/registry/stored/whole-memory.ts'
import { aaRow } from '../../support/rows.ts'

afterEach(reset)

const payloadOf = ({ registry }: OpenedRegistry, id: number): string | undefined => {
  const bytes = unwrap(registry.payload(id))
  return bytes && new TextDecoder().decode(bytes)
}

/** A backup of a registry with every kind of data, and all the data it had then. */
async function takeBackup({ payloads = false, pinned = false } = {}) {
  const taken = { backup: '', tables: {}, records: {}, bodies: {}, payloads: [] as (string | undefined)[] }
  await withRegistry(async (opened) => {
    await fillMemory(opened)
    if (pinned) opened.registry.rollBack({ by: 'version', hex: opened.commits()[1]?.etag.slice(1, -1) ?? '' }, 'why')
    taken.backup = await backupOf(opened.registry, payloads)
    taken.tables = tablesOf(opened)
    taken.records = recordsOf(opened)
    taken.bodies = bodiesOf(opened)
    taken.payloads = opened.pulls().map(({ id }) => payloadOf(opened, id))
  })
  await reset()
  return taken
}

let plain: Awaited<ReturnType<typeof takeBackup>>
let full: typeof plain
let pinned: typeof plain

beforeAll(async () => {
  plain = await takeBackup()
  full = await takeBackup({ payloads: true })
  pinned = await takeBackup({ pinned: true })
})

/** Pulls of `fillMemory`: the last accepted one, and the held one. */
const ACCEPTED = 6
const HELD = 8

describe('a restored registry', () => {
  it.each([1, 2, 7, 1000])('has everything, restored from at most %i parts', (count) =>
    withRegistry(async (opened) => {
      restoreParts(opened.registry, partsOf(plain.backup, count))
      expect(tablesOf(opened)).toEqual(plain.tables)
      expect(recordsOf(opened)).toEqual(plain.records)
      expect(bodiesOf(opened)).toEqual(plain.bodies)
    }),
  )

  it('returns every past version with the digest of its etag, and a complete chain', () =>
    withRegistry(async (opened) => {
      restoreParts(opened.registry, [plain.backup])
      expectWholeHistory(opened)
    }))

  it('has every payload, byte for byte, from a backup with payloads', () =>
    withRegistry(async (opened) => {
      expect(full.payloads.filter(Boolean)).toHaveLength(8)
      restoreParts(opened.registry, partsOf(full.backup, 3))
      expect(opened.pulls().map(({ id }) => payloadOf(opened, id))).toEqual(full.payloads)
    }))

  it('has only the needed payloads from a backup without payloads: those of the accepted and the held pull', () =>
    withRegistry(async (opened) => {
      restoreParts(opened.registry, [plain.backup])
      const kept = opened.pulls().filter(({ id }) => payloadOf(opened, id) !== undefined)
      expect(kept.map(({ id }) => id)).toEqual([ACCEPTED, HELD])
      for (const { id } of kept) expect(payloadOf(opened, id)).toBe(plain.payloads[id - 1])
    }))

  it.each([false, true])('exports the same backup again (payloads: %s)', (payloads) =>
    withRegistry(async (opened) => {
      const { backup } = payloads ? full : plain
      restoreParts(opened.registry, [backup])
      opened.clock.now = START + HOUR
      expect(linesOf(await backupOf(opened.registry, payloads))).toEqual(linesOf(backup))
    }),
  )

  it('is published once it is complete', () =>
    withRegistry(async (opened) => {
      for (const [index, part] of partsOf(plain.backup, 3).entries()) {
        expect(await env.REGISTRY.get('current')).toBeNull()
        opened.registry.restore(index + 1, part)
        await opened.pass(MINUTE)
      }
      expect(await env.REGISTRY.get('current', 'json')).toEqual(opened.registry.current())
    }))

  it('may be another object', async () => {
    const elsewhere = env.REGISTRY_DO.getByName('elsewhere')
    expect(await elsewhere.restore(1, plain.backup)).toMatchObject({
      ok: true,
      value: { outcome: 'committed', seq: 5 },
    })
    const manifest = new TextDecoder().decode((await elsewhere.manifest(2))?.bytes)
    expect(manifest).toBe(Reflect.get(plain.bodies, 'manifest 2'))
  })
})

describe('a restored registry continues like the old one', () => {
  it.each([true, false])('with the guard and its held pull (payloads: %s)', (payloads) =>
    withRegistry(async (opened) => {
      restoreParts(opened.registry, [payloads ? full.backup : plain.backup])
      opened.clock.now = START + DAY
      expect(opened.send(withoutAThird(ROWS), { at: START })).toMatchObject({ value: { outcome: 'held' } })
      expect(opened.registry.accept({ id: HELD })).toMatchObject({ ok: true, value: { outcome: 'committed' } })
      expect(opened.send([...ROWS, aaRow({ slug: 'new' })])).toMatchObject({ value: { outcome: 'committed' } })
      const ids = opened.pulls().map(({ id }) => id)
      expect(ids).toEqual(ids.map((_, index) => index + 1))
    }),
  )

  it('with a loss that the held pull began', () =>
    withRegistry(async (opened) => {
      restoreParts(opened.registry, [plain.backup])
      expect(opened.send(withoutSpeeds(ROWS))).toMatchObject({ value: { outcome: 'committed' } })
    }))

  it('with the names of creators', () =>
    withRegistry(async (opened) => {
      restoreParts(opened.registry, [plain.backup])
      const owners = (seq: number) => opened.manifest(seq).models.map(({ provider }) => provider)
      opened.send(ROWS.map((row) => ({ ...row, model_creator: { ...creatorOf(row), name: 'Renamed' } })))
      expect(owners(6)).toEqual(owners(5))
    }))

  it('with its pin, and what is built when it is lifted', () =>
    withRegistry(async (opened) => {
      restoreParts(opened.registry, [pinned.backup])
      expect(recordsOf(opened)).toEqual(pinned.records)
      expect(pinned.records).toMatchObject({ status: { pinned: { reason: 'why' } } })
      opened.clock.now = START + DAY
      expect(opened.send(ROWS)).toMatchObject({ value: { outcome: 'pinned' } })
      const { version } = opened.commits()[0] ?? {}
      expect(opened.registry.liftPin()).toMatchObject({ value: { outcome: 'committed', version } })
    }))

  it('with settings of its own', () =>
    withRegistry(async (opened) => {
      restoreParts(opened.registry, [plain.backup])
      await opened.reopen({ IQ_THRESHOLDS: '1,2,3,4,5' })
      await opened.pass(MINUTE)
      expect(opened.commits().at(-1)).toMatchObject({ cause: 'rebuild' })
    }))
})

describe('a backup', () => {
  it('states its format, its time, its newest commit, and at the end the number of lines', () =>
    withRegistry(async (opened) => {
      await fillMemory(opened)
      const lines = linesOf(await backupOf(opened.registry))
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({
        exportedAt: new Date(START + HOUR).toISOString(),
        seq: 5,
        payloads: false,
      })
      expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ lines: lines.length - 1 })
    }))

  it('contains no secret of the configuration', () =>
    withRegistry(
      async (opened) => {
        await fillMemory(opened)
        const backup = await backupOf(opened.registry, true)
        for (const secret of ['aa_made_up_key_0123456789', 'admin-token-0123456789'])
          expect(backup).not.toContain(secret)
      },
      { vars: { ADMIN_TOKEN: 'admin-token-0123456789' } },
    ))

  it('of an empty registry restores an empty one', async () => {
    let backup = ''
    await withRegistry(async (opened) => {
      backup = await backupOf(opened.registry)
    })
    await reset()
    await withRegistry(async (opened) => {
      restoreParts(opened.registry, [backup])
      expect(opened.registry.current()).toBeUndefined()
      expect(opened.send()).toMatchObject({ value: { outcome: 'committed' } })
    })
  })

  it('is streamed page by page, whatever a page contains', () =>
    withRegistry(async (opened) => {
      const many = Array.from({ length: 700 }, (_, index) => aaRow({ slug: `m${index}` }))
      opened.send(many, { at: START - 2 * DAY })
      opened.send(
        many.map((row) => ({ ...row, name: 'x' })),
        { at: START - DAY },
      )
      const { revisions, entities } = rowsByTable(await backupOf(opened.registry))
      expect(revisions).toHaveLength(1401)
      expect(new Set(revisions?.map(({ id }) => id)).size).toBe(1401)
      expect(entities).toHaveLength(701)
    }))
})

const creatorOf = ({ model_creator }: { model_creator?: unknown }) => model_creator as object // always one in these rows
