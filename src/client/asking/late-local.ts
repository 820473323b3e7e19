import type { Signal } from '../fetch/fetch-types.ts'
import type { Local, LocalParts } from '../kept/create-local.ts'
import { loadModule } from './load-module.ts'

/** Reads from kept content, with code that is loaded on first use. */
export interface LateLocal {
  get(signal?: Signal): Promise<Local>
  /** Whether there is content in memory. */
  isHeld(): boolean
  /** Whether there is content in the store or in memory. */
  hasStored(): Promise<boolean>
  clear(): Promise<void>
  stopTimer(): void
}

export function createLateLocal(parts: LocalParts): LateLocal {
  let isStopped = false
  let loaded: Local | undefined
  const get = async (signal?: Signal): Promise<Local> => {
    const { timeout } = parts.transport
    const { createLocal } = await loadModule(() => import('../kept/create-local.ts'), signal, timeout)
    loaded ??= createLocal(parts)
    if (isStopped) loaded.kept.stopTimer()
    return loaded
  }
  /** Without its code there is nothing. */
  const unlessMissing = <T>(work: (local: Local) => Promise<T>, otherwise: T): Promise<T> =>
    get().then(work, () => otherwise)
  return {
    get,
    isHeld: () => loaded?.kept.isHeld() ?? false,
    hasStored: () => unlessMissing(({ kept }) => kept.load(), false),
    clear: () => unlessMissing(({ kept }) => kept.clear(), undefined),
    stopTimer() {
      isStopped = true
      loaded?.kept.stopTimer()
    },
  }
}
