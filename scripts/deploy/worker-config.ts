/** The parts of wrangler's configuration file that a deployment needs, and a copy of it with the ids of namespaces. */
import { experimental_readRawConfig } from 'wrangler'
import * as z from 'zod'
import { CommandError } from '../../src/cli/shared/command.ts'

const Namespace = z.looseObject({ binding: z.string(), id: z.string().optional() })
const Environment = z.looseObject({
  name: z.string().optional(),
  vars: z.record(z.string(), z.unknown()).optional(),
  kv_namespaces: z.array(Namespace).optional(),
})
const ConfigFile = Environment.extend({ env: z.record(z.string(), Environment).optional() })
export type ConfigFile = z.infer<typeof ConfigFile>

/** What one environment of the file deploys. */
export interface WorkerConfig {
  name: string
  vars: Record<string, unknown>
  /** Bindings of KV namespaces for which the file has no id. */
  unnamed: string[]
}

export function readConfigFile(path: string): ConfigFile {
  try {
    return ConfigFile.parse(experimental_readRawConfig({ config: path }).rawConfig)
  } catch (error) {
    throw new CommandError(`Cannot read "${path}": ${error instanceof Error ? error.message : error}`)
  }
}

/** `name` overrides the name in the file. */
export function workerConfig(file: ConfigFile, environment: string, name?: string): WorkerConfig {
  const chosen = environmentOf(file, environment)
  // As in wrangler: an environment has its own name, or the Worker's name followed by the environment.
  const written = environment === '' || chosen.name !== undefined ? chosen.name : `${file.name}-${environment}`
  const unnamed = (chosen.kv_namespaces ?? []).filter(({ id }) => !id).map(({ binding }) => binding)
  return { name: name ?? written ?? '', vars: chosen.vars ?? {}, unnamed }
}

/** A copy in which these bindings have these ids. */
export function withNamespaces(file: ConfigFile, environment: string, ids: ReadonlyMap<string, string>): ConfigFile {
  const copy = structuredClone(file)
  for (const namespace of environmentOf(copy, environment).kv_namespaces ?? [])
    namespace.id ??= ids.get(namespace.binding)
  return copy
}

function environmentOf(file: ConfigFile, environment: string): z.infer<typeof Environment> {
  if (environment === '') return file
  const found = file.env?.[environment]
  if (found) return found
  const known = Object.keys(file.env ?? {})
  throw new CommandError(
    `Cannot deploy the environment "${environment}": ${known.length > 0 ? `not one of ${known.join(', ')}` : 'the configuration has no environments'}`,
  )
}
