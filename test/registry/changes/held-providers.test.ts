import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import type { HeldDiff } from '../../../src/registry/changes/decide.ts'
import { newestCommit } from '../../../src/registry/history/history.ts'
import { HOUR, type OpenedRegistry, START, unwrap, withRegistry } from '../../support/registry/opened-registry.ts'
import { current, put } from '../../support/registry/overriding.ts'
import { type ModelsDevProviders, rowsOf, sendModelsDev } from '../../support/registry/recorded/models-dev-days.ts'
import { DAY } from '../../support/registry/stored/stored-history.ts'

afterEach(reset)

const ON = { vars: { MODELS_DEV_URL: 'https://models.example/api.json' } }
const FIRST = START - 30 * DAY
const NAMES = ['alpha', 'beta', 'gamma', 'delta', 'epsilon']
const FULL: ModelsDevProviders = Object.fromEntries(NAMES.map((name) => [name, rowsOf(name.charAt(0), 100)]))
/** Provider alpha lost 80 of its rows. */
const LOST = { ...FULL, alpha: rowsOf('a', 20) }
const renamed = (providers: ModelsDevProviders) => ({ ...providers, beta: rowsOf('b', 100, { name: 'New' }) })

const on = (opened: OpenedRegistry, after: number, providers: ModelsDevProviders, forced = false) =>
  sendModelsDev(opened, providers, { at: FIRST + after, forced })
const countOf = (opened: OpenedRegistry, provider: string) =>
  current(opened).models.filter((model) => model.provider === provider).length
const heldIn = (opened: OpenedRegistry) =>
  opened.registry.status().held.map(({ provider, pull }) => (provider ? `${provider} of ${pull}` : `${pull}`))

const pullOfNewest = ({ db }: OpenedRegistry) => newestCommit(db)?.pullId

/** Pull 1 is accepted whole; in pull 2 alpha is held. */
function holdAlpha(opened: OpenedRegistry): void {
  on(opened, 0, FULL)
  expect(on(opened, DAY, renamed(LOST))).toMatchObject({ value: { outcome: 'committed' } })
}

const ALPHA = { id: 2, provider: 'alpha' }
const CONFLICT = { ok: false, failure: { code: 'conflict' } }

describe('a provider of models.dev that loses its rows', () => {
  it('keeps its last accepted rows while the rest is accepted', () =>
    withRegistry(async (opened) => {
      holdAlpha(opened)
      expect([countOf(opened, 'alpha'), countOf(opened, 'beta')]).toEqual([100, 100])
      expect(current(opened).models.find(({ provider }) => provider === 'beta')?.name).toBe('New')
      const at = new Date(FIRST + DAY).toISOString()
      const reasons = [expect.stringContaining('80 of 100')]
      expect(opened.registry.status().held).toEqual([{ source: 'models.dev', provider: 'alpha', pull: 2, at, reasons }])
    }, ON))

  it('is named with its reasons in the outcome and the record of the pull', () =>
    withRegistry(async (opened) => {
      on(opened, 0, FULL)
      const reasons = [expect.stringMatching(/^alpha: .*80 of 100/)]
      expect(on(opened, DAY, renamed(LOST))).toMatchObject({ value: { outcome: 'committed', reasons } })
      expect(unwrap(opened.registry.pull(2))).toMatchObject({ outcome: 'committed', reasons })
      expect(unwrap(opened.registry.pull(1))).not.toHaveProperty('reasons')
    }, ON))

  it('is also held if it is removed completely', () =>
    withRegistry(async (opened) => {
      on(opened, 0, FULL)
      const { alpha: _, ...rest } = FULL
      expect(on(opened, DAY, rest)).toMatchObject({ value: { outcome: 'unchanged' } })
      expect(countOf(opened, 'alpha')).toBe(100)
      expect(heldIn(opened)).toEqual(['alpha of 2'])
      expect(on(opened, 2 * DAY, rest)).toMatchObject({ value: { outcome: 'committed', changes: { removed: 100 } } })
      expect(heldIn(opened)).toEqual([])
    }, ON))

  it.each([
    [12 * HOUR - 1, 100],
    [12 * HOUR, 20],
  ])('is confirmed by an equal pull %i ms later: %i rows', (later, count) =>
    withRegistry(async (opened) => {
      holdAlpha(opened)
      on(opened, DAY + later, renamed(LOST))
      expect(countOf(opened, 'alpha')).toBe(count)
    }, ON),
  )

  it('is released by a pull with the rows', () =>
    withRegistry(async (opened) => {
      holdAlpha(opened)
      on(opened, DAY + HOUR, renamed(FULL))
      expect(heldIn(opened)).toEqual([])
      on(opened, 2 * DAY, renamed(LOST))
      expect(countOf(opened, 'alpha')).toBe(100)
    }, ON))

  it('is accepted by force', () =>
    withRegistry(async (opened) => {
      holdAlpha(opened)
      expect(on(opened, DAY + HOUR, LOST, true)).toMatchObject({ value: { outcome: 'committed' } })
      expect([countOf(opened, 'alpha'), heldIn(opened)]).toEqual([20, []])
    }, ON))

  it('can still be overridden, based on its accepted rows', () =>
    withRegistry(async (opened) => {
      holdAlpha(opened)
      put(opened, { provider: 'alpha', value: 'a99', set: { name: 'Mine' } })
      expect(current(opened).models.find(({ value }) => value === 'a99')?.name).toBe('Mine')
    }, ON))

  it('is still held after the object restarts', () =>
    withRegistry(async (opened) => {
      holdAlpha(opened)
      await opened.reopen(ON.vars)
      expect(heldIn(opened)).toEqual(['alpha of 2'])
      on(opened, 2 * DAY, renamed(LOST))
      expect(countOf(opened, 'alpha')).toBe(20)
    }, ON))
})

describe('a decision on one provider', () => {
  it('accepts its rows', () =>
    withRegistry(async (opened) => {
      holdAlpha(opened)
      expect(opened.registry.accept(ALPHA)).toMatchObject({
        value: { outcome: 'committed', changes: { added: 0, removed: 80, changed: 0 } },
      })
      expect([countOf(opened, 'alpha'), heldIn(opened)]).toEqual([20, []])
      expect(on(opened, 2 * DAY, renamed(LOST))).toMatchObject({ value: { outcome: 'unchanged' } })
    }, ON))

  it('rejects them, so that they confirm nothing', () =>
    withRegistry(async (opened) => {
      holdAlpha(opened)
      expect(opened.registry.reject(ALPHA)).toMatchObject({ value: { outcome: 'rejected' } })
      expect(heldIn(opened)).toEqual([])
      on(opened, 2 * DAY, renamed(LOST))
      expect([countOf(opened, 'alpha'), heldIn(opened)]).toEqual([100, ['alpha of 3']])
    }, ON))

  it('is made once', () =>
    withRegistry(async (opened) => {
      holdAlpha(opened)
      opened.registry.reject(ALPHA)
      expect(opened.registry.accept(ALPHA)).toMatchObject(CONFLICT)
      expect(opened.registry.reject(ALPHA)).toMatchObject(CONFLICT)
      expect(countOf(opened, 'alpha')).toBe(100)
    }, ON))

  it('is refused for a provider that is not held, and for a pull that is not its newest', () =>
    withRegistry(async (opened) => {
      holdAlpha(opened)
      expect(opened.registry.accept({ id: 2, provider: 'beta' })).toMatchObject(CONFLICT)
      on(opened, DAY + HOUR, renamed(LOST))
      expect(opened.registry.accept(ALPHA)).toMatchObject(CONFLICT)
      expect(opened.registry.accept({ id: 3, provider: 'alpha' })).toMatchObject({ ok: true })
    }, ON))

  it.each(['accept', 'reject'] as const)('must be named in %s() of a pull that was accepted except for it', (decide) =>
    withRegistry(async (opened) => {
      holdAlpha(opened)
      const refused = opened.registry[decide]({ id: 2 })
      expect(refused).toMatchObject(CONFLICT)
      expect(refused).toMatchObject({ failure: { detail: expect.stringContaining('"alpha"') } })
      expect(refused).toMatchObject({ failure: { detail: expect.stringContaining('?provider=') } })
    }, ON),
  )

  it('links the commit that it creates to the pull, which keeps its own commit', () =>
    withRegistry(async (opened) => {
      holdAlpha(opened)
      opened.registry.accept(ALPHA)
      expect(pullOfNewest(opened)).toBe(2)
      expect(unwrap(opened.registry.pull(2))).toMatchObject({ outcome: 'committed', seq: 2 })
    }, ON))

  it('marks the pull as committed if nothing else in it was new', () =>
    withRegistry(async (opened) => {
      on(opened, 0, FULL)
      expect(on(opened, DAY, LOST)).toMatchObject({ value: { outcome: 'unchanged' } })
      opened.registry.accept(ALPHA)
      expect(pullOfNewest(opened)).toBe(2)
      expect(unwrap(opened.registry.pull(2))).toMatchObject({ outcome: 'committed', seq: 2 })
    }, ON))

  it('ends when a newer pull is accepted as a whole', () =>
    withRegistry(async (opened) => {
      holdAlpha(opened)
      const halves = Object.fromEntries(NAMES.map((name) => [name, rowsOf(name.charAt(0), 20)]))
      expect(on(opened, DAY + HOUR, halves)).toMatchObject({ value: { outcome: 'held' } })
      expect(heldIn(opened)).toEqual(['3', 'alpha of 2'])
      expect(opened.registry.accept({ id: 3 })).toMatchObject({ value: { outcome: 'committed' } })
      expect([countOf(opened, 'alpha'), heldIn(opened)]).toEqual([20, []])
    }, ON))
})

describe('the diff of a held pull', () => {
  const diffOf = (opened: OpenedRegistry, target: { id: number; provider?: string }): HeldDiff =>
    JSON.parse(new TextDecoder().decode(unwrap(opened.registry.heldDiff(target))))

  it('names the missing models of a provider, and writes nothing', () =>
    withRegistry(async (opened) => {
      holdAlpha(opened)
      const before = [opened.commits(), opened.pulls(), opened.registry.status()]
      const { diff, missing } = diffOf(opened, ALPHA)
      expect(missing).toHaveLength(80)
      expect(missing).toContain('alpha/a99')
      expect(diff?.summary).toEqual({ added: 0, removed: 80, changed: 0 })
      expect([opened.commits(), opened.pulls(), opened.registry.status()]).toEqual(before)
    }, ON))

  it('shows the change of facts, even if a rollback hides them', () =>
    withRegistry(async (opened) => {
      holdAlpha(opened)
      opened.registry.rollBack({ by: 'at', time: FIRST + HOUR }, 'why')
      expect(diffOf(opened, ALPHA)).toMatchObject({ diff: { summary: { added: 0, removed: 80, changed: 0 } } })
      expect(opened.registry.status()).toHaveProperty('pinned')
    }, ON))

  it('is refused for a provider that is not held', () =>
    withRegistry(async (opened) => {
      holdAlpha(opened)
      expect(opened.registry.heldDiff({ id: 1 })).toMatchObject(CONFLICT)
      expect(opened.registry.heldDiff({ id: 9 })).toMatchObject({ failure: { code: 'not-found' } })
    }, ON))
})
