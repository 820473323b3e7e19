import { describe, expect, it } from 'vitest'
import { mergeSettings } from '../../../scripts/shared/settings.ts'
import { start } from '../../../scripts/start/start.ts'
import { planStart } from '../../../scripts/start/start-plan.ts'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { run } from '../../support/cli/run.ts'

const TOKEN = '0123456789abcdef'

describe('mergeSettings()', () => {
  it('prefers the environment, even an empty variable, and takes nothing else', () => {
    const environment = { AA_API_KEY: '', PORT: '9000', HOME: '/home/someone' }
    const devVars = `AA_API_KEY=from-file\nAA_TIER="pro"\n# a comment\nOTHER=ignored\n`
    expect(mergeSettings(environment, devVars)).toEqual({ AA_API_KEY: '', AA_TIER: 'pro', PORT: '9000' })
  })
})

describe('start', () => {
  it.each([
    [['--emty'], 'Cannot read the command line: unknown option "--emty", did you mean --empty? (see --help)'],
    [['empty'], 'Cannot read the command line: too many arguments: expected 0 arguments but got 1 (see --help)'],
    [['--source', 'aa'], 'Cannot start the registry: unknown source "aa", there is "models.dev"'],
    [['--source', 'models.dev', '--empty'], 'Cannot start the registry: --empty and --source exclude each other'],
  ])('refuses %j', async (args, message) => {
    await expect(run(start, args)).rejects.toThrow(new CommandError(message))
  })
})

describe('planStart()', () => {
  it('serves the sample without a key, in the shape of the tier that was set', () => {
    expect(planStart({ empty: false }, {})).toEqual({
      mode: 'sample',
      port: 8787,
      storage: '.wrangler/registry/sample',
      vars: { ALLOWED_ORIGINS: '*', AA_TIER: 'pro', EPOCH_URL: '', ARENA_URL: '' },
      notes: [],
    })
    expect(planStart({ empty: false }, { AA_TIER: 'free' }).vars.AA_TIER).toBe('free')
    expect(planStart({ empty: false }, { AA_API_KEY: '', AA_TIER: '' })).toMatchObject({
      mode: 'sample',
      vars: { AA_TIER: 'pro' },
    })
  })

  it('passes every setting on with a key', () => {
    const settings = {
      AA_API_KEY: 'key',
      AA_BASE_URL: 'http://localhost:1/api',
      ADMIN_TOKEN: TOKEN,
      ALLOWED_ORIGINS: '',
      IQ_BASIS: 'epoch',
      IQ_THRESHOLDS: 'linked',
      PROVIDERS: '-azure',
      READ_TOKEN: TOKEN,
    }
    const { PORT: _, ...vars } = { ...settings, PORT: '9000' }
    expect(planStart({ empty: false }, { ...settings, PORT: '9000' })).toEqual({
      mode: 'live',
      port: 9000,
      storage: '.wrangler/registry/live',
      vars,
      notes: [],
    })
  })

  it('turns Artificial Analysis off for models.dev alone, whatever key there is', () => {
    const plan = planStart({ empty: false, source: 'models.dev' }, { AA_API_KEY: 'key', AA_TIER: 'pro' })
    expect(plan).toMatchObject({ mode: 'models.dev', storage: '.wrangler/registry/models.dev', notes: [] })
    expect(plan.vars.AA_TIER).toBe('off')
  })

  it('keeps an empty registry apart and gives it no key of its own', () => {
    const plan = planStart({ empty: true }, {})
    expect(plan).toMatchObject({ mode: 'empty', storage: '.wrangler/registry/empty', notes: [] })
    expect(plan.vars).not.toHaveProperty('AA_API_KEY')
    expect(plan.vars).toMatchObject({ MODELS_DEV_URL: '', EPOCH_URL: '', ARENA_URL: '' })
    expect(planStart({ empty: true }, { AA_API_KEY: 'key' }).notes).toEqual([
      expect.stringContaining('The first read of the empty registry starts a pull'),
    ])
  })

  it('says which settings cannot be used', () => {
    const { notes } = planStart({ empty: false }, { AA_TIER: 'gold', AA_BASE_URL: 'http://localhost:1' })
    expect(notes).toEqual([expect.stringContaining('AA_TIER'), 'AA_BASE_URL is not used without AA_API_KEY'])
  })

  it.each(['0', '65536', 'x', '87.5', '-1'])('refuses port %s', (PORT) => {
    expect(() => planStart({ empty: false }, { PORT })).toThrow(`PORT is "${PORT}", not a number from 1 to 65535`)
  })
})
