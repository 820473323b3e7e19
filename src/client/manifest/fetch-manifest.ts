/**
 * Fetches a manifest: whole, or as the changes since the one that the client has. The result is verified by its digest,
 * unless the page has no WebCrypto.
 */
import { applyDiff } from '../../core/diff/diff.ts'
import type { Diff, VersionId } from '../../core/schema/history.ts'
import { DataError, NOT_ASKED_FOR } from '../errors.ts'
import { queryOf } from '../fetch/query.ts'
import type { Transport } from '../fetch/transport.ts'
import { canHash } from './digest.ts'
import { isVersionId, type KnownManifest, knownManifest } from './known-manifest.ts'

export interface Fetched extends KnownManifest {
  /** The changes since the client's manifest; `undefined` where it was fetched whole. */
  diff?: Diff
}

/** A version or a moment, by which a manifest is the same for ever; without it the current one is meant. */
export type Selection = { version: string; at?: never } | { version?: never; at: string } | undefined

/** The client's manifest itself where it is current, else a newer one. */
export async function fetchNewer(
  transport: Transport,
  selection: Selection,
  known: KnownManifest | undefined,
  signal: AbortSignal,
): Promise<Fetched> {
  if (!known) return fetchManifest(transport, selection, signal)
  if (selection) return known
  const id = await transport.get('/v1/version', { signal, isCurrent: true })
  if (!isVersionId(id)) throw new DataError('/v1/version', NOT_ASKED_FOR)
  if (id.etag === known.manifest.etag) return known
  // By version, to which no cache on the way can hold an older answer.
  return (await fetchByDiff(transport, known, id, signal)) ?? fetchManifest(transport, { version: id.version }, signal)
}

async function fetchManifest(transport: Transport, selection: Selection, signal: AbortSignal): Promise<KnownManifest> {
  const path = `/v1/manifest${queryOf({ ...selection })}`
  const known = await knownManifest(await transport.get(path, { signal, isCurrent: !selection }))
  const hex = selection?.version?.replace(/^v1\.|"/g, '') ?? ''
  if (!known?.manifest.etag.startsWith(`"${hex}`))
    throw new DataError(path, `${NOT_ASKED_FOR}, or not what its digest says`)
  return known
}

/** `undefined` where the diff cannot be had or used, is longer than the manifest, or leads to anything but that version. */
async function fetchByDiff(
  transport: Transport,
  { manifest, length: maxLength }: KnownManifest,
  { version, etag }: VersionId,
  signal: AbortSignal,
): Promise<Fetched | undefined> {
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
    return known && { ...known, diff }
  } catch {
    // Where it was aborted, so is what comes next.
    return undefined
  }
}
