/** The options of `deploy`: those that change what is checked and prepared are read here, all others are wrangler's. */
import { parseArgs } from 'node:util'

export const DEPLOY_OPTIONS = {
  env: {
    type: 'string',
    short: 'e',
    value: 'name',
    description: 'deploy this environment of the configuration file, such as staging',
  },
  'dry-run': { type: 'boolean', description: 'check and build only; needs no account' },
  public: {
    type: 'boolean',
    description: 'allow AA_API_KEY without READ_TOKEN; confirms that you have read the terms of Artificial Analysis',
  },
  config: { type: 'string', short: 'c', value: 'file', description: 'the configuration file (default: wrangler.toml)' },
  name: { type: 'string', value: 'name', description: 'deploy under another name' },
  'secrets-file': {
    type: 'string',
    value: 'file',
    description: 'upload the secrets in a file (NAME=value lines, or JSON) with the Worker; they are checked first',
  },
} as const

/** Not for wrangler, or given to it in another way. */
const OWN_OPTIONS = ['env', 'config', 'public']

export interface DeployOptions {
  config: string
  /** Empty for the one at the top of the configuration file. */
  environment: string
  /** In place of the name in the configuration file. */
  name?: string
  secretsFile?: string
  dryRun: boolean
  /** Facts of Artificial Analysis may be read by everybody. */
  isPublic: boolean
  /** What wrangler is given besides the configuration file and the environment. */
  forwarded: string[]
}

interface Surroundings {
  CLOUDFLARE_ENV?: string
  /** Set by Workers Builds, where the Worker need not have the name in the file. */
  WRANGLER_CI_OVERRIDE_NAME?: string
}

export function readDeployOptions(args: string[], surroundings: Surroundings): DeployOptions {
  // Not strict: wrangler knows its own options, and complains of those that it does not.
  const { values, tokens } = parseArgs({ args, options: DEPLOY_OPTIONS, strict: false, tokens: true })
  const consumed = new Set<number>()
  for (const token of tokens) {
    if (token.kind !== 'option' || !OWN_OPTIONS.includes(token.name)) continue
    consumed.add(token.index)
    if (token.inlineValue === false) consumed.add(token.index + 1)
  }
  const name = surroundings.WRANGLER_CI_OVERRIDE_NAME || text(values.name)
  const secretsFile = text(values['secrets-file'])
  return {
    config: text(values.config) ?? 'wrangler.toml',
    environment: text(values.env) ?? surroundings.CLOUDFLARE_ENV ?? '',
    ...(name !== undefined && { name }),
    ...(secretsFile !== undefined && { secretsFile }),
    dryRun: values['dry-run'] === true,
    isPublic: values.public === true,
    forwarded: args.filter((_, index) => !consumed.has(index)),
  }
}

/** An option without its value is left for wrangler to refuse. Wrangler takes `-e=NAME` too, which `parseArgs` does not. */
function text(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value.replace(/^=/, '') : undefined
}
