import { describe, expect, it } from 'vitest'
import { badSettings, type Config, parseConfig, requireBuildSettings, requireRunConfig } from '../../src/config.ts'

const token = (name: string, text: string) => ({ name, token: text })
const LONG = '0123456789abcdef'
const OTHER = 'fedcba9876543210'

/** [setting, its place in the config, its text or `undefined` where it is unset, what it means] */
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
  ['IQ_THRESHOLDS', 'iqThresholds', undefined, [25, 35, 45, 55, 65]],
  ['IQ_THRESHOLDS', 'iqThresholds', '', [25, 35, 45, 55, 65]],
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
  ['ADMIN_TOKEN', 'adminTokens', 'secret'],
  ['ADMIN_TOKEN', 'adminTokens', 'secret-15-chars'],
  ['ADMIN_TOKEN', 'adminTokens', 'root:secret'],
  ['ADMIN_TOKEN', 'adminTokens', 'root:'],
  ['ADMIN_TOKEN', 'adminTokens', `${LONG},secret`],
  ['ADMIN_TOKEN', 'adminTokens', { secret: LONG }],
  ['READ_TOKEN', 'readTokens', 'secret'],
  ['READ_TOKEN', 'readTokens', `web:${LONG},app:secret`],
  ['ALLOWED_ORIGINS', 'allowedOrigins', 'secret.example'],
  ['ALLOWED_ORIGINS', 'allowedOrigins', 'https://secret.example/path'],
  ['ALLOWED_ORIGINS', 'allowedOrigins', 'https://user:secret@a.example'],
  ['ALLOWED_ORIGINS', 'allowedOrigins', 'https://a.example https://secret.example'],
  ['ALLOWED_ORIGINS', 'allowedOrigins', 'https://secret.*.example'],
  ['ALLOWED_ORIGINS', 'allowedOrigins', 'https://*'],
  ['ALLOWED_ORIGINS', 'allowedOrigins', 'ftp://secret.example'],
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

  it.each(BAD)('refuses %s (%s) of %j alone, and names it without its value', (name, key, text) => {
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

  it('names every bad setting at once', () => {
    const config = parseConfig({ AA_TIER: 'gold', ADMIN_TOKEN: 'short', IQ_THRESHOLDS: '1' })
    const details = badSettings(config).map(({ detail }) => detail)
    for (const name of ['AA_TIER', 'ADMIN_TOKEN', 'IQ_THRESHOLDS'])
      expect(details.filter((detail) => detail.includes(name))).toHaveLength(1)
    expect(details).toHaveLength(3)
  })

  it.each([{}, undefined, null, 'env', { REGISTRY: {}, SOMETHING_ELSE: 'x' }])('needs nothing: %j', (env) => {
    expect(badSettings(parseConfig(env))).toEqual([])
  })

  it.each([' ', ',', ' , '])('does not take a READ_TOKEN of "%s" for none: reads would become public', (text) => {
    expect(parseConfig({ READ_TOKEN: text }).readTokens.ok).toBe(false)
  })
})

describe('requireRunConfig()', () => {
  const whole = { AA_API_KEY: 'aa_key', AA_TIER: 'pro', AA_BASE_URL: 'https://aa.example', IQ_THRESHOLDS: 'linked' }

  it('is what a run needs', () => {
    expect(requireRunConfig(parseConfig(whole))).toEqual({
      ok: true,
      value: {
        build: { iqThresholds: 'linked', leading: 'artificial-analysis', enriched: true },
        sources: {
          'artificial-analysis': { url: 'https://aa.example', apiKey: 'aa_key', tier: 'pro' },
          'models.dev': { url: 'https://models.dev/api.json' },
        },
      },
    })
  })

  it('is a run of models.dev alone where AA_TIER is off, which needs no key', () => {
    expect(requireRunConfig(parseConfig({ AA_TIER: 'off', AA_BASE_URL: 'nowhere' }))).toEqual({
      ok: true,
      value: {
        build: { iqThresholds: [25, 35, 45, 55, 65], leading: 'models.dev', enriched: false },
        sources: { 'models.dev': { url: 'https://models.dev/api.json' } },
      },
    })
  })

  it.each([
    ['AA_API_KEY', { AA_API_KEY: undefined }],
    ['AA_API_KEY', { AA_API_KEY: '' }],
    ['AA_TIER', { AA_TIER: 'gold' }],
    ['AA_BASE_URL', { AA_BASE_URL: 'nowhere' }],
    ['IQ_THRESHOLDS', { IQ_THRESHOLDS: '1,2' }],
    ['MODELS_DEV_URL', { AA_TIER: 'off', MODELS_DEV_URL: '' }],
    ['MODELS_DEV_URL', { AA_TIER: 'off', MODELS_DEV_URL: 'nowhere' }],
  ])('fails on %s and names it: %j', (name, settings) => {
    const required = requireRunConfig(parseConfig({ ...whole, ...settings }))
    expect(required).toMatchObject({
      ok: false,
      failure: { code: 'configuration', detail: expect.stringContaining(name) },
    })
  })

  it.each([
    ['ADMIN_TOKEN', 'short'],
    ['READ_TOKEN', 'short'],
    ['ALLOWED_ORIGINS', 'nowhere'],
    ['MODELS_DEV_URL', 'nowhere'],
  ])('does not mind a bad %s', (name, text) => {
    expect(requireRunConfig(parseConfig({ ...whole, [name]: text })).ok).toBe(true)
  })
})

describe('requireBuildSettings()', () => {
  it.each([
    [{}, 'artificial-analysis', true],
    [{ MODELS_DEV_URL: '' }, 'artificial-analysis', false],
    [{ MODELS_DEV_URL: 'nowhere' }, 'artificial-analysis', true],
    [{ AA_TIER: 'gold' }, 'artificial-analysis', true],
    [{ AA_TIER: 'off' }, 'models.dev', false],
    [{ AA_TIER: 'off', MODELS_DEV_URL: '' }, 'artificial-analysis', false],
  ])('of %j are led by %s, enriched: %s', (settings, leading, enriched) => {
    expect(requireBuildSettings(parseConfig(settings))).toMatchObject({ ok: true, value: { leading, enriched } })
  })
})
