/** The options of `deploy`: those that affect the checks and the preparation are read here, all others are wrangler's. */
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

/** Not passed to wrangler, or passed in another way. */
const OWN_OPTIONS = ['env', 'config', 'public']

export interface DeployOptions {
  config: string
  /** Empty for the top-level environment of the configuration file. */
  environment: string
  /** Replaces the name in the configuration file. */
  name?: string
  secretsFile?: string
  dryRun: boolean
  /** Facts of Artificial Analysis may be public. */
  isPublic: boolean
  /** Arguments for wrangler besides the configuration file and the environment. */
  forwarded: string[]
}

interface Surroundings {
  CLOUDFLARE_ENV?: string
  /** Set by Workers Builds, where the Worker can have another name than in the file. */
  WRANGLER_CI_OVERRIDE_NAME?: string
}

export function readDeployOptions(args: string[], surroundings: Surroundings): DeployOptions {
  // Not strict: wrangler validates its own options.
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

/** Wrangler refuses an option without its value. It also accepts `-e=NAME`, which `parseArgs` does not. */
function text(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value.replace(/^=/, '') : undefined
}
