/**
 * The registry on plain workerd, to be measured: the bundle that would be deployed, its Durable Object on disk, KV and
 * caches in memory. Everything lies in a folder of its own under `dist/`, which goes when the harness does.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { waitForEnd } from '../../../src/cli/shared/end-signal.ts'
import { PROJECT } from '../../shared/settings.ts'
import { COLLECT_FLAG, keptBytes } from './inspector.ts'
import { cpuMicrosOf, type MemoryUsage, memoryOf, requireProcessUsage, resetPeakMemory } from './process-usage.ts'
import { buildWorker, type WorkerBundle } from './worker-bundle.ts'
import {
  type Neighbour,
  OBJECT_FOLDER,
  socketNames,
  type TierPorts,
  tiersConfig,
  type WorkerdConfigOptions,
  workerdConfig,
} from './workerd-config.ts'
import { INSPECTOR, startWorkerd, type WorkerdOptions, type WorkerdProcess } from './workerd-process.ts'

const BUNDLE_FOLDER = 'bundle'
/** As wrangler.toml names it. */
const ASSETS = new URL('dist/docs/', PROJECT)
const WORKERS = { kv: 'kv-worker.js', cache: 'cache-worker.js', probe: 'probe-worker.js' }

/** The Worker's vars and secrets. */
export type Vars = Record<string, string>

export interface Restart {
  /** KV and the Cache API in a process of their own: a new one, or the one of the last restart with what it holds. */
  tiers?: 'apart' | 'kept'
  /** Of the heap of an isolate. */
  heapMegabytes?: number
  /** Of each file: writes beyond it fail as on a full disk. */
  maxFileBytes?: number
  /** For `keptBytes`. */
  inspect?: boolean
}

export class Harness {
  readonly #folder: string
  readonly #start: Start
  readonly bundle: WorkerBundle
  #process: WorkerdProcess
  #tiers: WorkerdProcess | undefined
  #isOver = false

  private constructor(folder: string, { bundle, start }: Prepared, process: WorkerdProcess) {
    this.#folder = folder
    this.bundle = bundle
    this.#start = start
    this.#process = process
  }

  /** Builds and runs the Worker, passes it to `use`, and cleans up, even if the process is interrupted. */
  static async run<T>(
    vars: Vars,
    use: (harness: Harness) => Promise<T>,
    neighbours: readonly Neighbour[] = [],
  ): Promise<T> {
    requireProcessUsage()
    const interrupted = waitForEnd().then(() => {
      throw new CommandError('Stopped before the end')
    })
    // If the process is interrupted while the Worker is being built, it ends as soon as that is done.
    interrupted.catch(() => undefined)
    const dist = fileURLToPath(new URL('dist/', PROJECT))
    mkdirSync(dist, { recursive: true })
    const folder = mkdtempSync(join(dist, 'workerd-'))
    const remove = () => rmSync(folder, { recursive: true, force: true })
    process.once('exit', remove)
    try {
      const prepared = await prepare(folder, vars, neighbours)
      const harness = new Harness(folder, prepared, await prepared.start.registry({ v8Flags: [] }))
      try {
        return await Promise.race([interrupted, use(harness)])
      } finally {
        harness.#isOver = true
        await harness.stop()
      }
    } finally {
      remove()
      process.off('exit', remove)
    }
  }

  /** The URL of the registry, without a path. */
  get url(): string {
    return this.urlOf('registry')
  }

  /** The URL of a baseline Worker. */
  urlOf(name: string): string {
    return `http://127.0.0.1:${this.#process.ports.get(name)}`
  }

  /** Where the Worker lies as it would be deployed. */
  get bundleFolder(): string {
    return join(this.#folder, BUNDLE_FOLDER)
  }

  /** Calls a method of the Durable Object directly, without the Worker and its caches. Returns the length of its result. */
  async call(method: string, ...args: unknown[]): Promise<number> {
    const response = await fetch(this.urlOf('probe'), { method: 'POST', body: JSON.stringify([method, ...args]) })
    const text = await response.text()
    if (!response.ok) throw new CommandError(`Cannot call "${method}": ${text}\n${this.#process.output()}`)
    return Number(text)
  }

  cpuMicros(): number {
    return cpuMicrosOf(this.#process.pid)
  }

  memory(): MemoryUsage {
    return memoryOf(this.#process.pid)
  }

  /** Of the isolate of a Worker, after all garbage was collected. */
  keptBytes(worker: string): Promise<number> {
    return keptBytes(this.#process.ports.get(INSPECTOR) ?? 0, worker)
  }

  resetPeakMemory(): void {
    resetPeakMemory(this.#process.pid)
  }

  /** A new process with the same storage: nothing is in memory, and KV is empty unless it is kept. */
  async restart({ tiers, heapMegabytes, ...options }: Restart = {}): Promise<void> {
    await this.#process.stop()
    if (tiers !== 'kept') await this.#tiers?.stop()
    if (tiers !== 'kept') this.#tiers = undefined
    if (tiers === 'apart') this.#tiers = await this.#start.tiers()
    const v8Flags = heapMegabytes === undefined ? [] : [`--max-old-space-size=${heapMegabytes}`]
    if (options.inspect) v8Flags.push(COLLECT_FLAG)
    const process = await this.#start.registry({ ...options, v8Flags, tiers: portsOf(this.#tiers) })
    // A stop in the meantime ended the old process only.
    if (this.#isOver) return process.stop()
    this.#process = process
  }

  /** The same with an empty storage. */
  async clear(): Promise<void> {
    await this.stop()
    const storage = join(this.#folder, 'storage')
    rmSync(storage, { recursive: true, force: true })
    mkdirSync(storage)
    await this.restart()
  }

  async stop(): Promise<void> {
    await this.#process.stop()
    await this.#tiers?.stop()
  }

  /** Kills the process immediately. */
  async kill(): Promise<void> {
    this.#process.kill()
    await this.stop()
  }

  /** The file of the Durable Object's database; complete once the harness is stopped. */
  databaseFile(): string {
    const folder = join(this.#folder, 'storage', OBJECT_FOLDER)
    const [file] = readdirSync(folder).filter((name) => name.endsWith('.sqlite') && name !== 'metadata.sqlite')
    if (file === undefined) throw new CommandError('Cannot find the database: the registry has not been used yet')
    return join(folder, file)
  }
}

interface Start {
  registry(options: WorkerdOptions & Pick<WorkerdConfigOptions, 'v8Flags' | 'tiers'>): Promise<WorkerdProcess>
  /** KV and the Cache API alone. */
  tiers(): Promise<WorkerdProcess>
}

function portsOf(tiers: WorkerdProcess | undefined): TierPorts | undefined {
  return tiers && { kv: tiers.ports.get('kv') ?? 0, cache: tiers.ports.get('cache') ?? 0 }
}

interface Prepared {
  bundle: WorkerBundle
  start: Start
}

/** Builds the Worker and returns how to run it. */
async function prepare(folder: string, vars: Vars, neighbours: readonly Neighbour[]): Promise<Prepared> {
  const bundle = await buildWorker(join(folder, BUNDLE_FOLDER))
  const storage = join(folder, 'storage')
  mkdirSync(storage)
  for (const worker of Object.values(WORKERS)) copyFileSync(new URL(worker, import.meta.url), join(folder, worker))
  const beside = neighbours.map((neighbour) => ({ ...neighbour, file: `beside-${neighbour.name}.js` }))
  for (const { script, file } of beside) copyFileSync(script, join(folder, file))
  const file = join(folder, 'workerd.capnp')
  const assets = fileURLToPath(ASSETS)
  const options = { bundle, bundleFolder: BUNDLE_FOLDER, workers: WORKERS, neighbours: beside, storage, assets, vars }
  const tiersFile = join(folder, 'tiers.capnp')
  const start: Start = {
    registry({ v8Flags, tiers, ...given }) {
      writeFileSync(file, workerdConfig({ ...options, v8Flags, tiers }))
      return startWorkerd(file, socketNames(neighbours), given)
    },
    tiers() {
      writeFileSync(tiersFile, tiersConfig(bundle.compatibilityDate, WORKERS))
      return startWorkerd(tiersFile, ['kv', 'cache'])
    },
  }
  return { bundle, start }
}
