/**
 * Vars and secrets -> Config. Each setting is parsed by itself, so that a bad one fails only what uses it and is named
 * in `/v1/status`. A failure names the setting, never its value.
 */
import * as z from 'zod'
import { type FailureOf, fail, ok } from './core/failure.ts'
import { DEFAULT_IQ_THRESHOLDS, type IqThresholds } from './core/score.ts'
import { entriesOf, readSetting, type Setting, type Token, tokenList } from './core/setting.ts'
import type { SourceName } from './core/vocabulary.ts'
import type { SourceSettings } from './sources/source.ts'
import { SOURCES } from './sources/sources.ts'

export interface Config {
  aaApiKey: Setting<string | undefined>
  aaTier: Setting<'free' | 'pro' | 'off'>
  aaBaseUrl: Setting<string>
  /** `undefined`: no second source. */
  modelsDevUrl: Setting<string | undefined>
  /** Empty: no admin. */
  adminTokens: Setting<Token[]>
  /** Empty: reads are public. */
  readTokens: Setting<Token[]>
  /** `*`, origins, and origins whose host starts with `*.`. */
  allowedOrigins: Setting<string[]>
  iqThresholds: Setting<IqThresholds>
}

const HttpUrl = z
  .url({ protocol: /^https?$/ })
  .refine((url) => !/[?#@]/.test(url), 'is a URL with a query, a fragment or a user, to which no path can be added')
const list = z.string().default('').transform(entriesOf)
const Origin = z
  .string()
  .regex(/^(\*|https?:\/\/(\*\.)?[a-z0-9.-]+(:\d+)?)$/i, 'is not an origin such as https://app.example.com')

export function parseConfig(env: unknown): Config {
  const vars = z.record(z.string(), z.unknown()).catch({}).parse(env)
  return {
    aaApiKey: readSetting(vars, 'AA_API_KEY', z.string().optional()),
    aaTier: readSetting(vars, 'AA_TIER', z.enum(['free', 'pro', 'off']).default('free')),
    aaBaseUrl: readSetting(vars, 'AA_BASE_URL', HttpUrl.default(SOURCES['artificial-analysis'].url)),
    modelsDevUrl: modelsDevUrl(vars),
    adminTokens: readSetting(vars, 'ADMIN_TOKEN', tokenList('admin')),
    readTokens: readSetting(vars, 'READ_TOKEN', tokenList('reader')),
    allowedOrigins: readSetting(vars, 'ALLOWED_ORIGINS', list.pipe(z.array(Origin))),
    iqThresholds: readSetting(vars, 'IQ_THRESHOLDS', iqThresholds),
  }
}

/** What decides, beside the facts themselves, what a catalogue looks like. */
export interface BuildSettings {
  iqThresholds: IqThresholds
  /** The source whose rows the models are. */
  leading: SourceName
  /** Whether models.dev fills what Artificial Analysis lacks. */
  enriched: boolean
}

export function requireBuildSettings({ iqThresholds, aaTier, modelsDevUrl }: Config): Setting<BuildSettings> {
  if (!iqThresholds.ok) return iqThresholds
  const isOff = aaTier.ok && aaTier.value === 'off'
  // A URL that cannot be used is no wish to do without what it gave so far.
  const isHeard = !modelsDevUrl.ok || modelsDevUrl.value !== undefined
  return ok({
    iqThresholds: iqThresholds.value,
    // With neither source a registry lives on the pulls of Artificial Analysis that it is sent.
    leading: isOff && isHeard ? 'models.dev' : 'artificial-analysis',
    enriched: !isOff && isHeard,
  })
}

export interface RunConfig {
  build: BuildSettings
  /** The sources that are pulled. */
  sources: Partial<Record<SourceName, SourceSettings>>
}

/** What a live run needs, or the first thing that is missing. */
export function requireRunConfig(config: Config): Setting<RunConfig> {
  const { aaApiKey, aaTier, aaBaseUrl, modelsDevUrl } = config
  if (!aaTier.ok) return aaTier
  const build = requireBuildSettings(config)
  if (!build.ok) return build
  if (aaTier.value === 'off') {
    if (!modelsDevUrl.ok) return modelsDevUrl
    return modelsDevUrl.value === undefined
      ? missing('AA_TIER is off and MODELS_DEV_URL is empty: there is no source')
      : ok({ build: build.value, sources: openSources(config) })
  }
  if (!aaApiKey.ok) return aaApiKey
  if (!aaBaseUrl.ok) return aaBaseUrl
  if (aaApiKey.value === undefined) return missing('AA_API_KEY is not set')
  const { value: tier } = aaTier
  return ok({
    build: build.value,
    sources: { 'artificial-analysis': { url: aaBaseUrl.value, apiKey: aaApiKey.value, tier }, ...openSources(config) },
  })
}

/** Those that need no key. A bad setting of one is reported by itself and stops no other. */
function openSources({ modelsDevUrl }: Config): RunConfig['sources'] {
  return modelsDevUrl.ok && modelsDevUrl.value !== undefined ? { 'models.dev': { url: modelsDevUrl.value } } : {}
}

function missing(what: string): Setting<never> {
  return fail({ code: 'configuration', detail: `Cannot pull: ${what}` })
}

/** The settings that cannot be used, each with its reason. */
export function badSettings(config: Config): FailureOf<'configuration'>[] {
  return Object.values(config).flatMap((value: Setting<unknown>) => (value.ok ? [] : [value.failure]))
}

const iqThresholds = z
  .string()
  .optional()
  .transform((text): IqThresholds => {
    if (text === undefined) return DEFAULT_IQ_THRESHOLDS
    return text.trim() === 'linked'
      ? 'linked'
      : text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  })
  .refine(areThresholds, 'is neither five ascending numbers nor "linked"')

function areThresholds(thresholds: IqThresholds): boolean {
  if (thresholds === 'linked') return true
  return (
    thresholds.length === 5 &&
    thresholds.every(
      (step, index) => Number.isFinite(step) && step > (thresholds[index - 1] ?? Number.NEGATIVE_INFINITY),
    )
  )
}

/** Set to nothing it says that there shall be no second source. */
function modelsDevUrl(vars: Record<string, unknown>): Setting<string | undefined> {
  if (vars.MODELS_DEV_URL === '') return ok(undefined)
  return readSetting(vars, 'MODELS_DEV_URL', z.url({ protocol: /^https?$/ }).default(SOURCES['models.dev'].url))
}
