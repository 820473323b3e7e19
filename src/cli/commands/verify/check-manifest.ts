/** Checks a manifest against its row: its content, brought into canonical form again, must have the digest that names it. */
import { canonicalize } from '../../../core/canonical.ts'
import { Manifest, type VersionInfo } from '../../../core/schema/history.ts'
import { versionOf } from '../../../core/version.ts'
import { sha256 } from '../../shared/sha256.ts'

/** What is wrong; empty if nothing is. `json` is the parsed body. */
export function checkManifest(row: VersionInfo, json: unknown): string[] {
  const shape = Manifest.safeParse(json)
  if (!shape.success) {
    const issue = shape.error.issues[0]
    return [`the manifest has another shape: ${issue?.path.join('.') || 'body'}: ${issue?.message}`]
  }
  // As it came and not as it was parsed: a key that no schema knows is part of the content.
  const { models, providers } = json as Manifest
  const digest = versionOf(sha256(canonicalize({ models, providers })))
  const { version, etag, generatedAt } = shape.data
  return [
    ...differs('the digest of its content', digest.etag, row.etag),
    ...differs('its etag', etag, row.etag),
    ...differs('its version', version, row.version),
    ...differs('its generatedAt', generatedAt, row.generatedAt),
    ...differs('its number of models', models.length, row.counts.models),
    ...differs('its number of providers', providers.length, row.counts.providers),
  ]
}

function differs(what: string, is: string | number, wanted: string | number): string[] {
  return is === wanted ? [] : [`${what} is ${is}, the row says ${wanted}`]
}
