import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { HOUR, MINUTE, START, withRegistry } from '../../../support/registry/opened-registry.ts'
import { BASE, MADE, OTHER, priced, pull } from '../../../support/registry/overridden-pulls.ts'
import {
  causesOf,
  change,
  current,
  currentModel,
  expectRefused,
  put,
  putting,
  withdraw,
} from '../../../support/registry/overriding.ts'
import { sendModelsDev } from '../../../support/registry/recorded/models-dev-days.ts'
import { ordinaryDay, withoutAThird } from '../../../support/registry/recorded/source-days.ts'
import { DAY } from '../../../support/registry/stored/stored-history.ts'

afterEach(reset)

describe('every later pull', () => {
  it('keeps overrides, and applies them to what the source states now', () =>
    withRegistry(async (opened) => {
      await pull(opened, priced(1))
      put(opened, { ...BASE, set: { pricing: { input: 9 } } })
      change(
        opened,
        [
          { provider: 'azure', set: { name: 'Azure' } },
          { ...MADE, provider: 'azure' },
        ].map(putting),
      )
      expect(await pull(opened, priced(2))).toMatchObject({ value: { outcome: 'committed' } })
      const pricing = { input: 9, output: 2, blended: 7.25 }
      expect(currentModel(opened, 'base')).toMatchObject({ name: 'Base 2', pricing })
      expect(currentModel(opened, 'made', 'azure')).toMatchObject({ name: 'Base 2', pricing })
      expect(causesOf(opened)).toEqual(['pull', 'override', 'override', 'pull'])
    }))

  it('that only states what an override already sets changes nothing', () =>
    withRegistry(async (opened) => {
      await pull(opened, priced(1))
      put(opened, { ...BASE, set: { name: 'Mine', family: 'acme/mine', pricing: { input: 2, output: 2 } } })
      expect(await pull(opened, priced(2))).toMatchObject({ value: { outcome: 'unchanged' } })
      withdraw(opened, BASE)
      expect(currentModel(opened, 'base')).toMatchObject({ name: 'Base 2' })
    }))

  it('that runs while an override is put keeps both', () =>
    withRegistry(async (opened) => {
      await pull(opened, priced(1))
      const release = opened.source.hold()
      const run = opened.registry.refresh({})
      expect(put(opened, { ...BASE, set: { iq: 5 } })).toMatchObject({ outcome: 'committed' })
      release(priced(2))
      expect(await run).toMatchObject({ value: { outcome: 'committed' } })
      expect(currentModel(opened, 'base')).toMatchObject({ name: 'Base 2', iq: 5 })
      expect(causesOf(opened)).toEqual(['pull', 'override', 'pull'])
    }))

  it('that runs while an override is deleted does not apply it', () =>
    withRegistry(async (opened) => {
      await pull(opened, priced(1))
      put(opened, { ...BASE, set: { iq: 5 } })
      const release = opened.source.hold()
      const run = opened.registry.refresh({})
      withdraw(opened, BASE)
      release(priced(2))
      await run
      expect(currentModel(opened, 'base')).toMatchObject({ name: 'Base 2', iq: 1 })
    }))

  it('is compared by the facts of the sources, without overrides', () =>
    withRegistry(async (opened) => {
      const rows = ordinaryDay(60)
      opened.send(rows, { at: START - DAY })
      change(
        opened,
        rows.slice(0, 30).map(({ slug }) => putting({ provider: 'acme', value: String(slug), hidden: true })),
      )
      expect(current(opened).models).toHaveLength(30)
      await opened.pass(MINUTE)
      expect(opened.send(rows.slice(0, 59))).toMatchObject({ value: { outcome: 'committed' } })
      put(opened, { provider: 'acme', hidden: true })
      await opened.pass(MINUTE)
      expect(opened.send(rows)).toMatchObject({ ok: true, value: { outcome: 'unchanged' } })
    }))

  it('is held for what it lost, however much overrides add', () =>
    withRegistry(async (opened) => {
      const rows = ordinaryDay(60)
      opened.send(rows, { at: START - DAY })
      const added = rows.map(({ slug }) => ({ provider: 'acme', value: `more ${slug}`, set: { name: 'More' } }))
      change(opened, added.map(putting))
      await opened.pass(MINUTE)
      expect(opened.send(withoutAThird(rows))).toMatchObject({ value: { outcome: 'held' } })
    }))

  it('that is held does not affect overrides', () =>
    withRegistry(async (opened) => {
      const rows = ordinaryDay(60)
      opened.send(rows, { at: START - DAY })
      await opened.pass(MINUTE)
      opened.send(withoutAThird(rows))
      put(opened, { provider: 'acme', value: 'm0', set: { name: 'Mine' } })
      expect(current(opened).models).toHaveLength(60)
      const [, held] = opened.pulls()
      await opened.pass(MINUTE)
      expect(opened.registry.status().held).toMatchObject([{ pull: held?.id }])
    }))
})

describe('a change of settings', () => {
  it('also applies to the scores of overrides', () =>
    withRegistry(async (opened) => {
      opened.send(priced(1), { at: START - DAY })
      put(opened, { ...BASE, set: { metrics: { intelligenceIndex: 25 } } })
      put(opened, { provider: 'acme', value: 'other', set: { iq: 0 } })
      await opened.reopen({ IQ_THRESHOLDS: 'linked' })
      await opened.pass(HOUR)
      expect([currentModel(opened, 'base')?.iq, currentModel(opened, 'other')?.iq]).toEqual([4, 0])
      expect(causesOf(opened).at(-1)).toBe('rebuild')
    }))
})

describe('a first pull with scores on another basis', () => {
  it('applies to models that only overrides create', () =>
    withRegistry(
      async (opened) => {
        sendModelsDev(opened, { alpha: [{ id: 'a' }] }, { at: START - 1 })
        change(
          opened,
          [
            { provider: 'azure', set: { name: 'Azure' } },
            { provider: 'azure', value: 'made', set: { name: 'Made', metrics: { intelligenceIndex: 60 } } },
          ].map(putting),
        )
        expect(currentModel(opened, 'made', 'azure')).not.toHaveProperty('iq')
        await opened.pass(MINUTE)
        opened.send(priced(1))
        expect(currentModel(opened, 'made', 'azure')?.iq).toBe(4)
      },
      { vars: { MODELS_DEV_URL: 'https://models.example/api.json' } },
    ))
})

describe('a base that the source loses', () => {
  it('keeps its last facts, and orphans what inherits from it until it returns', () =>
    withRegistry(async (opened) => {
      await pull(opened, priced(1))
      put(opened, MADE)
      await pull(opened, priced(2))
      expect(opened.registry.status().orphaned).toEqual([])
      await pull(opened, OTHER)
      expect(current(opened).models.map(({ value }) => value)).toEqual(['made', 'other'])
      expect(currentModel(opened, 'made')).toMatchObject({ name: 'Base 2', pricing: { input: 2 } })
      expect(opened.registry.status().orphaned).toEqual([{ provider: 'acme', value: 'made' }])
      await opened.reopen()
      expect(await pull(opened, OTHER)).toMatchObject({ value: { outcome: 'unchanged' } })
      expect(opened.registry.status().orphaned).toHaveLength(1)
      await pull(opened, priced(3))
      expect(currentModel(opened, 'made')).toMatchObject({ name: 'Base 3' })
      expect(opened.registry.status().orphaned).toEqual([])
    }))

  it('does not prevent overriding or deleting an orphan', () =>
    withRegistry(async (opened) => {
      await pull(opened, priced(1))
      put(opened, MADE)
      await pull(opened, OTHER)
      expect(put(opened, { ...MADE, set: { iq: 5 } })).toMatchObject({ outcome: 'committed' })
      expect(currentModel(opened, 'made')).toMatchObject({ name: 'Base 1', iq: 5 })
      withdraw(opened, MADE)
      expect(opened.registry.status().orphaned).toEqual([])
      expect(current(opened).models.map(({ value }) => value)).toEqual(['other'])
    }))

  it('does not give its old facts to an override that is put later', () =>
    withRegistry(async (opened) => {
      await pull(opened, priced(1))
      put(opened, MADE)
      withdraw(opened, MADE)
      await pull(opened, priced(2))
      await pull(opened, OTHER)
      put(opened, MADE)
      expect(currentModel(opened, 'made')?.name).not.toBe('Base 1')
    }))
})

describe('an override that others need', () => {
  const AZURE = { provider: 'azure' }
  const HOSTED = { provider: 'azure', value: 'hosted' }
  const USER = { provider: 'azure', value: 'user' }

  it('can only be deleted with them', () =>
    withRegistry(async (opened) => {
      await pull(opened, priced(1))
      const named = [AZURE, HOSTED].map((target) => ({ ...target, set: { name: 'Hosted' } }))
      change(opened, [...named, { ...USER, inheritFrom: HOSTED }].map(putting))
      for (const target of [AZURE, HOSTED]) {
        expectRefused(opened, () => withdraw(opened, target), 'conflict')
        expectRefused(opened, () => put(opened, { ...target, set: {} }), 'conflict')
      }
      expect(change(opened, [AZURE, HOSTED, USER])).toMatchObject({ outcome: 'committed', changes: { removed: 2 } })
      expect(current(opened)).toEqual(opened.manifest(1))
    }))
})
