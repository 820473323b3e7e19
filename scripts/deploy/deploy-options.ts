/** The options of `deploy`: those that change what is checked and prepared are read here, all others are wrangler's. */
import { parseArgs } from 'node:util'

export const DEPLOY_HELP = `Usage: bun run deploy [--env NAME] [--dry-run] [--public] [options of wrangler deploy]
   or: npm run deploy -- [--env NAME] [--dry-run] [--public] [options of wrangler deploy]

Checks the configuration, finds the KV namespace of the Worker if there is one already, runs "wrangler deploy", and says
what to do next. A setting that cannot be used, a token that can be guessed, or AA_API_KEY without
READ_TOKEN stops it. On a terminal it offers to fill an empty registry with the past.

  --env NAME            deploy this environment of the configuration file, such as staging
  --dry-run             check and build, and need no account
  --public              deploy with AA_API_KEY and without READ_TOKEN: you have read the terms of Artificial Analysis
  --config FILE         the configuration file (default: wrangler.toml)
  --name NAME           deploy under another name
  --secrets-file FILE   upload the secrets in FILE (NAME=value lines, or JSON) with the Worker; they are checked first
  --help                show this text`

export const DEPLOY_OPTIONS = {
  env: { type: 'string', short: 'e' },
  config: { type: 'string', short: 'c' },
  name: { type: 'string' },
  'secrets-file': { type: 'string' },
  'dry-run': { type: 'boolean' },
  public: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
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
