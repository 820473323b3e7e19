/** A manifest from the sources alone, by the code that the Worker runs. */
import { sha256 } from '../../src/cli/shared/sha256.ts'
import type { BuildSettings } from '../../src/config.ts'
import { ok, type Result, type SourceFailure } from '../../src/core/failure.ts'
import { bodyOfPart, rootOf } from '../../src/core/manifest/catalogue-parts.ts'
import { layOutManifest } from '../../src/core/manifest/manifest-layout.ts'
import { versionOf } from '../../src/core/manifest/version.ts'
import { makeAlone, type SourcePull } from '../shared/sources-alone.ts'

export interface Seed {
  /** The manifest as KV keeps it. */
  bytes: Uint8Array
  version: string
  models: number
  providers: number
}

export function seedOf(pulls: readonly SourcePull[], settings: BuildSettings, now: Date): Result<Seed, SourceFailure> {
  const made = makeAlone(pulls, { settings })
  if (!made.ok) return made
  const { catalogue, parts, attribution, iqBasis } = made.value
  const bodies = parts.map(({ provider, models }) => bodyOfPart(provider, models))
  const id = versionOf(rootOf(bodies, sha256))
  const head = { ...id, generatedAt: now.toISOString(), ...(iqBasis && { iqBasis }), attribution }
  const { bytes } = layOutManifest(head, bodies)
  const { models, providers } = catalogue
  return ok({ bytes, version: id.version, models: models.length, providers: providers.length })
}
