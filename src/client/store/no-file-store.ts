/** Replaces `file-store.ts` in bundles for browsers, by the `browser` field of package.json. */
import type { TextStore } from './text-store.ts'

export const fileStore: TextStore | undefined = undefined
