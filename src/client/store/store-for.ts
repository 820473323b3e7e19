/** The store that outlives the page or the process. A store that fails or hangs is treated as empty. */
import { TimeoutError } from '../errors.ts'
import { abortable } from '../fetch/abortable.ts'
import { isWorkers } from '../fetch/runtime.ts'
import { canHash } from '../manifest/digest.ts'
import type { RegistryOptions } from '../registry-options.ts'
import { cacheStore } from './cache-store.ts'
import { fileStore } from './file-store.ts'
import type { TextStore } from './text-store.ts'
import { webStore } from './web-store.ts'

/** Longer than any working disk takes, because reads wait for it. */
const MAX_WAIT_MS = 2000

/** The globals that distinguish the runtimes. */
interface Runtime {
  document?: unknown
  process?: { versions?: { node?: string } }
  Deno?: { permissions: { querySync(permission: object): { state: string } } }
}

/** `timeout` in milliseconds. Stored content must be verifiable when it is loaded: without WebCrypto there is no store. */
export function storeFor(cache: RegistryOptions['cache'] = 'auto', timeout: number): TextStore | undefined {
  const store = canHash() ? storeOf(cache) : undefined
  return store && boundStore(store, Math.min(timeout, MAX_WAIT_MS))
}

function storeOf(cache: RegistryOptions['cache']): TextStore | undefined {
  switch (cache) {
    case 'cacheStorage':
      return cacheStore
    case 'localStorage':
      return webStore
    case 'fs':
      return fileStore
    case 'auto':
      return storeHere()
    default:
      return undefined
  }
}

function storeHere(): TextStore | undefined {
  const { document, process } = globalThis as Runtime
  // Workers may identify as Node.
  if (isWorkers()) return undefined
  if (!document && process?.versions?.node) return mayUseFiles() ? fileStore : undefined
  // Where storage is forbidden, reading `caches` itself throws.
  return 'caches' in globalThis ? cacheStore : undefined
}

/** Deno would prompt the user for each of these permissions. */
const FILE_PERMISSIONS = [{ name: 'env' }, { name: 'sys', kind: 'homedir' }, { name: 'read' }, { name: 'write' }]

function mayUseFiles(): boolean {
  const { Deno } = globalThis as Runtime
  return !Deno || FILE_PERMISSIONS.every((one) => Deno.permissions.querySync(one).state === 'granted')
}

/** After a timeout, the store is not used again. */
function boundStore(store: TextStore, timeout: number): TextStore {
  let hangs = false
  const within = async <T>(work: () => Promise<T>): Promise<T> => {
    if (hangs) throw new TimeoutError('what is stored', timeout)
    try {
      return await abortable(work(), undefined, 'what is stored', timeout)
    } catch (error) {
      hangs = error instanceof TimeoutError
      throw error
    }
  }
  return {
    load: (key) => within(() => store.load(key)),
    save: (key, text) => within(() => store.save(key, text)),
    clear: (key) => within(() => store.clear(key)),
  }
}
