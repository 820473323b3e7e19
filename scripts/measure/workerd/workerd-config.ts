/**
 * The configuration with which plain workerd runs the Worker: its Durable Object on disk, KV and Cache API in memory,
 * the assets of the pages, and beside it a probe with a binding to the same object. No AUTH_LIMITER, which workerd does not
 * have.
 */
import type { WorkerBundle } from './worker-bundle.ts'

/** A small Worker beside the registry in the same process, to compare it with. */
export interface Neighbour {
  /** Of its service, and of its socket. */
  name: string
  /** One module of plain JavaScript. */
  script: URL
  /** Whose class `Registry` its binding REGISTRY_DO is. Each has REGISTRY_HTTP, which is the registry, and KV. */
  objectOf?: string
  /** Whether it has a class `Registry`, and whether on disk, with SQLite, or with a memory in place of it. */
  hasObject?: 'on disk' | 'in memory'
}

/** The sockets that the configuration opens, each on a port of workerd's choice. */
export function socketNames(neighbours: readonly Neighbour[]): string[] {
  return ['registry', 'probe', ...neighbours.map(({ name }) => name)]
}

/** Where the object's database lies, inside the storage folder. */
export const OBJECT_FOLDER = 'registry-object'

export interface WorkerdConfigOptions {
  bundle: WorkerBundle
  /** The folder of the bundle, relative to the configuration, as all that it embeds. */
  bundleFolder: string
  workers: Record<'kv' | 'cache' | 'probe', string>
  /** With the files that their scripts were copied to. */
  neighbours: (Neighbour & { file: string })[]
  /** Absolute paths. */
  storage: string
  assets: string
  /** The ports of KV and the Cache API, where they are in a process of their own. */
  tiers?: TierPorts | undefined
  /** Text bindings: the Worker's vars and secrets. */
  vars: Record<string, string>
  v8Flags: string[]
}

export interface TierPorts {
  kv: number
  cache: number
}

export function workerdConfig(options: WorkerdConfigOptions): string {
  const { bundle, bundleFolder, workers, neighbours, storage, assets, tiers, vars, v8Flags } = options
  const date = `compatibilityDate = ${quote(bundle.compatibilityDate)}`
  const modules = bundle.modules.map((file) => moduleOf(file, `${bundleFolder}/${file}`))
  const bindings = Object.entries(vars).map(([name, text]) => `(name = ${quote(name)}, text = ${quote(text)})`)
  const tier = (name: 'kv' | 'cache') => (tiers ? externalOf(tiers[name]) : `worker = (${small(workers[name])})`)
  const small = (file: string) => `modules = [(name = "main.js", esModule = embed ${quote(file)})], ${date}`
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "registry", worker = .registry),
    (name = "probe", worker = (${small(workers.probe)}, bindings = [
      (name = "REGISTRY_DO", durableObjectNamespace = (className = "Registry", serviceName = "registry"))])),
    (name = "kv", ${tier('kv')}),
    (name = "cache", ${tier('cache')}),
    (name = "storage", disk = (path = ${quote(storage)}, writable = true)),
    (name = "assets", disk = (path = ${quote(assets)})),
    ${neighbours.map((neighbour) => `(name = ${quote(neighbour.name)}, worker = (${small(neighbour.file)}, cacheApiOutbound = "cache", ${neighbourParts(neighbour)})),`).join('\n    ')}
  ],
  sockets = [${socketNames(neighbours)
    .map((name) => `(name = "${name}", address = "127.0.0.1:0", http = (), service = "${name}")`)
    .join(', ')}],
  v8Flags = [${v8Flags.map(quote).join(', ')}],
);
const registry :Workerd.Worker = (
  modules = [${modules.join(', ')}],
  ${date},
  compatibilityFlags = ["nodejs_compat"],
  bindings = [
    (name = "REGISTRY", kvNamespace = "kv"),
    (name = "REGISTRY_DO", durableObjectNamespace = "Registry"),
    (name = "ASSETS", service = "assets"),
    ${bindings.join(', ')}
  ],
  cacheApiOutbound = "cache",
  durableObjectNamespaces = [(className = "Registry", uniqueKey = "${OBJECT_FOLDER}", enableSql = true)],
  durableObjectStorage = (localDisk = "storage"),
);
`
}

/** Both speak HTTP, with whole URLs. */
const externalOf = (port: number): string => `external = (address = "127.0.0.1:${port}", http = (style = proxy))`

/** KV and the Cache API alone, each on a port of its own. */
export function tiersConfig(compatibilityDate: string, workers: WorkerdConfigOptions['workers']): string {
  const names = ['kv', 'cache'] as const
  const date = `compatibilityDate = ${quote(compatibilityDate)}`
  const services = names.map(
    (name) =>
      `(name = "${name}", worker = (modules = [(name = "main.js", esModule = embed ${quote(workers[name])})], ${date}))`,
  )
  const sockets = names.map(
    (name) => `(name = "${name}", address = "127.0.0.1:0", http = (style = proxy), service = "${name}")`,
  )
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [${services.join(', ')}], sockets = [${sockets.join(', ')}]);
`
}

/** A Worker alone, without its bindings: enough to evaluate its code, which lies beside the configuration. */
export function aloneConfig({ compatibilityDate, modules }: WorkerBundle): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [${modules.map((file) => moduleOf(file, file)).join(', ')}],
    compatibilityDate = ${quote(compatibilityDate)},
    compatibilityFlags = ["nodejs_compat"]))],
  sockets = [(name = "main", address = "127.0.0.1:0", http = (), service = "main")],
);
`
}

function moduleOf(name: string, path: string): string {
  return `(name = ${quote(name)}, ${kindOf(name)} = embed ${quote(path)})`
}

function neighbourParts({ objectOf, hasObject }: Neighbour): string {
  const bindings = ['(name = "REGISTRY_HTTP", service = "registry")', '(name = "KV", kvNamespace = "kv")']
  if (objectOf !== undefined)
    bindings.push(
      `(name = "REGISTRY_DO", durableObjectNamespace = (className = "Registry", serviceName = ${quote(objectOf)}))`,
    )
  const storage = hasObject === 'on disk' ? 'localDisk = "storage"' : 'inMemory = void'
  const object = `durableObjectNamespaces = [(className = "Registry", uniqueKey = "neighbour", enableSql = true)], durableObjectStorage = (${storage})`
  return `bindings = [${bindings.join(', ')}]${hasObject ? `, ${object}` : ''}`
}

function kindOf(file: string): 'esModule' | 'text' {
  return file.endsWith('.js') ? 'esModule' : 'text'
}

/** A text literal of Cap'n Proto, which escapes like C. */
function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`
}
