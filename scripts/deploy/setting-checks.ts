/** What is wrong with settings before they are deployed. Values are never repeated: they may be secrets. */
import { badSettings, parseConfig } from '../../src/config.ts'
import { SETTING_NAMES } from '../shared/settings.ts'
import { weaknessOf } from './token-strength.ts'

const SECRETS = ['AA_API_KEY', 'ADMIN_TOKEN', 'READ_TOKEN']

export interface Findings {
  /** Stop the deployment. */
  errors: string[]
  warnings: string[]
}

/** Variables in the configuration file, which is committed. */
export function checkVars(vars: Record<string, unknown>): Findings {
  const exposed = SECRETS.filter((name) => name in vars)
  return {
    errors: [
      ...exposed.map(
        (name) => `${name} is a secret but is set in [vars]: remove it, and revoke it if it was committed`,
      ),
      ...faultsOf(vars),
    ],
    warnings: [...unknownNames(vars, '[vars]'), ...plainOrigins(vars)],
  }
}

/** Secrets that are uploaded with the Worker. */
export function checkSecrets(secrets: Record<string, unknown>): Findings {
  return {
    errors: faultsOf(secrets),
    warnings: [...unknownNames(secrets, 'the file of secrets'), ...plainOrigins(secrets)],
  }
}

/** The secrets in `.dev.vars`, which are for this machine only, although people upload them too. */
export function checkLocalSecrets(secrets: Record<string, unknown>): Findings {
  return { errors: [], warnings: faultsOf(secrets).map((fault) => `.dev.vars, which is not deployed: ${fault}`) }
}

export function mergeFindings(findings: Findings[]): Findings {
  return {
    errors: findings.flatMap(({ errors }) => errors),
    warnings: findings.flatMap(({ warnings }) => warnings),
  }
}

function unknownNames(settings: Record<string, unknown>, where: string): string[] {
  const unknown = Object.keys(settings).filter((name) => !SETTING_NAMES.some((known) => known === name))
  return unknown.map((name) => `${name} in ${where} is not a setting of the registry`)
}

function faultsOf(vars: Record<string, unknown>): string[] {
  const config = parseConfig(vars)
  return [
    ...badSettings(config).map(({ detail }) => detail),
    ...weakTokens('ADMIN_TOKEN', config.adminTokens),
    ...weakTokens('READ_TOKEN', config.readTokens),
  ]
}

function weakTokens(setting: string, tokens: ReturnType<typeof parseConfig>['adminTokens']): string[] {
  if (!tokens.ok) return []
  return tokens.value.flatMap(({ name, token }) => {
    const weakness = weaknessOf(token)
    return weakness
      ? [`${setting} can be guessed: the token of "${name}" ${weakness} (generate one with "openssl rand -hex 32")`]
      : []
  })
}

/** A page that is loaded without TLS can be modified in transit. */
function plainOrigins(vars: Record<string, unknown>): string[] {
  const { allowedOrigins } = parseConfig(vars)
  const plain = (allowedOrigins.ok ? allowedOrigins.value : []).filter(
    (origin) => origin.startsWith('http:') && !/^http:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(origin),
  )
  return plain.map((origin) => `ALLOWED_ORIGINS allows ${origin}, an origin without TLS`)
}
