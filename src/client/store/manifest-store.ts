/** Where a manifest outlives the page or the process. A store that fails is as one that is empty. */

import type { RegistryOptions } from '../registry-options.ts'
import { fileStore } from './file-store.ts'
import type { TextStore } from './text-store.ts'

/** The part of `Storage` that is used. */
interface WebStorage {
  getItem(key: string): string | null
  setItem(key: string, text: string): void
  removeItem(key: string): void
}

/** What tells the runtimes apart. */
interface Runtime {
  localStorage?: WebStorage
  document?: unknown
  navigator?: { userAgent?: string }
  process?: { versions?: { node?: string } }
}

export function isWorkers(): boolean {
  return (globalThis as Runtime).navigator?.userAgent === 'Cloudflare-Workers'
}

export function storeFor(cache: RegistryOptions['cache'] = 'auto'): TextStore | undefined {
  if (cache === 'localStorage') return webStore
  if (cache === 'fs') return fileStore
  return cache === 'auto' ? storeHere() : undefined
}

function storeHere(): TextStore | undefined {
  const { document, process } = globalThis as Runtime
  // Workers may say that they are Node, and Node that it has a localStorage.
  if (isWorkers()) return undefined
  if (document) return webStore
  return process?.versions?.node ? fileStore : undefined
}

/** Looked up each time: where storage is forbidden, reading `localStorage` itself throws. */
const webStore: TextStore = {
  load: async (key) => (globalThis as Runtime).localStorage?.getItem(key) ?? undefined,
  save: async (key, text) => (globalThis as Runtime).localStorage?.setItem(key, text),
  clear: async (key) => (globalThis as Runtime).localStorage?.removeItem(key),
}
