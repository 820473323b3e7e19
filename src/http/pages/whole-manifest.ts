/** The manifest of a version, parsed, for pages that are made of all models and kept for as long as their version is. */
import type { Manifest } from '../../core/schema/history.ts'
import type { LoadedVersion } from '../../edge/loaded-version.ts'

export function wholeManifest({ bytes }: LoadedVersion): Manifest {
  return JSON.parse(new TextDecoder().decode(bytes)) as Manifest // proven by its digests
}
