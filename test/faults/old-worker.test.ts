/**
 * A deployment reaches the Worker and the Durable Object at different times: for a while an old Worker calls a new
 * object. So what the Worker of a release calls stays, with the same arguments and answers that it can read. The lists
 * below are of what was released: they may grow by a release, and nothing in them may change while it is deployed
 * anywhere. Shapes are written out here, for those of `src` are the new ones.
 */
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { Registry } from '../../src/registry/registry.ts'
import { aaPages, aaRow } from '../builders.ts'
import { SECOND } from '../registry/opened-registry.ts'
import { rowsOf, type Service, startService } from './service.ts'

afterEach(() => vi.restoreAllMocks())

// An answer may tell more than it did, so objects are loose.
const Pointer = z.looseObject({ version: z.string(), etag: z.string(), generatedAt: z.string(), seq: z.int() })
const Counts = z.looseObject({ added: z.int(), removed: z.int(), changed: z.int() })
const Outcome = z.looseObject({
  outcome: z.enum(['committed', 'unchanged', 'held', 'pinned', 'rejected', 'failed']),
  version: z.string(),
  seq: z.int(),
  changes: Counts.optional(),
})
const Row = Pointer.extend({
  committedAt: z.string(),
  cause: z.string(),
  counts: z.looseObject({ providers: z.int(), models: z.int() }),
  changes: Counts,
  attribution: z.array(z.looseObject({ name: z.string(), url: z.string() })),
  chain: z.string(),
})
const Pull = z.looseObject({
  id: z.int(),
  at: z.string(),
  outcome: z.string(),
  origin: z.string(),
  forced: z.boolean(),
})
const Override = z.looseObject({
  id: z.int(),
  at: z.number(),
  by: z.string(),
  override: z.looseObject({ provider: z.string(), note: z.string() }),
})
const Changed = z.looseObject({ provider: z.string(), changes: z.array(z.looseObject({ path: z.string() })) })
const Delta = z.looseObject({
  added: z.array(z.looseObject({})),
  removed: z.array(z.looseObject({})),
  changed: z.array(Changed),
})

const ok = (value: z.ZodType) => z.looseObject({ ok: z.literal(true), value })
const failed = (code: string) =>
  z.looseObject({ ok: z.literal(false), failure: z.looseObject({ code: z.literal(code), detail: z.string() }) })
const json = (shape: z.ZodType) =>
  z
    .instanceof(Uint8Array)
    .transform((bytes): unknown => JSON.parse(new TextDecoder().decode(bytes)))
    .pipe(shape)

interface Known {
  hex: string
  now: number
}
type Call = [method: string, argumentsOf: (known: Known) => unknown[], answer: z.ZodType]

const THREE = { provider: 'acme', value: 'three', hidden: true, note: 'why' }

const RELEASES: Record<string, Call[]> = {
  '0.1.0': [
    ['current', () => [], Pointer],
    ['resolve', ({ hex }) => [{ by: 'version', hex }], ok(z.looseObject({ pointer: Pointer, settled: z.boolean() }))],
    ['resolve', ({ now }) => [{ by: 'at', time: now }], ok(z.looseObject({ pointer: Pointer, settled: z.boolean() }))],
    ['resolve', () => [{ by: 'version', hex: '00000000' }], failed('not-found')],
    ['manifest', () => [1], json(Pointer.omit({ seq: true }).extend({ models: z.array(z.looseObject({})) }))],
    ['manifest', () => [99], z.undefined()],
    ['lastSeen', () => [{ provider: 'acme', value: 'gone' }], z.looseObject({ lastVersion: z.string() })],
    ['lastSeen', () => [{ provider: 'acme', value: 'never' }], z.undefined()],
    ['versions', () => [50, 2], json(z.array(Row).length(2))],
    ['version', ({ hex }) => [{ by: 'version', hex }], ok(Row)],
    ['diff', () => [1, 2, {}], json(z.looseObject({ models: Delta, providers: Delta, summary: Counts }))],
    ['diff', () => [1, 2, { only: ['pricing'], provider: ['acme'], rescale: 'omit' }], json(z.looseObject({}))],
    ['diff', () => [1, 99, {}], z.undefined()],
    [
      'history',
      () => [{ kind: 'model', provider: 'acme', value: 'two', limit: 10, asOf: 2 }],
      json(
        z.looseObject({
          provider: z.string(),
          value: z.string(),
          revisions: z.array(z.looseObject({ from: Row })).min(1),
        }),
      ),
    ],
    [
      'history',
      () => [{ kind: 'provider', provider: 'acme', value: '', limit: 10, asOf: 2, only: ['identity'] }],
      json(z.looseObject({ provider: z.string(), revisions: z.array(z.looseObject({})) })),
    ],
    ['pulls', () => [50, undefined], ok(z.array(Pull).min(1))],
    ['pulls', () => [50, 1], ok(z.array(Pull).length(0))],
    ['pull', () => [1], ok(Pull)],
    ['pull', () => [99], ok(z.undefined())],
    ['payload', () => [1], ok(z.string())],
    ['payload', () => [99], ok(z.undefined())],
    ['accept', () => [99], failed('not-found')],
    ['accept', () => [1], failed('conflict')],
    ['reject', () => [99], failed('not-found')],
    ['status', () => [], z.looseObject({ now: z.string(), orphaned: z.array(z.any()), warnings: z.array(z.any()) })],
    ['explain', () => [{ provider: 'acme', value: 'two' }], ok(json(z.looseObject({ provenance: z.looseObject({}) })))],
    ['explain', () => [{ provider: 'acme', value: 'never' }], ok(z.undefined())],
    ['disagreements', () => [], ok(json(z.array(z.looseObject({}))))],
    ['fill', () => [], z.enum(['empty', 'restoring'])],
    ['overrides', () => [], ok(z.array(Override).min(1))],
    ['override', () => [{ provider: 'acme', value: 'two' }], ok(Override)],
    ['override', () => [{ provider: 'acme' }], ok(z.undefined())],
    [
      'overrideChanges',
      () => [{ limit: 50, before: 99, target: { provider: 'acme', value: 'two' } }],
      ok(json(z.array(z.looseObject({ id: z.int(), action: z.enum(['put', 'delete']) })).min(1))),
    ],
    [
      'changeOverrides',
      () => [
        {
          changes: [
            {
              provider: 'acme',
              value: 'two',
              override: { provider: 'acme', value: 'two', set: { iq: 5 }, note: 'why' },
            },
            { provider: 'acme', value: 'three', override: THREE },
          ],
          by: 'root',
          dryRun: true,
        },
      ],
      // What is only tried has no version.
      ok(json(z.looseObject({ outcome: z.literal('committed'), diff: z.looseObject({ models: Delta }) }))),
    ],
    [
      'changeOverrides',
      () => [
        {
          changes: [{ provider: 'acme', value: 'three', override: THREE }],
          by: 'root',
          dryRun: false,
          ifNoneMatch: '*',
        },
      ],
      ok(json(Outcome)),
    ],
    [
      'changeOverrides',
      () => [{ changes: [{ provider: 'acme', value: 'two' }], by: 'root', dryRun: true, ifMatch: '"1"' }],
      failed('precondition-failed'),
    ],
    ['runScheduled', () => [], ok(Outcome)],
    ['refresh', () => [false], ok(Outcome)],
    ['refresh', () => [true], ok(Outcome)],
    ['importPull', ({ now }) => [pullAsText(now), false], ok(Outcome)],
    ['rollBack', ({ hex }) => [{ by: 'version', hex }, 'why'], ok(Outcome)],
    ['liftPin', () => [], ok(Outcome)],
    ['export', () => [false], ok(z.instanceof(ReadableStream))],
    ['restore', () => [1, '{}'], failed('conflict')],
    ['wipeRestore', () => [], failed('conflict')],
  ],
}

const pullAsText = (now: number): string =>
  JSON.stringify({ fetchedAt: new Date(now).toISOString(), pages: aaPages(rowsOf('imported')) })

/** What can be called of the object from outside. */
const methods = Object.getOwnPropertyNames(Registry.prototype).filter(
  (name) => !['constructor', 'alarm'].includes(name),
)

describe('an old Worker', () => {
  it.each(Object.entries(RELEASES))('of release %s gets from a new object what it can read', async (_, calls) => {
    const service = await startService()
    service.source.serve([...rowsOf('B'), aaRow({ slug: 'gone' })])
    await service.nextCron()
    service.serve('C')
    await service.nextCron()
    const first: { etag: string } = JSON.parse(new TextDecoder().decode(await service.object.manifest(1)))
    for (const [method, argumentsOf, answer] of calls) {
      service.now += SECOND
      const known = { hex: first.etag.slice(1, 13), now: service.now }
      const called: unknown = await call(service, method, argumentsOf(known))
      const read = answer.safeParse(called)
      expect(read.error?.issues, `What ${method}() answers`).toBeUndefined()
      if (called && typeof called === 'object' && 'value' in called && called.value instanceof ReadableStream)
        await called.value.cancel()
    }
    await service.expectRecovery('D')
  })

  it('has every method of the object in the list of a release', () => {
    const listed = new Set(Object.values(RELEASES).flatMap((calls) => calls.map(([method]) => method)))
    expect([...listed].sort()).toEqual([...methods].sort())
  })
})

/** By name, as the code of an old Worker has no types of the new object. */
function call({ object }: Service, method: string, args: unknown[]): Promise<unknown> {
  return Reflect.get(object, method)(...args)
}
