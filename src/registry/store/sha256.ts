/** SHA-256 of a text or of bytes, as lower-case hex digits. */
import { createHash } from 'node:crypto'
import type { Sha256 } from '../../core/manifest/version.ts'

/** Synchronous, unlike WebCrypto: a commit hashes inside its transaction. */
export const sha256: Sha256 = (text) => createHash('sha256').update(text).digest('hex')

export const sha256OfBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
