/** `deploy`: checks the configuration, deploys it, and prints what to do next. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import * as z from 'zod'
import { CommandError, type Context, defineCommand } from '../../src/cli/shared/command.ts'
import type { Output } from '../../src/cli/shared/terminal.ts'
import { parseConfig } from '../../src/config.ts'
import { backfill } from '../backfill/backfill.ts'
import { askWrangler, parseListOutput, runWrangler } from '../shared/wrangler.ts'
import { DEPLOY_OPTIONS, type DeployOptions, readDeployOptions } from './deploy-options.ts'
import { readDeployment } from './deployment.ts'
import { describeNextSteps } from './next-steps.ts'
import { offerBackfill } from './offer-backfill.ts'
import { prepareConfig } from './prepare-config.ts'
import { checkPublication } from './publication.ts'
import { readSecrets } from './secrets-file.ts'
import { checkLocalSecrets, checkSecrets, checkVars, mergeFindings } from './setting-checks.ts'
import { type ConfigFile, readConfigFile, type WorkerConfig, workerConfig } from './worker-config.ts'

/** Next to the configuration file, because its paths are relative to it. */
const PREPARED_FILE = `wrangler.deploy-${process.pid}.json`

export const deploy = defineCommand({
  description: `Checks the configuration, finds the KV namespace of the Worker if it exists, runs "wrangler deploy", and prints what to
do next. It stops if a setting is invalid, a token can be guessed, or AA_API_KEY is set without READ_TOKEN. On a terminal
it offers to backfill an empty registry. Options that are not listed here are passed to wrangler deploy.`,
  options: DEPLOY_OPTIONS,
  environment: {
    CLOUDFLARE_ENV: 'the environment, if --env is not given',
    CLOUDFLARE_API_TOKEN: 'a token for the account, instead of "wrangler login"',
  },
  exitCodes: { 1: 'failed; if wrangler failed, its own exit code' },
  examples: ['--dry-run', '--env staging'],
  isWrapper: true,
  async run({ rest }, context) {
    const { env, output } = context
    const options = readDeployOptions(rest, env)
    const file = readConfigFile(options.config)
    const worker = workerConfig(file, options.environment, options.name)
    const uploaded = options.secretsFile === undefined ? {} : readSecrets(options.secretsFile)
    checkSettings(options, worker, uploaded, output)
    await checkReaders(options, worker, uploaded, output)
    const prepared = await prepareConfig(options, file, worker, output)
    const deployed = await deployPrepared(options, prepared)
    if (deployed.code !== 0 || options.dryRun) return deployed.code
    const described = await describeDeployed(deployed.report, { ...options, worker, uploaded }, context)
    output.write(`\n${described}\n`)
    return 0
  },
})

type Secrets = Record<string, unknown>

/** Prints all warnings, and throws if something must not be deployed. */
function checkSettings(
  { environment }: DeployOptions,
  { vars }: WorkerConfig,
  uploaded: Secrets,
  output: Output,
): void {
  const local = ['.dev.vars', `.dev.vars.${environment}`].findLast((name) => existsSync(name))
  const { errors, warnings } = mergeFindings([
    checkVars(vars),
    checkSecrets(uploaded),
    ...(local === undefined ? [] : [checkLocalSecrets(readSecrets(local))]),
  ])
  for (const warning of warnings) output.write(`Note: ${warning}\n`)
  if (errors.length > 0) throw new CommandError(`Cannot deploy:\n${errors.map((error) => `  ${error}`).join('\n')}`)
  output.write('The configuration is valid.\n')
}

/** A dry run needs no account, so it checks only the uploaded secrets. */
async function checkReaders(
  { config, dryRun, isPublic }: DeployOptions,
  { name, vars }: WorkerConfig,
  uploaded: Secrets,
  output: Output,
): Promise<void> {
  const deployed = dryRun ? [] : await listSecrets(config, name)
  checkPublication({ vars, uploaded, deployed, isPublic }, output)
}

/** Passes the prepared configuration to wrangler in a temporary file, so that the committed file does not change. */
async function deployPrepared(
  { config, environment, forwarded }: DeployOptions,
  prepared: ConfigFile,
): Promise<{ code: number; report: string }> {
  const path = join(dirname(resolve(config)), PREPARED_FILE)
  const reports = mkdtempSync(join(tmpdir(), 'llm-deploy-'))
  const report = join(reports, 'wrangler.jsonl')
  const remove = () => rmSync(path, { force: true })
  process.once('exit', remove)
  // Ctrl-C ends wrangler, but this process must still clean up.
  process.on('SIGINT', remove)
  try {
    writeFileSync(path, JSON.stringify(prepared, undefined, 2))
    const args = ['deploy', '--config', path, '--env', environment, ...forwarded]
    const code = await runWrangler(args, { WRANGLER_OUTPUT_FILE_PATH: report })
    return { code, report: existsSync(report) ? readFileSync(report, 'utf8') : '' }
  } finally {
    remove()
    process.off('exit', remove)
    process.off('SIGINT', remove)
    rmSync(reports, { recursive: true, force: true })
  }
}

interface DeployedWith extends Pick<DeployOptions, 'config' | 'environment'> {
  worker: WorkerConfig
  uploaded: Secrets
}

/** Offers the backfill, then describes the next steps. */
async function describeDeployed(
  report: string,
  { config, environment, worker, uploaded }: DeployedWith,
  context: Context,
): Promise<string> {
  const { name = worker.name, url } = readDeployment(report)
  const { adminTokens } = parseConfig({ ADMIN_TOKEN: context.env.ADMIN_TOKEN, ...uploaded })
  const token = adminTokens.ok ? adminTokens.value[0]?.token : undefined
  const runBackfill = (to: string, env: Context['env']) =>
    backfill.run({ values: { url: to, from: 'git' }, args: {}, rest: [] }, { ...context, env })
  const fill = await offerBackfill({ url, token, backfill: runBackfill }, context)
  const secrets = await listSecrets(config, name)
  return describeNextSteps({ name, environment, fill, ...(url && { url }), ...(secrets && { secrets }) })
}

const SecretList = z.array(z.object({ name: z.string() }))

/** `undefined` if they cannot be listed. */
async function listSecrets(config: string, name: string): Promise<string[] | undefined> {
  const { code, output } = await askWrangler(['secret', 'list', '--config', config, '--name', name, '--format', 'json'])
  return code === 0 ? SecretList.safeParse(parseListOutput(output)).data?.map((secret) => secret.name) : undefined
}
