/** Whether the digests of an index match an etag. */
import { etagOf, rootText } from '../../core/manifest/version.ts'
import type { ManifestIndex } from '../../core/schema/history.ts'
import { sha256 } from '../sha256.ts'

export function hasRootOf({ parts }: ManifestIndex, etag: string): boolean {
  const digests = Object.entries(parts).map(([provider, { digest }]) => [provider, digest])
  return etagOf(sha256(rootText(Object.fromEntries(digests)))) === etag
}
