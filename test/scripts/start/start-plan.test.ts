import { describe, expect, it } from 'vitest'
import { mergeSettings } from '../../../scripts/shared/settings.ts'
import { start } from '../../../scripts/start/start.ts'
import { planStart } from '../../../scripts/start/start-plan.ts'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { run } from '../../support/cli/run.ts'

const TOKEN = '0123456789abcdef'

describe('mergeSettings()', () => {
  it('prefers the environment, even an empty variable, and reads nothing else', () => {
    const environment = { AA_API_KEY: '', PORT: '9000', HOME: '/home/someone' }
    const devVars = `AA_API_KEY=from-file\nAA_TIER="pro"\n# a comment\nOTHER=ignored\n`
    expect(mergeSettings(environment, devVars)).toEqual({ AA_API_KEY: '', AA_TIER: 'pro', PORT: '9000' })
  })
})

describe('start', () => {
  it.each([
    [['--emty'], 'Cannot read the command line: unknown option "--emty", did you mean --empty? (see --help)'],
    [['empty'], 'Cannot read the command line: too many arguments: expected 0 arguments but got 1 (see --help)'],
    [['--sample', '--empty'], 'Cannot start the registry: --empty and --sample are mutually exclusive'],
  ])('refuses %j', async (args, message) => {
    await expect(run(start, args)).rejects.toThrow(new CommandError(message))
  })
})

const ONLINE = { isReachable: true, hasLiveData: false }
const OFFLINE = { isReachable: false, hasLiveData: false }
const NONE = { sample: false, empty: false }

describe('planStart()', () => {
  it('asks the sources if one of them can be reached, with or without a key', () => {
    expect(planStart(NONE, {}, ONLINE)).toEqual({
      mode: 'live',
      port: 8787,
      storage: '.wrangler/registry/live',
      vars: { ALLOWED_ORIGINS: '*' },
      notes: [],
    })
    expect(planStart(NONE, { AA_API_KEY: 'key' }, ONLINE)).toMatchObject({
      mode: 'live',
      storage: '.wrangler/registry/live',
      vars: { AA_API_KEY: 'key' },
    })
  })

  it('falls back to the sample if none can be reached, and reports it', () => {
    const plan = planStart(NONE, { AA_API_KEY: 'key', AA_TIER: 'pro' }, OFFLINE)
    expect(plan).toMatchObject({ mode: 'sample', storage: '.wrangler/registry/sample' })
    expect(plan.vars).toEqual({ ALLOWED_ORIGINS: '*', AA_TIER: 'off', EPOCH_URL: '', ARENA_URL: '' })
    expect(plan.notes).toEqual([
      'No source can be reached: serving the sample of 2026-09-30 that comes with the project',
    ])
  })

  it('prefers earlier pulls to the sample', () => {
    const plan = planStart(NONE, {}, { isReachable: false, hasLiveData: true })
    expect(plan.mode).toBe('live')
    expect(plan.notes).toEqual(['No source can be reached: serving what was pulled before'])
  })

  it('serves the sample on request, whatever data there is', () => {
    const plan = planStart({ sample: true, empty: false }, {}, { isReachable: true, hasLiveData: true })
    expect(plan).toMatchObject({ mode: 'sample', notes: [] })
  })

  it('passes every setting on', () => {
    const settings = {
      AA_API_KEY: 'key',
      AA_BASE_URL: 'http://localhost:1/api',
      ADMIN_TOKEN: TOKEN,
      ALLOWED_ORIGINS: '',
      ARENA_URL: '',
      IQ_BASIS: 'epoch',
      IQ_THRESHOLDS: 'linked',
      PROVIDERS: '-azure',
      READ_TOKEN: TOKEN,
    }
    const { PORT: _, ...vars } = { ...settings, PORT: '9000' }
    expect(planStart(NONE, { ...settings, PORT: '9000' }, ONLINE)).toEqual({
      mode: 'live',
      port: 9000,
      storage: '.wrangler/registry/live',
      vars,
      notes: [],
    })
  })

  it('stores an empty registry separately and sets no key for it', () => {
    const empty = { sample: false, empty: true }
    const plan = planStart(empty, {}, OFFLINE)
    expect(plan).toMatchObject({ mode: 'empty', storage: '.wrangler/registry/empty', notes: [] })
    expect(plan.vars).not.toHaveProperty('AA_API_KEY')
    expect(plan.vars).toMatchObject({ MODELS_DEV_URL: '', EPOCH_URL: '', ARENA_URL: '' })
    expect(planStart(empty, { AA_API_KEY: 'key' }, OFFLINE).notes).toEqual([
      expect.stringContaining('The first read of the empty registry starts a pull'),
    ])
  })

  it('reports which settings cannot be used', () => {
    expect(planStart(NONE, { AA_TIER: 'gold' }, ONLINE).notes).toEqual([expect.stringContaining('AA_TIER')])
  })

  it.each(['0', '65536', 'x', '87.5', '-1'])('refuses port %s', (PORT) => {
    expect(() => planStart(NONE, { PORT }, ONLINE)).toThrow(`PORT is "${PORT}", not a number from 1 to 65535`)
  })
})
