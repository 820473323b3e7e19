/** What a client fetches to follow the registry from one version to the next, by diff and whole. */
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { diffCatalogues } from '../../../src/core/diff/diff.ts'
import type { RecordedVersion } from './recorded-versions.ts'

/** Bytes of bodies: as they are, and as a server or an edge compresses them in passing. */
export interface Bytes {
  plain: number
  gzip: number
  brotli: number
}

export interface RefreshBytes {
  /** The answer that names the new version, and the diff. */
  diff: Bytes
  whole: Bytes
  /** The diff is longer than the manifest: the client fetches the manifest. */
  isLonger: boolean
}

/** A typical compression level of servers; higher levels would take too long. */
const BROTLI_QUALITY = 5

export function refreshBytes(from: RecordedVersion, to: RecordedVersion): RefreshBytes {
  const { version, etag, generatedAt } = to.info
  const diff = JSON.stringify({ from: from.info, to: to.info, ...diffCatalogues(from.catalogue, to.catalogue) })
  const id = bytesOf(JSON.stringify({ version, etag, generatedAt }))
  return { diff: sum(id, bytesOf(diff)), whole: bytesOf(to.text), isLonger: diff.length > from.text.length }
}

function bytesOf(text: string): Bytes {
  const brotli = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } })
  return { plain: Buffer.byteLength(text), gzip: gzipSync(text).length, brotli: brotli.length }
}

function sum(a: Bytes, b: Bytes): Bytes {
  return { plain: a.plain + b.plain, gzip: a.gzip + b.gzip, brotli: a.brotli + b.brotli }
}
