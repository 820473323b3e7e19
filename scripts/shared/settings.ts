/** The Worker's settings as the local commands find them: the process environment, then `.dev.vars`. */
import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

export const PROJECT = new URL('../../', import.meta.url)

export const SETTING_NAMES = [
  'AA_API_KEY',
  'AA_BASE_URL',
  'AA_TIER',
  'ADMIN_TOKEN',
  'ALLOWED_ORIGINS',
  'ARENA_CARD_URL',
  'ARENA_URL',
  'EPOCH_URL',
  'IQ_BASIS',
  'IQ_THRESHOLDS',
  'MODELS_DEV_URL',
  'PORT',
  'PROVIDERS',
  'READ_TOKEN',
] as const
/** Settings for a run without network access, besides the URL of models.dev. */
export const BOARDS_OFF = { EPOCH_URL: '', ARENA_URL: '' } as const

export type SettingName = (typeof SETTING_NAMES)[number]
export type Settings = Partial<Record<SettingName, string>>

export function readSettings(): Settings {
  const file = new URL('.dev.vars', PROJECT)
  return mergeSettings(process.env, existsSync(file) ? readFileSync(file, 'utf8') : '')
}

/** An environment variable takes precedence even if it is empty, so that it can unset a setting of the file. */
export function mergeSettings(environment: Record<string, string | undefined>, devVars: string): Settings {
  const file: Record<string, string | undefined> = parseEnv(devVars)
  const found = SETTING_NAMES.map((name) => [name, environment[name] ?? file[name]] as const)
  return Object.fromEntries(found.filter(([, value]) => value !== undefined))
}
