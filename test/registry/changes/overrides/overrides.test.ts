import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it } from 'vitest'
import { HOUR, MINUTE, type OpenedRegistry, START, withRegistry } from '../../../support/registry/opened-registry.ts'
import {
  activeIn,
  causesOf,
  change,
  changesOf,
  current,
  currentModel,
  expectRefused,
  put,
  putting,
  withdraw,
  writtenIn,
} from '../../../support/registry/overriding.ts'
import { DAY } from '../../../support/registry/stored/stored-history.ts'
import { aaRow } from '../../../support/rows.ts'

afterEach(reset)

const ONE = { provider: 'acme', value: 'one' }
const AZURE = { provider: 'azure', set: { name: 'Azure' } }
const ROWS = [aaRow({ slug: 'one' }), aaRow({ slug: 'two' })]

/** A registry that accepted one pull a day ago. */
const withPull = (work: (opened: OpenedRegistry) => Promise<void> | void) =>
  withRegistry(async (opened) => {
    opened.send(ROWS, { at: START - DAY })
    await work(opened)
  })

describe('a change of overrides', () => {
  it('creates a version immediately, and returns what it changed', () =>
    withPull((opened) => {
      const answer = put(opened, { ...ONE, set: { pricing: { input: 5 } } })
      const [first, commit] = opened.commits()
      expect(answer).toEqual({
        ...{ outcome: 'committed', version: commit?.version, seq: 2, changes: { added: 0, removed: 0, changed: 1 } },
        diff: {
          ...{ from: first, to: commit, summary: { added: 0, removed: 0, changed: 1 } },
          providers: { added: [], removed: [], changed: [] },
          models: {
            ...{ added: [], removed: [] },
            changed: [
              {
                ...ONE,
                changes: [
                  { path: 'pricing.blended', before: 2, after: 5 },
                  { path: 'pricing.input', before: 1, after: 5 },
                ],
              },
            ],
          },
        },
      })
      expect(commit).toMatchObject({ cause: 'override', committedAt: new Date(START).toISOString() })
      expect(currentModel(opened, 'one')).toMatchObject({ pricing: { input: 5, output: 5, blended: 5 } })
    }))

  it('is published', () =>
    withPull(async (opened) => {
      await opened.pass(MINUTE)
      put(opened, { ...ONE, hidden: true })
      await opened.pass(MINUTE)
      expect(await env.REGISTRY.get('current', 'json')).toMatchObject({ seq: 2 })
      expect(await env.REGISTRY.get('manifest', 'json')).toEqual(opened.manifest(2))
    }))

  it('without a public effect creates no version, and is still active and recorded', () =>
    withPull((opened) => {
      const { version } = opened.registry.current() ?? {}
      const answer = put(opened, { ...ONE, set: { pricing: { input: 1 } } })
      expect(answer).toMatchObject({ outcome: 'unchanged', version, seq: 1, diff: { summary: { changed: 0 } } })
      expect(opened.commits()).toHaveLength(1)
      expect(activeIn(opened)).toHaveLength(1)
      expect(changesOf(opened)).toHaveLength(1)
    }))

  it('replaces the whole existing override', () =>
    withPull((opened) => {
      put(opened, { ...ONE, set: { iq: 5, speed: 5 } })
      put(opened, { ...ONE, set: { speed: 4 } })
      expect(currentModel(opened, 'one')).toMatchObject({ iq: 1, speed: 4 })
      expect(activeIn(opened)).toHaveLength(1)
    }))

  it('that deletes one restores the version of the pull', () =>
    withPull((opened) => {
      put(opened, { ...ONE, set: { iq: 5 } })
      expect(withdraw(opened, ONE)).toMatchObject({ outcome: 'committed', diff: { summary: { changed: 1 } } })
      const [first, , third] = opened.commits()
      expect(third).toMatchObject({ version: first?.version, generatedAt: first?.generatedAt, cause: 'override' })
      expect(activeIn(opened)).toEqual([])
      expectRefused(opened, () => withdraw(opened, ONE), 'not-found')
    }))

  it('survives an eviction', () =>
    withPull(async (opened) => {
      put(opened, { ...ONE, set: { iq: 5 } })
      await opened.reopen()
      await opened.pass(HOUR)
      expect(activeIn(opened)).toMatchObject([{ by: 'root', override: { ...ONE, set: { iq: 5 }, note: 'why' } }])
      expect(causesOf(opened)).toEqual(['import', 'override'])
    }))

  it('is refused while the registry is empty', () =>
    withRegistry(async (opened) => expectRefused(opened, () => put(opened, AZURE), 'empty-registry')))

  it('is recorded with its time, its author and its note, forever', () =>
    withPull(async (opened) => {
      put(opened, { ...ONE, set: { iq: 5 } }, { by: 'alice' })
      await opened.pass(HOUR)
      put(opened, AZURE, { by: 'bob' })
      withdraw(opened, ONE, { by: 'bob' })
      const [at, later] = [START, START + HOUR].map((time) => new Date(time).toISOString())
      const first = { id: 1, at, by: 'alice', action: 'put', ...ONE, note: 'why' }
      const last = { id: 3, at: later, by: 'bob', action: 'delete', ...ONE }
      expect(changesOf(opened)).toEqual([
        last,
        {
          id: 2,
          at: later,
          by: 'bob',
          action: 'put',
          provider: 'azure',
          note: 'why',
          override: { ...AZURE, note: 'why' },
        },
        { ...first, override: { ...ONE, set: { iq: 5 }, note: 'why' } },
      ])
      expect(changesOf(opened, ONE).map(({ id }) => id)).toEqual([3, 1])
    }))
})

describe('many changes at once', () => {
  it('create one version', () =>
    withPull((opened) => {
      const made = { provider: 'azure', value: 'one', inheritFrom: ONE }
      const answer = change(opened, [made, AZURE, { ...ONE, hidden: true }].map(putting))
      expect(answer).toMatchObject({ outcome: 'committed', seq: 2, changes: { added: 1, removed: 1, changed: 0 } })
      expect(current(opened).models.map(({ id }) => id)).toContain('custom:azure:one')
      expect(changesOf(opened)).toHaveLength(3)
    }))

  it('are all refused if one is', () =>
    withPull((opened) => {
      const good = putting({ ...ONE, set: { iq: 5 } })
      const bad = putting({ provider: 'acme', value: 'new', set: { iq: 5 } })
      expectRefused(opened, () => change(opened, [good, bad]), 'conflict')
      expectRefused(opened, () => change(opened, [good, { provider: 'acme', value: 'two' }]), 'not-found')
    }))

  it('may combine deletions and puts', () =>
    withPull((opened) => {
      put(opened, { ...ONE, hidden: true })
      const answer = change(opened, [ONE, putting({ provider: 'acme', value: 'two', hidden: true })])
      expect(answer).toMatchObject({ outcome: 'committed', seq: 3, changes: { added: 1, removed: 1, changed: 0 } })
    }))

  it('are refused if together they inherit in a cycle', () =>
    withPull((opened) => {
      const puts = [
        { ...ONE, inheritFrom: { provider: 'acme', value: 'two' } },
        { provider: 'acme', value: 'two', inheritFrom: ONE },
      ]
      expectRefused(opened, () => change(opened, puts.map(putting)), 'conflict')
      expect(put(opened, puts[0] ?? ONE)).toMatchObject({ outcome: 'committed' })
      expectRefused(opened, () => put(opened, puts[1] ?? ONE), 'conflict')
    }))
})

describe('a dry run', () => {
  it('writes nothing, and returns what the change would do', () =>
    withPull((opened) => {
      const puts = [AZURE, { provider: 'azure', value: 'x', inheritFrom: ONE }, { ...ONE, set: { iq: 5 } }].map(putting)
      const before = writtenIn(opened)
      const dry = change(opened, puts, { dryRun: true })
      expect(writtenIn(opened)).toEqual(before)
      const real = change(opened, puts)
      expect('diff' in real && real.diff).toEqual('diff' in dry && dry.diff)
      expect(dry).toMatchObject({ outcome: 'would-commit', diff: { summary: { added: 1, changed: 1 } } })
    }))

  it('of a change without an effect returns "would-not-change"', () =>
    withPull((opened) => {
      const dry = put(opened, { ...ONE, set: { pricing: { input: 1 } } }, { dryRun: true })
      expect(dry).toMatchObject({
        outcome: 'would-not-change',
        diff: { summary: { added: 0, removed: 0, changed: 0 } },
      })
    }))

  it('of a deletion shows the facts that return', () =>
    withPull((opened) => {
      put(opened, { ...ONE, hidden: true })
      const before = writtenIn(opened)
      const dry = withdraw(opened, ONE, { dryRun: true })
      expect(dry).toMatchObject({ outcome: 'would-commit', diff: { models: { added: [{ value: 'one' }] } } })
      expect(writtenIn(opened)).toEqual(before)
    }))

  it('is refused like the real change', () =>
    withPull((opened) => {
      const puts = [
        { provider: 'acme', value: 'new', set: { iq: 1 } },
        { provider: 'azure', value: 'new', set: { name: 'New' } },
        { ...ONE, inheritFrom: ONE },
      ]
      for (const bad of puts)
        for (const dryRun of [true, false]) expectRefused(opened, () => put(opened, bad, { dryRun }), 'conflict')
      expectRefused(opened, () => withdraw(opened, ONE, { dryRun: true }), 'not-found')
    }))

  it('publishes nothing, and does not even try', () =>
    withPull(async (opened) => {
      const jobs = () => opened.db.sql.exec('select * from jobs').toArray()
      await opened.pass(HOUR)
      const before = jobs()
      put(opened, { ...ONE, hidden: true }, { dryRun: true })
      expect(jobs()).toEqual(before)
      await opened.pass(HOUR)
      expect(await env.REGISTRY.get('current', 'json')).toMatchObject({ seq: 1 })
    }))
})
