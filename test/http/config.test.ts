import { describe, expect, it } from 'vitest'
import { badSettings, type Config, parseConfig, requireBuildSettings, requireSources } from '../../src/config.ts'

const token = (name: string, text: string) => ({ name, token: text })
const LONG = '0123456789abcdef'
const OTHER = 'fedcba9876543210'

/** [setting, its key in the config, its text or `undefined` if unset, its value] */
const GOOD: [name: string, key: keyof Config, text: string | undefined, value: unknown][] = [
  ['AA_API_KEY', 'aaApiKey', undefined, undefined],
  ['AA_API_KEY', 'aaApiKey', '', undefined],
  ['AA_API_KEY', 'aaApiKey', 'aa_key', 'aa_key'],
  ['AA_TIER', 'aaTier', undefined, 'free'],
  ['AA_TIER', 'aaTier', '', 'free'],
  ['AA_TIER', 'aaTier', 'free', 'free'],
  ['AA_TIER', 'aaTier', 'pro', 'pro'],
  ['AA_TIER', 'aaTier', 'off', 'off'],
  ['AA_BASE_URL', 'aaBaseUrl', undefined, 'https://artificialanalysis.ai/api/v2'],
  ['AA_BASE_URL', 'aaBaseUrl', 'https://aa.example/api', 'https://aa.example/api'],
  ['AA_BASE_URL', 'aaBaseUrl', 'http://localhost:8788/api/v2', 'http://localhost:8788/api/v2'],
  ['ADMIN_TOKEN', 'adminTokens', undefined, []],
  ['ADMIN_TOKEN', 'adminTokens', '', []],
  ['ADMIN_TOKEN', 'adminTokens', LONG, [token('admin', LONG)]],
  ['ADMIN_TOKEN', 'adminTokens', `root:${LONG}`, [token('root', LONG)]],
  ['ADMIN_TOKEN', 'adminTokens', `a:${LONG}, b:${OTHER}`, [token('a', LONG), token('b', OTHER)]],
  ['ADMIN_TOKEN', 'adminTokens', `a:x:y:${LONG}`, [token('a', `x:y:${LONG}`)]],
  ['READ_TOKEN', 'readTokens', undefined, []],
  ['READ_TOKEN', 'readTokens', '', []],
  ['READ_TOKEN', 'readTokens', `web:${LONG},${OTHER}`, [token('web', LONG), token('reader', OTHER)]],
  ['ALLOWED_ORIGINS', 'allowedOrigins', undefined, []],
  ['ALLOWED_ORIGINS', 'allowedOrigins', '', []],
  ['ALLOWED_ORIGINS', 'allowedOrigins', '*', ['*']],
  ['ALLOWED_ORIGINS', 'allowedOrigins', 'https://a.example', ['https://a.example']],
  [
    'ALLOWED_ORIGINS',
    'allowedOrigins',
    ' https://*.b.example:8443 ,http://localhost:3000,',
    ['https://*.b.example:8443', 'http://localhost:3000'],
  ],
  ['MODELS_DEV_URL', 'modelsDevUrl', undefined, 'https://models.dev/api.json'],
  ['MODELS_DEV_URL', 'modelsDevUrl', '', undefined],
  ['MODELS_DEV_URL', 'modelsDevUrl', 'http://localhost:9/a.json?x=1', 'http://localhost:9/a.json?x=1'],
  ['EPOCH_URL', 'epochUrl', undefined, 'https://epoch.ai/data/eci_scores.csv'],
  ['EPOCH_URL', 'epochUrl', '', undefined],
  ['ARENA_URL', 'arenaUrl', undefined, 'https://datasets-server.huggingface.co'],
  ['ARENA_URL', 'arenaUrl', '', undefined],
  ['ARENA_CARD_URL', 'arenaCardUrl', undefined, 'https://huggingface.co/api/datasets/lmarena-ai/leaderboard-dataset'],
  ['IQ_THRESHOLDS', 'iqThresholds', undefined, undefined],
  ['IQ_THRESHOLDS', 'iqThresholds', '', undefined],
  ['IQ_THRESHOLDS', 'iqThresholds', '25,35,45,55,65', [25, 35, 45, 55, 65]],
  ['IQ_THRESHOLDS', 'iqThresholds', ' 0, 1.5 ,2, 3,100', [0, 1.5, 2, 3, 100]],
  ['IQ_THRESHOLDS', 'iqThresholds', '-5,0,5,10,15', [-5, 0, 5, 10, 15]],
  ['IQ_THRESHOLDS', 'iqThresholds', 'linked', 'linked'],
]

const BAD: [name: string, key: keyof Config, text: unknown][] = [
  ['AA_API_KEY', 'aaApiKey', 42],
  ['AA_TIER', 'aaTier', 'gold-secret'],
  ['AA_TIER', 'aaTier', 'free,pro'],
  ['AA_BASE_URL', 'aaBaseUrl', 'secret-host'],
  ['AA_BASE_URL', 'aaBaseUrl', 'ftp://secret-host/api'],
  ['AA_BASE_URL', 'aaBaseUrl', '/secret/api'],
  ['MODELS_DEV_URL', 'modelsDevUrl', 'secret-host'],
  ['MODELS_DEV_URL', 'modelsDevUrl', 'ftp://secret-host/api.json'],
  ['EPOCH_URL', 'epochUrl', 'secret-host'],
  ['ARENA_URL', 'arenaUrl', 'https://secret-host/?path=1'],
  ['ARENA_CARD_URL', 'arenaCardUrl', 'secret-host'],
  ['ADMIN_TOKEN', 'adminTokens', 'secret'],
  ['ADMIN_TOKEN', 'adminTokens', 'secret-15-chars'],
  ['ADMIN_TOKEN', 'adminTokens', 'root:secret'],
  ['ADMIN_TOKEN', 'adminTokens', 'root:'],
  ['ADMIN_TOKEN', 'adminTokens', `${LONG},secret`],
  ['ADMIN_TOKEN', 'adminTokens', { secret: LONG }],
  ['READ_TOKEN', 'readTokens', 'secret'],
  ['READ_TOKEN', 'readTokens', `web:${LONG},app:secret`],
  ['IQ_THRESHOLDS', 'iqThresholds', 'secret'],
  ['IQ_THRESHOLDS', 'iqThresholds', 'Linked-secret'],
  ['IQ_THRESHOLDS', 'iqThresholds', '71,72,73,74'],
  ['IQ_THRESHOLDS', 'iqThresholds', '71,72,73,74,75,76'],
  ['IQ_THRESHOLDS', 'iqThresholds', '75,74,73,72,71'],
  ['IQ_THRESHOLDS', 'iqThresholds', '71,72,72,73,74'],
  ['IQ_THRESHOLDS', 'iqThresholds', '71,,73,74,75'],
  ['IQ_THRESHOLDS', 'iqThresholds', '71,72,73,74,Infinity'],
  ['IQ_THRESHOLDS', 'iqThresholds', '71,72,73,74,NaN'],
  ['IQ_THRESHOLDS', 'iqThresholds', '71;72;73;74;75'],
]

describe('parseConfig()', () => {
  it.each(GOOD)('reads %s (%s) from %j', (name, key, text, value) => {
    const config = parseConfig({ [name]: text })
    expect(config[key]).toEqual({ ok: true, value })
    expect(badSettings(config)).toEqual([])
  })

  it.each(BAD)('refuses only %s (%s) if it is %j, and names it without its value', (name, key, text) => {
    const config = parseConfig({ [name]: text })
    expect(config[key]).toMatchObject({ ok: false, failure: { code: 'configuration' } })
    const bad = Object.entries(config).filter(([, setting]) => !setting.ok)
    expect(bad.map(([other]) => other)).toEqual([key])

    const failures = badSettings(config)
    expect(failures).toHaveLength(1)
    expect(failures[0]?.detail).toContain(name)
    expect(failures[0]?.detail).not.toMatch(/secret|7[1-6]/)
    if (typeof text === 'string') expect(failures[0]?.detail).not.toContain(text)
  })

  it.each([
    'secret.example',
    'https://secret.example/path',
    'https://user:secret@a.example',
    'https://a.example https://secret.example',
    'https://secret.*.example',
    'https://*',
  ])('skips %s in ALLOWED_ORIGINS, and names its position without its value', (entry) => {
    const config = parseConfig({ ALLOWED_ORIGINS: `https://a.example,${entry}` })
    expect(config.allowedOrigins.value).toEqual(['https://a.example'])
    const [failure] = badSettings(config)
    expect(failure?.detail).toContain('entry 2 of the setting ALLOWED_ORIGINS')
    expect(failure?.detail).not.toContain('secret')
  })

  it('names every bad setting', () => {
    const config = parseConfig({ AA_TIER: 'gold', ADMIN_TOKEN: 'short', IQ_THRESHOLDS: '1' })
    const details = badSettings(config).map(({ detail }) => detail)
    for (const name of ['AA_TIER', 'ADMIN_TOKEN', 'IQ_THRESHOLDS'])
      expect(details.filter((detail) => detail.includes(name))).toHaveLength(1)
    expect(details).toHaveLength(3)
  })

  it.each([{}, undefined, null, 'env', { REGISTRY: {}, SOMETHING_ELSE: 'x' }])('needs no setting: %j', (env) => {
    expect(badSettings(parseConfig(env))).toEqual([])
  })

  it.each([' ', ',', ' , '])('does not read a READ_TOKEN of "%s" as unset, which would make reads public', (text) => {
    expect(parseConfig({ READ_TOKEN: text }).readTokens.ok).toBe(false)
  })
})

describe('requireSources()', () => {
  const whole = { AA_API_KEY: 'aa_key', AA_TIER: 'pro', AA_BASE_URL: 'https://aa.example' }
  const sourcesOf = (settings: object) => {
    const sources = requireSources(parseConfig({ EPOCH_URL: '', ARENA_URL: '', ...settings }))
    return sources.ok ? Object.fromEntries(sources.value) : sources.failure.detail
  }
  const MODELS_DEV = { 'models.dev': { url: 'https://models.dev/api.json' } }

  it('returns all enabled sources', () => {
    expect(sourcesOf(whole)).toEqual({
      'artificial-analysis': { url: 'https://aa.example', apiKey: 'aa_key', tier: 'pro' },
      ...MODELS_DEV,
    })
  })

  it.each([{}, { AA_TIER: 'off', AA_API_KEY: 'aa_key' }, { AA_API_KEY: '' }])('needs no key: %j', (settings) => {
    expect(sourcesOf(settings)).toEqual(MODELS_DEV)
  })

  it.each([{ AA_TIER: 'gold' }, { AA_BASE_URL: 'nowhere' }])(
    'returns the other sources if a setting of one is bad: %j',
    (settings) => {
      expect(sourcesOf({ ...whole, ...settings })).toEqual(MODELS_DEV)
    },
  )

  it('returns the boards unless they are off, and Arena only with the card of its licence', () => {
    const urls = { MODELS_DEV_URL: '', EPOCH_URL: 'https://e.example', ARENA_URL: 'https://a.example' }
    const [epoch, arena] = [{ url: 'https://e.example' }, { url: 'https://a.example' }]
    const cardUrl = 'https://c.example/card'
    expect(sourcesOf({ ...urls, ARENA_CARD_URL: cardUrl })).toEqual({ epoch, arena: { ...arena, cardUrl } })
    expect(sourcesOf({ ...urls, ARENA_CARD_URL: 'nowhere' })).toEqual({ epoch })
  })

  it('returns none if every source is off or cannot be used', () => {
    expect(sourcesOf({ MODELS_DEV_URL: '' })).toContain('no source is enabled')
    expect(sourcesOf({ MODELS_DEV_URL: 'nowhere' })).toContain('MODELS_DEV_URL')
  })
})

describe('requireBuildSettings()', () => {
  it.each([
    [{}, []],
    [{ MODELS_DEV_URL: '', EPOCH_URL: '', ARENA_URL: '' }, ['models.dev', 'epoch', 'arena']],
    [{ MODELS_DEV_URL: 'nowhere' }, []],
    [{ AA_TIER: 'gold' }, []],
    [{ AA_TIER: 'off' }, ['artificial-analysis']],
  ])('of %j leaves out %j', (settings, off) => {
    expect(requireBuildSettings(parseConfig(settings))).toMatchObject({ ok: true, value: { off } })
  })

  it.each([
    ['IQ_THRESHOLDS', '1,2'],
    ['IQ_BASIS', 'guess'],
  ])('fails on a bad %s and names it', (name, text) => {
    expect(requireBuildSettings(parseConfig({ [name]: text }))).toMatchObject({
      ok: false,
      failure: { code: 'configuration', detail: expect.stringContaining(name) },
    })
  })
})
