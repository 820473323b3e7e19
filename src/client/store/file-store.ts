/**
 * One file per key, in the cache folder of the operating system. Other processes see the old or the new file, never a
 * partial one: each file is written under a temporary name and renamed.
 *
 * Bundles for browsers contain `no-file-store.ts` instead. Some bundles are built without a known target, so Node's modules
 * are imported by a name that bundlers cannot resolve, and are missing only when they are used.
 */
import { sha256 } from '../manifest/digest.ts'
import type { TextStore } from './text-store.ts'

/** The parts of Node that are used. */
interface FileSystem {
  readFile(path: string, encoding: 'utf8'): Promise<string>
  stat(path: string): Promise<{ isFile(): boolean }>
  writeFile(path: string, text: string, options: { mode: number }): Promise<void>
  mkdir(path: string, options: { recursive: true }): Promise<unknown>
  rename(from: string, to: string): Promise<void>
  rm(path: string, options: { force: true }): Promise<void>
}

interface NodeProcess {
  env: Record<string, string | undefined>
  platform: string
  getBuiltinModule?(id: string): unknown
}

export const fileStore: TextStore = {
  async load(key) {
    const fs = await fileSystem()
    const path = await pathOf(key)
    // Opening a pipe may block forever and keep the process alive.
    return (await fs.stat(path)).isFile() ? fs.readFile(path, 'utf8') : undefined
  },
  async save(key, text) {
    const fs = await fileSystem()
    const path = await pathOf(key)
    const beside = `${path}.${crypto.randomUUID()}`
    await fs.mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true })
    try {
      // Content of a registry that needs a token must only be readable by this user.
      await fs.writeFile(beside, text, { mode: 0o600 })
      await fs.rename(beside, path)
    } finally {
      await fs.rm(beside, { force: true })
    }
  },
  async clear(key) {
    await (await fileSystem()).rm(await pathOf(key), { force: true })
  },
}

async function pathOf(key: string): Promise<string> {
  return `${await cacheFolder()}/llm-registry/${(await sha256(key)).slice(0, 32)}.json`
}

async function cacheFolder(): Promise<string> {
  const { env, platform } = nodeProcess()
  if (platform === 'win32' && env.LOCALAPPDATA) return env.LOCALAPPDATA
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME
  const { homedir } = await nodeModule<{ homedir(): string }>('os')
  return `${homedir()}/${platform === 'darwin' ? 'Library/Caches' : '.cache'}`
}

const fileSystem = (): Promise<FileSystem> => nodeModule('fs/promises')

/** Bundlers for servers, such as that of Next.js, leave no import of a name that they cannot read; Node 20.0 has only that. */
async function nodeModule<T>(name: string): Promise<T> {
  const { getBuiltinModule } = nodeProcess()
  const id = `node:${name}`
  const module = getBuiltinModule ? getBuiltinModule(id) : await import(/* @vite-ignore */ /* webpackIgnore: true */ id)
  return module as T // by its name
}

const nodeProcess = (): NodeProcess => (globalThis as unknown as { process: NodeProcess }).process // only where it is Node
