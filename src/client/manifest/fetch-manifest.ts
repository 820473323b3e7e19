/**
 * Fetches a manifest: whole, or as the changes since the one that the client has. The result is verified by its digest,
 * unless the page has no WebCrypto.
 */
import { applyDiff } from '../../core/diff/diff.ts'
import type { Diff } from '../../core/schema/history.ts'
import type { Commit } from '../asking/newest-commit.ts'
import { DataError, NOT_ASKED_FOR } from '../errors.ts'
import { queryOf } from '../fetch/query.ts'
import type { Transport } from '../fetch/transport.ts'
import type { Fetched } from '../kept/create-kept.ts'
import { canHash } from './digest.ts'
import { type KnownManifest, knownManifest } from './known-manifest.ts'
import type { Selection } from './selection.ts'

/** The client's own manifest if it is that of the commit, else the manifest of the commit. */
export async function fetchNewer(
  transport: Transport,
  commit: Commit,
  known: KnownManifest | undefined,
  signal: AbortSignal,
): Promise<Fetched<KnownManifest>> {
  if (known?.manifest.etag === commit.etag) return { value: known }
  const changed = known && (await fetchByDiff(transport, known, commit, signal))
  if (changed) return changed
  // By version, for which no cache in between can have an older response.
  const whole = await fetchManifest(transport, { version: commit.version }, signal)
  return { value: { ...whole, seq: commit.seq } }
}

export async function fetchManifest(
  transport: Transport,
  selection: Selection,
  signal: AbortSignal,
): Promise<KnownManifest> {
  const path = `/v1/manifest${queryOf({ ...selection })}`
  const known = await knownManifest(await transport.get(path, { signal }))
  const hex = selection.version?.replace(/^v1\.|"/g, '') ?? ''
  if (!known?.manifest.etag.startsWith(`"${hex}`))
    throw new DataError(path, `${NOT_ASKED_FOR}, or does not match its digest`)
  return known
}

/** `undefined` if the diff is not available or usable, is longer than the manifest, or does not lead to that version. */
async function fetchByDiff(
  transport: Transport,
  { manifest, length: maxLength }: KnownManifest,
  { version, etag, seq }: Commit,
  signal: AbortSignal,
): Promise<Fetched<KnownManifest> | undefined> {
  if (!canHash()) return undefined
  try {
    const path = `/v1/diff${queryOf({ from: manifest.version, to: version })}`
    const diff = (await transport.get(path, { signal, maxLength })) as Diff // if it is none, it leads nowhere, or to what the digest disproves
    // Neither the diff nor the digest covers `iqBasis`, which only changes with the scale of `iq`.
    if (diff.rescaled) return undefined
    const { generatedAt, attribution } = diff.to
    const { iqBasis } = manifest
    const head = { version, etag, generatedAt, ...(iqBasis && { iqBasis }), attribution }
    const known = await knownManifest({ ...head, ...applyDiff(manifest, diff) })
    return known && { value: { ...known, seq }, diff }
  } catch {
    // If it was aborted, the next request is too.
    return undefined
  }
}
