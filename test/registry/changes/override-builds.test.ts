import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it } from 'vitest'
import { type BuildSettings, parseConfig, requireBuildSettings } from '../../../src/config.ts'
import { changeOverrides, type TargetChange } from '../../../src/registry/changes/override-changes.ts'
import { countBuilds } from '../../support/registry/counted-database.ts'
import { type OpenedRegistry, told, withRegistry } from '../../support/registry/opened-registry.ts'
import { put, putting } from '../../support/registry/overriding.ts'
import { aaRow } from '../../support/rows.ts'

afterEach(reset)

const TARGET = { provider: 'acme', value: 'one' }
const OVERRIDE = { ...TARGET, set: { name: 'Other' } }

const settingsWith = (vars: object): BuildSettings => told(requireBuildSettings(parseConfig({ ...env, ...vars })))

function buildsOf(opened: OpenedRegistry, changes: TargetChange[], dryRun: boolean, vars = {}): number {
  const { db, builds } = countBuilds(opened.db)
  changeOverrides(db, { changes, by: 'root', dryRun }, settingsWith(vars), opened.clock.now)
  return builds()
}

const withPull = (work: (opened: OpenedRegistry) => void) =>
  withRegistry(async (opened) => {
    opened.send([aaRow({ slug: 'one' }), aaRow({ slug: 'two' })])
    work(opened)
  })

describe.each([true, false])('a change of overrides with dryRun %s', (dryRun) => {
  it('builds once for a new override and for one that replaces it', () =>
    withPull((opened) => {
      expect(buildsOf(opened, [putting(OVERRIDE)], dryRun)).toBe(1)
      put(opened, OVERRIDE)
      expect(buildsOf(opened, [putting({ ...OVERRIDE, hidden: true })], dryRun)).toBe(1)
    }))

  it('builds once for an override that is deleted', () =>
    withPull((opened) => {
      put(opened, OVERRIDE)
      expect(buildsOf(opened, [TARGET], dryRun)).toBe(1)
    }))

  it('builds once for many changes at once', () =>
    withPull((opened) => {
      const two = { provider: 'acme', value: 'two', hidden: true }
      expect(buildsOf(opened, [putting(OVERRIDE), putting(two)], dryRun)).toBe(1)
    }))

  it('builds once to find that a target does not allow it', () =>
    withPull((opened) => {
      expect(buildsOf(opened, [putting({ provider: 'acme', value: 'none', hidden: true })], dryRun)).toBe(1)
    }))

  it('builds nothing where there is no override to delete', () =>
    withPull((opened) => {
      expect(buildsOf(opened, [TARGET], dryRun)).toBe(0)
    }))

  it('builds once more where the settings have changed since the last build', () =>
    withPull((opened) => {
      expect(buildsOf(opened, [putting(OVERRIDE)], dryRun, { IQ_THRESHOLDS: '1,2,3,4,5' })).toBe(2)
    }))

  it('builds once more while pinned, for what the pin keeps from being current', () =>
    withPull((opened) => {
      opened.registry.rollBack({ by: 'at', time: opened.clock.now }, 'why')
      expect(buildsOf(opened, [putting(OVERRIDE)], dryRun)).toBe(2)
    }))
})
