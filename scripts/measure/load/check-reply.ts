/** Whether a reply is whole: its status, its headers, and for a manifest the digest of its content. */
import { createHash } from 'node:crypto'
import { parseJson } from '../../../src/cli/shared/files.ts'
import { sha256 } from '../../../src/cli/shared/sha256.ts'
import { canonicalize } from '../../../src/core/canonical.ts'
import type { Manifest } from '../../../src/core/schema/history.ts'
import { versionOf } from '../../../src/core/version.ts'
import type { Reply } from './connection.ts'
import type { Read } from './read-mix.ts'

/** `"hex"` of a version, or `"hex-seq"` of an answer that depends on the row. */
const ETAG = /^"([0-9a-f]{32})(?:-(\d+))?(?:-\d+)?"$/

/** What a reply says it is of. */
export interface Seen {
  version: string
  /** Where the ETag has it. */
  seq?: number
}

export class ReplyChecker {
  /** Digests of bodies that were found to be whole: the same manifest is not parsed a thousand times. */
  readonly #whole = new Map<string, string>()

  /** What is wrong with a reply, or what it is of. */
  check(read: Read, reply: Reply): { complaint: string } | { seen: Seen } {
    const { status, headers, body } = reply
    if (status !== 200 && status !== 304) return { complaint: `status ${status}: ${body.subarray(0, 300)}` }
    const match = ETAG.exec(headers.etag ?? '')
    if (!match?.[1]) return { complaint: `the ETag is ${headers.etag}` }
    const version = `v1.${match[1].slice(0, 12)}`
    if (headers['x-registry-version'] !== version)
      return { complaint: `ETag ${headers.etag} beside version ${headers['x-registry-version']}` }
    if (read.version !== undefined && read.version !== version)
      return { complaint: `asked for ${read.version}, it is of ${version}` }
    const complaint = status === 304 ? undefined : this.#checkBody(read, reply)
    if (complaint !== undefined) return { complaint }
    return { seen: { version, ...(match[2] !== undefined && { seq: Number(match[2]) }) } }
  }

  #checkBody({ route }: Read, { headers, body }: Reply): string | undefined {
    const declared = headers['content-length']
    if (declared !== undefined && Number(declared) !== body.length)
      return `${body.length} bytes came of the ${declared} that were declared`
    if (!route.startsWith('/v1/manifest')) return parse(body) === undefined ? 'the body is no JSON' : undefined
    const digest = createHash('sha256').update(body).digest('hex')
    const etag = headers.etag ?? ''
    if (this.#whole.get(etag) === digest) return undefined
    if (this.#whole.has(etag)) return `two bodies of ${etag} differ`
    const complaint = checkManifestBody(body, etag)
    if (complaint === undefined) this.#whole.set(etag, digest)
    return complaint
  }
}

function checkManifestBody(body: Buffer, etag: string): string | undefined {
  const parsed = parse(body)
  if (!parsed) return 'the manifest is no JSON'
  const manifest: Partial<Manifest> = parsed
  const { models, providers } = manifest
  const digest = versionOf(sha256(canonicalize({ models, providers }))).etag
  if (digest !== etag) return `torn: the content has the digest ${digest}, the ETag is ${etag}`
  const { version } = versionOf(digest.slice(1))
  if (manifest.etag === etag && manifest.version === version) return undefined
  return `torn: the manifest says ${manifest.version}, ${manifest.etag}; the ETag is ${etag}`
}

function parse(body: Buffer): unknown {
  return parseJson(body.toString())
}
