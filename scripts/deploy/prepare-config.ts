/** The configuration to deploy: that of the file, with the ids of the KV namespaces that earlier deployments created. */
import { stripVTControlCharacters } from 'node:util'
import type { Output } from '../../src/cli/shared/terminal.ts'
import { askWrangler } from '../shared/wrangler.ts'
import type { DeployOptions } from './deploy-options.ts'
import { namespaceIds, namespaceTitle } from './namespace-ids.ts'
import { type ConfigFile, type WorkerConfig, withNamespaces } from './worker-config.ts'

export async function prepareConfig(
  { config, environment, dryRun }: DeployOptions,
  file: ConfigFile,
  { name, unnamed }: WorkerConfig,
  output: Output,
): Promise<ConfigFile> {
  if (unnamed.length === 0 || dryRun) return file
  const list = await askWrangler(['kv', 'namespace', 'list', '--config', config, '--env', environment])
  const ids = list.code === 0 ? namespaceIds(name, unnamed, list.output) : undefined
  if (ids === undefined) {
    output.write(
      `Note: cannot list the KV namespaces of the account, so wrangler chooses: ${reasonOf(list.complaint)}\n`,
    )
    return file
  }
  for (const binding of unnamed) {
    const title = namespaceTitle(name, binding)
    const id = ids.get(binding)
    output.write(`KV namespace "${title}": ${id ? `found, ${id}` : 'not found, wrangler will create it'}\n`)
  }
  return withNamespaces(file, environment, ids)
}

/** The most informative line of wrangler's output: the one from Cloudflare, or the one marked as the error. */
function reasonOf(complaint: string): string {
  const lines = stripVTControlCharacters(complaint).split('\n')
  const line = lines.find((text) => /\[code: \d+\]/.test(text)) ?? lines.find((text) => text.includes('[ERROR]'))
  return line?.replace(/^.*\[ERROR\]/, '').trim() ?? 'no reason given'
}
