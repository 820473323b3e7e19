import type { TextStore } from './text-store.ts'

/** The part of `Storage` that is used. */
interface WebStorage {
  getItem(key: string): string | null
  setItem(key: string, text: string): void
  removeItem(key: string): void
}

const storage = (): WebStorage | undefined => (globalThis as { localStorage?: WebStorage }).localStorage

/** Looked up each time: where storage is forbidden, reading `localStorage` itself throws. */
export const webStore: TextStore = {
  load: async (key) => storage()?.getItem(key) ?? undefined,
  save: async (key, text) => storage()?.setItem(key, text),
  clear: async (key) => storage()?.removeItem(key),
}
