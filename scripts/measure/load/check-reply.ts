/** Checks a response: its status, its headers, its digest, and for a manifest the root of its parts. */
import { createHash } from 'node:crypto'
import { parseJson } from '../../../src/cli/shared/files.ts'
import { sha256 } from '../../../src/cli/shared/sha256.ts'
import { partsOf, rootOf } from '../../../src/core/manifest/catalogue-parts.ts'
import { etagOf, versionOf } from '../../../src/core/manifest/version.ts'
import { Manifest } from '../../../src/core/schema/history.ts'
import type { Reply } from './connection.ts'
import type { Read } from './read-mix.ts'

const VERSION = /^v1\.[0-9a-f]{12}$/

/** What a reply says it is of; nothing for an answer that is of no single version. */
export interface Seen {
  version?: string
}

export class ReplyChecker {
  /** Digests of verified manifests by ETag, so that the same one is not parsed a thousand times. */
  readonly #whole = new Map<string, string>()

  /** What is wrong with a response, or its version. */
  check(read: Read, reply: Reply): { complaint: string } | { seen: Seen } {
    const { status, headers, body } = reply
    if (status !== 200 && status !== 304) return { complaint: `status ${status}: ${body.subarray(0, 300)}` }
    const version = headers['x-registry-version']
    if (version !== undefined && (typeof version !== 'string' || !VERSION.test(version)))
      return { complaint: `the version is ${version}` }
    if (read.version !== undefined && read.version !== version)
      return { complaint: `asked for ${read.version}, it is of ${version}` }
    const complaint = status === 304 ? undefined : this.#checkBody(read, reply)
    if (complaint !== undefined) return { complaint }
    return { seen: version === undefined ? {} : { version } }
  }

  #checkBody({ route }: Read, { headers, body }: Reply): string | undefined {
    const declared = headers['content-length']
    if (declared !== undefined && Number(declared) !== body.length)
      return `${body.length} bytes came of the ${declared} that were declared`
    const digest = createHash('sha256').update(body).digest('hex')
    const { etag = '' } = headers
    if (!route.startsWith('/v1/manifest')) return checkPlainBody(body, digest, etag)
    if (this.#whole.get(etag) === digest) return undefined
    if (this.#whole.has(etag)) return `two bodies of ${etag} differ`
    const complaint = checkManifestBody(body, etag, headers['x-registry-version'])
    if (complaint === undefined) this.#whole.set(etag, digest)
    return complaint
  }
}

/** Its ETag is the digest of its own bytes. */
function checkPlainBody(body: Buffer, digest: string, etag: string): string | undefined {
  const isPage = body.subarray(0, 9).toString() === '<!doctype'
  if (isPage ? !body.toString().trimEnd().endsWith('</html>') : parse(body) === undefined)
    return 'the body is neither JSON nor a whole page'
  return etagOf(digest) === etag ? undefined : `torn: the body has the digest ${etagOf(digest)}, the ETag is ${etag}`
}

function checkManifestBody(body: Buffer, etag: string, named: unknown): string | undefined {
  const manifest = Manifest.safeParse(parse(body))
  if (!manifest.success) return 'the body is not a manifest'
  const id = versionOf(rootOf(partsOf(manifest.data), sha256))
  if (id.etag !== etag) return `torn: the content has the root ${id.etag}, the ETag is ${etag}`
  const { version } = manifest.data
  if (version === id.version && named === version && manifest.data.etag === etag) return undefined
  return `torn: the manifest says ${version}, ${manifest.data.etag}; the answer says ${named}, ${etag}`
}

function parse(body: Buffer): unknown {
  return parseJson(body.toString())
}
