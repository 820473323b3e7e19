/**
 * The configuration by which the bare workerd runs the Worker: its Durable Object on disk, KV and Cache API in memory,
 * and beside it a probe with a binding to the same object. No AUTH_LIMITER and no ASSETS, which workerd does not have.
 */
import type { WorkerBundle } from './worker-bundle.ts'

/** The sockets that the configuration opens, each on a port of workerd's choice. */
const SOCKETS = ['registry', 'probe'] as const
export type SocketName = (typeof SOCKETS)[number]

/** Where the object's database lies, inside the storage folder. */
export const OBJECT_FOLDER = 'registry-object'

export interface WorkerdConfigOptions {
  bundle: WorkerBundle
  /** The folder of the bundle, relative to the configuration, as all that it embeds. */
  bundleFolder: string
  workers: Record<'kv' | 'cache' | 'probe', string>
  /** An absolute path. */
  storage: string
  /** Text bindings: the Worker's vars and secrets. */
  vars: Record<string, string>
  v8Flags: string[]
}

export function workerdConfig({ bundle, bundleFolder, workers, storage, vars, v8Flags }: WorkerdConfigOptions): string {
  const date = `compatibilityDate = ${quote(bundle.compatibilityDate)}`
  const modules = bundle.modules.map(
    (file) => `(name = ${quote(file)}, ${kindOf(file)} = embed ${quote(`${bundleFolder}/${file}`)})`,
  )
  const bindings = Object.entries(vars).map(([name, text]) => `(name = ${quote(name)}, text = ${quote(text)})`)
  const small = (file: string) => `modules = [(name = "main.js", esModule = embed ${quote(file)})], ${date}`
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "registry", worker = .registry),
    (name = "probe", worker = (${small(workers.probe)}, bindings = [
      (name = "REGISTRY_DO", durableObjectNamespace = (className = "Registry", serviceName = "registry"))])),
    (name = "kv", worker = (${small(workers.kv)})),
    (name = "cache", worker = (${small(workers.cache)})),
    (name = "storage", disk = (path = ${quote(storage)}, writable = true)),
  ],
  sockets = [${SOCKETS.map((name) => `(name = "${name}", address = "127.0.0.1:0", http = (), service = "${name}")`).join(', ')}],
  v8Flags = [${v8Flags.map(quote).join(', ')}],
);
const registry :Workerd.Worker = (
  modules = [${modules.join(', ')}],
  ${date},
  compatibilityFlags = ["nodejs_compat"],
  bindings = [
    (name = "REGISTRY", kvNamespace = "kv"),
    (name = "REGISTRY_DO", durableObjectNamespace = "Registry"),
    ${bindings.join(', ')}
  ],
  cacheApiOutbound = "cache",
  durableObjectNamespaces = [(className = "Registry", uniqueKey = "${OBJECT_FOLDER}", enableSql = true)],
  durableObjectStorage = (localDisk = "storage"),
);
`
}

function kindOf(file: string): 'esModule' | 'text' {
  return file.endsWith('.js') ? 'esModule' : 'text'
}

/** A text literal of Cap'n Proto, which escapes like C. */
function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`
}
