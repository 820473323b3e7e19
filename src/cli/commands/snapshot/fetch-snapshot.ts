/** What a snapshot is made of, from the registry: the manifest, which the client proves by its digest, and its changes. */
import { Diff, Manifest } from '../../../core/schema/history.ts'
import { CommandError } from '../../shared/command.ts'
import type { RegistryClient } from '../../shared/registry-client.ts'

const ACTION = 'Cannot write a snapshot'

export async function fetchManifest(client: RegistryClient): Promise<Manifest> {
  const manifest = await client.find(ACTION, (registry) => registry.getManifest())
  if (manifest === undefined) throw new CommandError(`${ACTION}: ${client.url} has none`)
  const shape = Manifest.safeParse(manifest)
  // As it came and not as it was parsed: a key that no schema knows is part of the content.
  if (shape.success) return manifest
  const issue = shape.error.issues[0]
  throw new CommandError(
    `${ACTION}: the manifest has another shape: ${issue?.path.join('.') || 'body'}: ${issue?.message}`,
  )
}

/** `undefined` where the registry does not know one of the versions. */
export async function fetchDiff(client: RegistryClient, from: string, to: string): Promise<Diff | undefined> {
  // Whole etags: the digits of a version may be those of two.
  const hex = (etag: string) => etag.replaceAll('"', '')
  const diff = await client.find(ACTION, (registry) => registry.getDiff(hex(from), hex(to)))
  return Diff.safeParse(diff).success ? diff : undefined
}
