/**
 * Vars and secrets -> Config. Each setting is parsed separately, so that an invalid one fails only what uses it and is
 * reported in `/v1/status`. A failure names the setting, never its value.
 */
import { type FailureOf, fail, ok } from './core/failure.ts'
import type { IqThresholds } from './core/score.ts'
import { type OriginSettings, readOrigins } from './core/settings/origins.ts'
import { createProviderFilter } from './core/settings/provider-filter.ts'
import { readSetting, type Setting, type SettingReader, type Token, tokenList } from './core/settings/setting.ts'
import { IQ_BASES, type IqBasis, type SourceName } from './core/vocabulary.ts'
import type { SourceSettings } from './sources/source.ts'
import { ARENA_CARD_URL, SOURCE_URLS } from './sources/source-urls.ts'

export interface Config {
  aaApiKey: Setting<string | undefined>
  aaTier: Setting<'free' | 'pro' | 'off'>
  aaBaseUrl: Setting<string>
  /** For an open source; `undefined` if it is disabled. */
  modelsDevUrl: Setting<string | undefined>
  epochUrl: Setting<string | undefined>
  arenaUrl: Setting<string | undefined>
  /** Where the licence of Arena's dataset is stated. */
  arenaCardUrl: Setting<string>
  keepsProvider: Setting<ProviderFilter>
  iqBasis: Setting<IqBasis | undefined>
  /** `undefined`: the defaults of the basis. */
  iqThresholds: Setting<IqThresholds | undefined>
  /** Empty: no admin. */
  adminTokens: Setting<Token[]>
  /** Empty: reads are public. */
  readTokens: Setting<Token[]>
  allowedOrigins: OriginSettings['allowedOrigins']
  originEntries: OriginSettings['originEntries']
}

/** Which providers the catalogue keeps, and the setting for it. */
export interface ProviderFilter {
  text: string
  keeps: (provider: string) => boolean
}

export function parseConfig(env: unknown): Config {
  const vars: Record<string, unknown> = typeof env === 'object' && env !== null ? { ...env } : {}
  return {
    aaApiKey: readSetting(vars, 'AA_API_KEY', (value) => ({ value })),
    aaTier: readSetting(vars, 'AA_TIER', oneOf(['free', 'pro', 'off'], 'free')),
    aaBaseUrl: readSetting(vars, 'AA_BASE_URL', baseUrl(SOURCE_URLS['artificial-analysis'])),
    modelsDevUrl: openSource(vars, 'MODELS_DEV_URL', webUrl(SOURCE_URLS['models.dev'])),
    epochUrl: openSource(vars, 'EPOCH_URL', webUrl(SOURCE_URLS.epoch)),
    arenaUrl: openSource(vars, 'ARENA_URL', baseUrl(SOURCE_URLS.arena)),
    arenaCardUrl: readSetting(vars, 'ARENA_CARD_URL', webUrl(ARENA_CARD_URL)),
    keepsProvider: readSetting(vars, 'PROVIDERS', readProviders),
    iqBasis: readSetting(vars, 'IQ_BASIS', oneOf<IqBasis | undefined>(IQ_BASES, undefined)),
    iqThresholds: readSetting(vars, 'IQ_THRESHOLDS', readThresholds),
    adminTokens: readSetting(vars, 'ADMIN_TOKEN', tokenList('admin')),
    readTokens: readSetting(vars, 'READ_TOKEN', tokenList('reader')),
    ...readOrigins(vars.ALLOWED_ORIGINS),
  }
}

/** The settings that, together with the facts, determine a catalogue. */
export interface BuildSettings {
  /** Default: Artificial Analysis if any of its scores are known, else Epoch. */
  iqBasis?: IqBasis
  iqThresholds?: IqThresholds
  providers: ProviderFilter
  /** Sources whose accepted facts are not used. */
  off: readonly SourceName[]
}

export function requireBuildSettings(config: Config): Setting<BuildSettings> {
  const { iqBasis, iqThresholds, keepsProvider, aaTier } = config
  if (!iqBasis.ok) return iqBasis
  if (!iqThresholds.ok) return iqThresholds
  if (!keepsProvider.ok) return keepsProvider
  const off: SourceName[] = []
  if (aaTier.ok && aaTier.value === 'off') off.push('artificial-analysis')
  // An invalid URL does not remove the facts accepted from the source so far.
  for (const [name, url] of openSources(config)) if (url.ok && url.value === undefined) off.push(name)
  return ok({
    ...(iqBasis.value && { iqBasis: iqBasis.value }),
    ...(iqThresholds.value && { iqThresholds: iqThresholds.value }),
    providers: keepsProvider.value,
    off,
  })
}

/** The sources to pull, or why there is none. An invalid setting of one source does not stop the others. */
export function requireSources(config: Config): Setting<ReadonlyMap<SourceName, SourceSettings>> {
  const sources = new Map<SourceName, SourceSettings>()
  const { aaApiKey, aaTier, aaBaseUrl, arenaCardUrl } = config
  if (aaApiKey.ok && aaTier.ok && aaBaseUrl.ok && aaApiKey.value !== undefined && aaTier.value !== 'off')
    sources.set('artificial-analysis', { url: aaBaseUrl.value, apiKey: aaApiKey.value, tier: aaTier.value })
  const open = openSources(config)
  for (const [name, url] of open) if (url.ok && url.value !== undefined) sources.set(name, { url: url.value })
  const arena = sources.get('arena')
  // The dataset card is the only place that states the licence.
  if (arena && arenaCardUrl.ok) sources.set('arena', { ...arena, cardUrl: arenaCardUrl.value })
  else sources.delete('arena')
  if (sources.size > 0) return ok(sources)
  const bad = [aaApiKey, aaTier, aaBaseUrl, arenaCardUrl, ...open.values()].find((setting) => !setting.ok)
  return bad && !bad.ok ? bad : fail(NO_SOURCE)
}

function openSources({ modelsDevUrl, epochUrl, arenaUrl }: Config): Map<SourceName, Setting<string | undefined>> {
  return new Map([
    ['models.dev', modelsDevUrl],
    ['epoch', epochUrl],
    ['arena', arenaUrl],
  ])
}

const NO_SOURCE: FailureOf<'configuration'> = {
  code: 'configuration',
  detail:
    'Cannot pull: no source is enabled. Set AA_API_KEY, or leave MODELS_DEV_URL, EPOCH_URL or ARENA_URL at its default',
}

/** Without a token. An invalid READ_TOKEN still means that they are not. */
export function readsArePublic({ readTokens }: Pick<Config, 'readTokens'>): boolean {
  return readTokens.ok && readTokens.value.length === 0
}

/** The settings that cannot be used, each with its reason. */
export function badSettings(config: Config): FailureOf<'configuration'>[] {
  return Object.values(config).flatMap((value: Setting<unknown>) => (value.ok ? [] : [value.failure]))
}

const readThresholds: SettingReader<IqThresholds | undefined> = (text) => {
  if (text === undefined) return { value: undefined }
  if (text.trim() === 'linked') return { value: 'linked' }
  const steps = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  return areSteps(steps) ? { value: steps } : { reason: 'is neither five ascending numbers nor "linked"' }
}

function areSteps(steps: readonly number[]): boolean {
  return (
    steps.length === 5 &&
    steps.every((step, index) => Number.isFinite(step) && step > (steps[index - 1] ?? Number.NEGATIVE_INFINITY))
  )
}

const readProviders: SettingReader<ProviderFilter> = (text = '') => ({
  value: { text, keeps: createProviderFilter(text) },
})

function oneOf<T extends string | undefined>(words: readonly T[], unset: T): SettingReader<T> {
  return (text) => {
    if (text === undefined) return { value: unset }
    const value = words.find((word) => word === text)
    return value === undefined ? { reason: `is not one of ${words.join(', ')}` } : { value }
  }
}

function webUrl(unset: string): SettingReader<string> {
  return (text = unset) => (isWebUrl(text) ? { value: text } : { reason: 'is not an http or https URL' })
}

/** A base URL, to which paths are appended. */
function baseUrl(unset: string): SettingReader<string> {
  return (text = unset) =>
    /[?#@]/.test(text)
      ? { reason: 'has a query, a fragment or user info, which a base URL must not have' }
      : webUrl(unset)(text)
}

const isWebUrl = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? '')

/** A source that needs no key. An empty value disables it. */
function openSource(
  vars: Record<string, unknown>,
  name: string,
  read: SettingReader<string>,
): Setting<string | undefined> {
  return vars[name] === '' ? ok(undefined) : readSetting(vars, name, read)
}
