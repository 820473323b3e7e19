/** What a snapshot is made of, from the registry: the manifest, proven by its digest, and what changed up to it. */
import { canonicalize } from '../../../core/canonical.ts'
import { Diff, Manifest } from '../../../core/schema/history.ts'
import { versionOf } from '../../../core/version.ts'
import { sha256 } from '../../../registry/store/sha256.ts'
import { CommandError } from '../../shared/command.ts'
import { refusalOf, requestRegistry } from '../../shared/registry-request.ts'
import type { Target } from '../../shared/target-options.ts'

const NOT_FOUND = 404
const TIMEOUT_MS = 120_000

export async function fetchManifest(target: Target): Promise<Manifest> {
  const json = await fetchJson(target, '/v1/manifest')
  if (json === undefined) throw new CommandError(`Cannot write a snapshot: there is no registry at ${target.url}`)
  const shape = Manifest.safeParse(json)
  if (!shape.success) {
    const issue = shape.error.issues[0]
    throw new CommandError(
      `Cannot write a snapshot: the manifest has another shape: ${issue?.path.join('.') || 'body'}: ${issue?.message}`,
    )
  }
  // As it came and not as it was parsed: a key that no schema knows is part of the content.
  const manifest = json as Manifest
  if (!isAsItSays(manifest))
    throw new CommandError(`Cannot write a snapshot: the manifest is not what its etag ${manifest.etag} says`)
  return manifest
}

/** `undefined` where the registry does not know one of the versions. */
export async function fetchDiff(target: Target, from: string, to: string): Promise<Diff | undefined> {
  // Whole etags: the digits of a version may be those of two.
  const hex = (etag: string) => etag.replaceAll('"', '')
  const json = await fetchJson(target, `/v1/diff?from=${hex(from)}&to=${hex(to)}`)
  return Diff.safeParse(json).success ? (json as Diff) : undefined
}

function isAsItSays({ version, etag, models, providers }: Manifest): boolean {
  const digest = versionOf(sha256(canonicalize({ models, providers })))
  return digest.version === version && digest.etag === etag
}

/** `undefined` for what is not there. */
async function fetchJson(target: Target, path: string): Promise<unknown> {
  const response = await requestRegistry(target, path, { signal: AbortSignal.timeout(TIMEOUT_MS) })
  if (response.status === NOT_FOUND) {
    await response.body?.cancel()
    return undefined
  }
  if (!response.ok) throw new CommandError(`Cannot write a snapshot: ${await refusalOf(response)}`)
  const text = await response.text().catch(() => '')
  try {
    return JSON.parse(text)
  } catch {
    throw new CommandError(`Cannot write a snapshot: ${target.url}${path} answered with something else than JSON`)
  }
}
