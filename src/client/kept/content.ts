import type { Manifest, VersionId } from '../../core/schema/history.ts'
import type { Model } from '../../core/schema/model.ts'

/** The content that a reader reads from. An implementation on the bytes of a manifest parses only what is requested. */
export interface Content {
  readonly id: VersionId
  /** Values, sorted. */
  readonly providers: readonly string[]
  manifest(): Manifest
  /** Of one provider; empty where there is no such one. */
  modelsOf(provider: string): readonly Model[]
}

export function contentOf(manifest: Manifest): Content {
  return {
    id: manifest,
    providers: manifest.providers.map(({ value }) => value),
    manifest: () => manifest,
    modelsOf: (provider) => manifest.models.filter((model) => model.provider === provider),
  }
}
