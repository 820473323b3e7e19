/**
 * The identity of content: a version is the SHA-256 of a catalogue's canonical JSON. Time and attribution are not part
 * of it. The hash is an argument, because the Durable Object hashes synchronously and a browser does not.
 *
 * A manifest's text ends with the canonical content itself, so a reader checks it by hashing a slice, without parsing.
 */
import { canonicalize } from './canonical.ts'
import type { Attribution, Pointer, VersionId } from './schema/history.ts'
import type { Catalogue } from './schema/model.ts'

/** Hex SHA-256 of a text's UTF-8 bytes. */
export type Sha256 = (text: string) => string

/** Canonical JSON of each model and each provider, in the order of the catalogue. */
export interface Bodies {
  models: string[]
  providers: string[]
}

export function bodiesOf(catalogue: Catalogue): Bodies {
  return { models: catalogue.models.map(canonicalize), providers: catalogue.providers.map(canonicalize) }
}

/** The canonical JSON that a version is the hash of. */
export function contentText({ models, providers }: Bodies): string {
  return `{"models":[${models.join(',')}],"providers":[${providers.join(',')}]}`
}

/** The version and etag of a content digest (64 hex digits). */
export function versionOf(digest: string): Pick<VersionId, 'version' | 'etag'> {
  return { version: `v1.${digest.slice(0, 12)}`, etag: `"${digest.slice(0, 32)}"` }
}

/** The manifest as it is stored and served: a function of its version alone, byte-identical for ever. */
export function manifestText(id: VersionId, attribution: Attribution[], content: string): string {
  const head = JSON.stringify({ version: id.version, etag: id.etag, generatedAt: id.generatedAt, attribution })
  return `${head.slice(0, -1)},${content.slice(1)}`
}

/** The canonical content inside a text made by `manifestText`; `undefined` if it is not one. */
export function contentOfManifest(text: string): string | undefined {
  const start = text.indexOf(',"models":[')
  return start < 0 ? undefined : `{${text.slice(start + 1)}`
}

/** A row's link to all the rows before it. */
export function chainOf(
  previous: string,
  row: Pick<Pointer, 'etag' | 'seq'> & { committedAt: string },
  sha256: Sha256,
) {
  return sha256(`${previous}\n${row.etag}\n${row.seq}\n${row.committedAt}`)
}
