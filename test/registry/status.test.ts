import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { RegistryStatus } from '../../src/core/schema/operations.ts'
import { HOUR, MINUTE, type OpenedRegistry, SECOND, START, withRegistry } from '../support/registry/opened-registry.ts'
import { aaRow } from '../support/rows.ts'

afterEach(reset)

const NEXT_CRON = '2036-03-02T02:00:00.000Z'
const warningsOf = ({ registry }: OpenedRegistry) => registry.status().warnings

describe('status()', () => {
  it('of an empty registry has the time and the next run', () =>
    withRegistry(async (opened) => {
      const now = new Date(START).toISOString()
      const sources = { 'artificial-analysis': { nextRun: NEXT_CRON } }
      expect(opened.registry.status()).toEqual({ now, sources, held: [], orphaned: [], warnings: [] })
    }))

  it('has the current version, its age, and the outcome of the last pull', () =>
    withRegistry(async (opened) => {
      opened.send([aaRow({ slug: 'a' }), aaRow({ slug: 'b' })])
      await opened.pass(90 * SECOND + 999)
      const status = opened.registry.status()
      expect(status).toEqual({
        now: new Date(opened.clock.now).toISOString(),
        version: opened.commits()[0]?.version,
        seq: 1,
        ageSeconds: 90,
        counts: { providers: 1, models: 2 },
        sources: {
          'artificial-analysis': {
            lastPull: { id: 1, at: new Date(START).toISOString(), outcome: 'committed' },
            nextRun: NEXT_CRON,
            ageSeconds: 90,
          },
        },
        held: [],
        orphaned: [],
        warnings: [],
      })
      expect(RegistryStatus.parse(status)).toEqual(status)
    }))

  it('never counts an age below zero', () =>
    withRegistry(async (opened) => {
      opened.send(undefined, { at: START + MINUTE })
      expect(opened.registry.status().ageSeconds).toBe(0)
    }))

  it('has the age of the current commit, not of its content', () =>
    withRegistry(async (opened) => {
      for (const name of ['A', 'B', 'A']) {
        opened.send([aaRow({ name })])
        await opened.pass(MINUTE)
      }
      expect(opened.registry.status()).toMatchObject({ seq: 3, ageSeconds: 60 })
    }))

  it('has a failed pull together with the version that is still current', () =>
    withRegistry(async (opened) => {
      opened.send()
      opened.source.refuse(401)
      await opened.registry.refresh({})
      expect(opened.registry.status()).toMatchObject({
        seq: 1,
        sources: {
          'artificial-analysis': {
            lastPull: { id: 2, outcome: 'failed', code: 'unauthorized', detail: expect.stringContaining('AA_API_KEY') },
            nextRun: new Date(START + 5 * MINUTE).toISOString(),
          },
        },
      })
    }))
})

describe('the warnings of status()', () => {
  it.each([
    ['no key', { AA_API_KEY: '' }, 'AA_API_KEY'],
    ['a source that is off', { AA_TIER: 'off' }, 'AA_API_KEY'],
  ])('report that nothing is pulled with %s, and the status has no next run', (_, vars, name) =>
    withRegistry(
      async (opened) => {
        expect(warningsOf(opened)).toEqual([{ code: 'no-pulls', detail: expect.stringContaining(name) }])
        expect(opened.registry.status().sources).toEqual({})
      },
      { vars },
    ),
  )

  it('report publicly readable facts of Artificial Analysis, even after its key was removed', () =>
    withRegistry(async (opened) => {
      opened.send()
      const codesWith = async (vars: Record<string, string>) => {
        await opened.reopen(vars)
        return warningsOf(opened).map(({ code }) => code)
      }
      const code = 'public-artificial-analysis'
      expect(await codesWith({ READ_TOKEN: '' })).toContain(code)
      expect(await codesWith({ READ_TOKEN: '', AA_API_KEY: '' })).toContain(code)
      expect(warningsOf(opened)).toContainEqual({ code, detail: expect.stringContaining('AA_TIER') })
      expect(await codesWith({ AA_API_KEY: '' })).not.toContain(code)
      expect(await codesWith({ READ_TOKEN: '', AA_API_KEY: '', AA_TIER: 'off' })).not.toContain(code)
    }))

  it.each([
    ['AA_TIER', 'gold'],
    ['AA_BASE_URL', 'ftp://aa.example'],
    ['ADMIN_TOKEN', 'too-short'],
    ['READ_TOKEN', 'reader:short'],
    ['IQ_THRESHOLDS', '5,4,3,2,1'],
  ])('name the setting %s if it is bad, and never its value', (name, value) =>
    withRegistry(
      async (opened) => {
        expect(warningsOf(opened)).toEqual([{ code: 'configuration', detail: expect.stringContaining(name) }])
        expect(JSON.stringify(warningsOf(opened))).not.toContain(value)
      },
      { vars: { [name]: value } },
    ),
  )

  it('name every bad setting', () =>
    withRegistry(
      async (opened) => {
        expect(warningsOf(opened).map(({ detail }) => /[A-Z]+_[A-Z_]+/.exec(detail)?.[0])).toEqual([
          'AA_TIER',
          'IQ_THRESHOLDS',
        ])
      },
      { vars: { AA_TIER: 'gold', IQ_THRESHOLDS: 'high' } },
    ))

  it('do not stop pulls if a setting is bad that only requests use', () =>
    withRegistry(
      async (opened) => {
        opened.source.serve()
        expect(await opened.registry.refresh({})).toMatchObject({ ok: true })
      },
      { vars: { ADMIN_TOKEN: 'too-short', ALLOWED_ORIGINS: 'some origin' } },
    ))

  it.each([
    ['linked', 4.9, true],
    ['linked', 4.3, false],
    ['linked', 3, false],
    ['25,35,45,55,65', 4.9, false],
  ])('with IQ_THRESHOLDS %s and index version %d name the index: %s', (thresholds, indexVersion, warned) =>
    withRegistry(
      async (opened) => {
        opened.send(undefined, { indexVersion })
        const codes = warningsOf(opened).map(({ code }) => code)
        expect(codes).toEqual(warned ? ['unknown-index-version'] : [])
        if (warned) expect(warningsOf(opened)[0]?.detail).toContain('4.9')
      },
      { vars: { IQ_THRESHOLDS: thresholds } },
    ),
  )

  it('name a source whose newest accepted pull is more than two days old', () =>
    withRegistry(async (opened) => {
      opened.send()
      await opened.pass(48 * HOUR)
      expect(warningsOf(opened)).toEqual([])
      await opened.pass(1)
      opened.source.refuse(503)
      await opened.registry.refresh({})
      expect(warningsOf(opened)).toMatchObject([{ code: 'stale' }])
      opened.source.serve()
      await opened.registry.refresh({})
      expect(warningsOf(opened)).toEqual([])
    }))
})
