/**
 * The identity of content. A part is one provider with its models; its digest is the SHA-256 of its RFC 8785 JSON. The
 * root is the SHA-256 of the RFC 8785 JSON of all digests by provider. The version is named for the root. Time,
 * attribution and the basis of `iq` are not hashed. The hash function is an argument, because the Durable Object hashes
 * synchronously and a browser cannot.
 */
import { compareText } from '../json/canonical.ts'
import type { Attribution, VersionId } from '../schema/history.ts'

/** Hex SHA-256 of a text's UTF-8 bytes. */
export type Sha256 = (text: string) => string

/** One provider's content as canonical JSON, each model separately. */
export interface PartBody {
  /** The provider's value. */
  value: string
  provider: string
  /** In the order of their values. */
  models: readonly { value: string; body: string }[]
}

/** The digest of each part by its provider's value. */
export type PartDigests = Readonly<Record<string, string>>

/** The canonical JSON that a part's digest hashes. */
export function partText({ provider, models }: Pick<PartBody, 'provider' | 'models'>): string {
  return `{"models":[${modelTexts({ models })}],"provider":${provider}}`
}

/** The models as members of a JSON list. */
export function modelTexts({ models }: Pick<PartBody, 'models'>): string {
  return models.map(({ body }) => body).join(',')
}

/** The canonical JSON that the root hashes. */
export function rootText(digests: PartDigests): string {
  const members = Object.entries(digests).sort(([a], [b]) => compareText(a, b))
  return `{${members.map(([value, digest]) => `${JSON.stringify(value)}:"${digest}"`).join(',')}}`
}

/** The version and etag of a root (64 hex digits). */
export function versionOf(root: string): Pick<VersionId, 'version' | 'etag'> {
  return { version: `v1.${root.slice(0, 12)}`, etag: etagOf(root) }
}

/** The strong ETag of a SHA-256: its first 32 hex digits in double quotes. */
export function etagOf(digest: string): string {
  return `"${digest.slice(0, 32)}"`
}

/** The fields of a manifest besides its content. */
export interface ManifestHead extends VersionId {
  iqBasis?: string
  attribution: readonly Attribution[]
}

/** The hash that links a commit to all commits before it. */
export function chainOf(
  previous: string,
  commit: { root: string; seq: number; committedAt: string; recordedAt?: string },
  sha256: Sha256,
): string {
  const { root, seq, committedAt, recordedAt = '' } = commit
  return sha256(`${previous}\n${root}\n${seq}\n${committedAt}\n${recordedAt}`)
}
