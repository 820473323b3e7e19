/** Fetches the content of a snapshot: the manifest, which the client verifies by its digest, and its changes. */
import { Diff, Manifest } from '../../../core/schema/history.ts'
import { CommandError } from '../../shared/command.ts'
import type { RegistryClient } from '../../shared/registry-client.ts'

const ACTION = 'Cannot write a snapshot'

export async function fetchManifest(client: RegistryClient): Promise<Manifest> {
  const manifest = await client.find(ACTION, (registry) => registry.getManifest())
  if (manifest === undefined) throw new CommandError(`${ACTION}: ${client.url} is empty`)
  const shape = Manifest.safeParse(manifest)
  // The raw body rather than the parsed one: a key that the schema does not know is part of the content.
  if (shape.success) return manifest
  const issue = shape.error.issues[0]
  throw new CommandError(
    `${ACTION}: the manifest does not match the schema: ${issue?.path.join('.') || 'body'}: ${issue?.message}`,
  )
}

/** `undefined` if the registry does not have one of the versions. */
export async function fetchDiff(client: RegistryClient, from: string, to: string): Promise<Diff | undefined> {
  // Whole etags: a version string could be ambiguous.
  const hex = (etag: string) => etag.replaceAll('"', '')
  const diff = await client.find(ACTION, (registry) => registry.getDiff(hex(from), hex(to)))
  return Diff.safeParse(diff).success ? diff : undefined
}
