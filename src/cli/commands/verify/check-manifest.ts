/**
 * Checks a version against its commit: the digests of the parts in its manifest, in canonical form, must result in its root,
 * and the list of digests must be exactly the text that hashes to it.
 */
import { partsOf } from '../../../core/manifest/catalogue-parts.ts'
import { partText, rootText } from '../../../core/manifest/version.ts'
import { Manifest, type VersionInfo } from '../../../core/schema/history.ts'
import { sha256 } from '../../shared/sha256.ts'

/** What is wrong; empty if nothing is. `json` is the parsed body of the manifest, `parts` the text of its digests. */
export function checkManifest(commit: VersionInfo, json: unknown, parts: string): string[] {
  const shape = Manifest.safeParse(json)
  if (!shape.success) {
    const issue = shape.error.issues[0]
    return [`the manifest does not match the schema: ${issue?.path.join('.') || 'body'}: ${issue?.message}`]
  }
  // The raw body rather than the parsed one: a key that the schema does not know is part of the content.
  const manifest = json as Manifest
  const bodies = partsOf(manifest)
  const text = rootText(Object.fromEntries(bodies.map((part) => [part.value, sha256(partText(part))])))
  const { version, etag, generatedAt } = shape.data
  const inParts = bodies.reduce((count, { models }) => count + models.length, 0)
  return [
    ...differs('the root of its parts', sha256(text), commit.root),
    ...differs('the hash of its list of parts', sha256(parts), commit.root),
    ...differs('its etag', etag, commit.etag),
    ...differs('its version', version, commit.version),
    ...differs('its generatedAt', generatedAt, commit.generatedAt),
    ...differs('its number of models', manifest.models.length, commit.counts.models),
    ...differs('its number of models with a provider', inParts, commit.counts.models),
    ...differs('its number of providers', manifest.providers.length, commit.counts.providers),
  ]
}

function differs(what: string, is: string | number, wanted: string | number): string[] {
  return is === wanted ? [] : [`${what} is ${is}, but the commit states ${wanted}`]
}
