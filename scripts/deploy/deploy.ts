/** `deploy`: checks the configuration, deploys it, and says what to do next. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import * as z from 'zod'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import type { Output } from '../../src/cli/shared/terminal.ts'
import { parseConfig } from '../../src/config.ts'
import { askWrangler, parseListOutput, runWrangler } from '../shared/wrangler.ts'
import { DEPLOY_OPTIONS, type DeployOptions, readDeployOptions } from './deploy-options.ts'
import { readDeployment } from './deployment.ts'
import { describeNextSteps } from './next-steps.ts'
import { prepareConfig } from './prepare-config.ts'
import { readSecrets } from './secrets-file.ts'
import { checkLocalSecrets, checkSecrets, checkVars, mergeFindings } from './setting-checks.ts'
import { type ConfigFile, readConfigFile, type WorkerConfig, workerConfig } from './worker-config.ts'

/** Beside the configuration file, because its paths count from where it is. */
const PREPARED_FILE = `wrangler.deploy-${process.pid}.json`

export const deploy = defineCommand({
  description: `Checks the configuration, finds the KV namespace of the Worker if there is one already, runs "wrangler deploy", and
prints what to do next. A setting that cannot be used, or a token that can be guessed, stops it. Options that are not
listed here are options of wrangler deploy.`,
  options: DEPLOY_OPTIONS,
  environment: {
    CLOUDFLARE_ENV: 'the environment, where --env is not given',
    CLOUDFLARE_API_TOKEN: 'the account to deploy to, without a login of wrangler',
  },
  exitCodes: { 1: 'failed, or the exit code of wrangler' },
  examples: ['--dry-run', '--env staging'],
  isWrapper: true,
  async run({ rest }, { env, output }) {
    const options = readDeployOptions(rest, env)
    const file = readConfigFile(options.config)
    const worker = workerConfig(file, options.environment, options.name)
    checkSettings(options, worker, output)
    const prepared = await prepareConfig(options, file, worker, output)
    return deployPrepared(options, prepared, worker, output)
  },
})

/** Says everything that must not be deployed, and stops there. */
function checkSettings({ secretsFile, environment }: DeployOptions, { vars }: WorkerConfig, output: Output): void {
  const local = ['.dev.vars', `.dev.vars.${environment}`].findLast((name) => existsSync(name))
  const { errors, warnings } = mergeFindings([
    checkVars(vars),
    ...(secretsFile === undefined ? [] : [checkSecrets(readSecrets(secretsFile))]),
    ...(local === undefined ? [] : [checkLocalSecrets(readSecrets(local))]),
  ])
  for (const warning of warnings) output.write(`Note: ${warning}\n`)
  if (errors.length > 0) throw new CommandError(`Cannot deploy:\n${errors.map((error) => `  ${error}`).join('\n')}`)
  output.write('The configuration is sound.\n')
}

/** Hands the prepared configuration to wrangler, in a file that goes again: the committed one stays as it is. */
async function deployPrepared(
  { config, environment, dryRun, forwarded }: DeployOptions,
  prepared: ConfigFile,
  worker: WorkerConfig,
  output: Output,
): Promise<number> {
  const path = join(dirname(resolve(config)), PREPARED_FILE)
  const reports = mkdtempSync(join(tmpdir(), 'llm-deploy-'))
  const report = join(reports, 'wrangler.jsonl')
  const remove = () => rmSync(path, { force: true })
  process.once('exit', remove)
  // Ctrl-C ends wrangler; this process is still to tidy up.
  process.on('SIGINT', remove)
  try {
    writeFileSync(path, JSON.stringify(prepared, undefined, 2))
    const args = ['deploy', '--config', path, '--env', environment, ...forwarded]
    const code = await runWrangler(args, { WRANGLER_OUTPUT_FILE_PATH: report })
    if (code !== 0 || dryRun) return code
    const reported = existsSync(report) ? readFileSync(report, 'utf8') : ''
    output.write(`\n${await describeDeployed(reported, { config, environment }, worker)}\n`)
    return 0
  } finally {
    remove()
    process.off('exit', remove)
    process.off('SIGINT', remove)
    rmSync(reports, { recursive: true, force: true })
  }
}

async function describeDeployed(
  report: string,
  { config, environment }: Pick<DeployOptions, 'config' | 'environment'>,
  worker: WorkerConfig,
): Promise<string> {
  const { name = worker.name, url } = readDeployment(report)
  const secrets = await listSecrets(config, name)
  const { aaTier } = parseConfig(worker.vars)
  const pullsFromSource = !aaTier.ok || aaTier.value !== 'off'
  return describeNextSteps({ name, environment, pullsFromSource, ...(url && { url }), ...(secrets && { secrets }) })
}

const Secrets = z.array(z.object({ name: z.string() }))

/** `undefined` where they cannot be listed. */
async function listSecrets(config: string, name: string): Promise<string[] | undefined> {
  const { code, output } = await askWrangler(['secret', 'list', '--config', config, '--name', name, '--format', 'json'])
  return code === 0 ? Secrets.safeParse(parseListOutput(output)).data?.map((secret) => secret.name) : undefined
}
