/** What a bundle for browsers has in place of `file-store.ts`: package.json says so, under `browser`. */
import type { TextStore } from './text-store.ts'

export const fileStore: TextStore | undefined = undefined
