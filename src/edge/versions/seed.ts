/**
 * A manifest that was put into KV by hand, in any formatting, if it matches its etag. Loaded only while the registry has
 * no version, because it needs the schemas.
 */

import { parseJson } from '../../core/json/parse-json.ts'
import { partsOf } from '../../core/manifest/catalogue-parts.ts'
import { type IndexedManifest, indexManifest } from '../../core/manifest/manifest-layout.ts'
import { etagOf, partText, rootText } from '../../core/manifest/version.ts'
import { Manifest } from '../../core/schema/history.ts'
import { SEED_SEQ } from '../memory.ts'
import { sha256 } from '../sha256.ts'

export function readSeed(text: string): { manifest: Manifest; indexed: IndexedManifest } | undefined {
  const manifest = Manifest.safeParse(parseJson(text)).data
  if (!manifest) return undefined
  const { models: _models, providers: _providers, ...head } = manifest
  const parts = partsOf(manifest)
  const digests = Object.fromEntries(parts.map((part) => [part.value, sha256(partText(part))]))
  if (etagOf(sha256(rootText(digests))) !== manifest.etag) return undefined
  return { manifest, indexed: indexManifest(head, parts, { seq: SEED_SEQ, digests, sha256 }) }
}
