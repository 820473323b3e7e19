/** Versions as the registry publishes them, made by hand: a fake registry serves them, and clients must read them. */
import { createHash } from 'node:crypto'
import { diffCatalogues } from '../../../src/core/diff/diff.ts'
import { partsOf, rootOf } from '../../../src/core/manifest/catalogue-parts.ts'
import { layOutManifest } from '../../../src/core/manifest/manifest-layout.ts'
import { partText, rootText, versionOf } from '../../../src/core/manifest/version.ts'
import type { Diff, Manifest, VersionInfo } from '../../../src/core/schema/history.ts'
import type { Catalogue, Model } from '../../../src/core/schema/model.ts'
import type { IqBasis } from '../../../src/core/vocabulary.ts'
import { model, provider } from '../rows.ts'

export interface Published {
  info: VersionInfo
  manifest: Manifest
  /** The manifest as it is served. */
  text: string
  /** The text that hashes to the etag. */
  root: string
  /** The text of each part by its digest. */
  parts: ReadonlyMap<string, string>
}

/** A catalogue of one provider. */
export function catalogue(models: Model[] = [model()]): Catalogue {
  return { providers: [provider()], models }
}

/** A model whose facts follow from a number, so that different numbers give different versions. */
export function numbered(number: number, value = 'acme-one'): Model {
  return model({ value, pricing: { input: number, output: 2 * number } })
}

/** The commit of this seq, a day after the previous one. */
export function published(content: Catalogue, seq = 1, iqBasis: IqBasis = 'artificial-analysis'): Published {
  const parts = partsOf(content)
  const root = rootOf(parts, sha256)
  const generatedAt = new Date(Date.UTC(2026, 0, seq)).toISOString()
  const id = { ...versionOf(root), generatedAt }
  const attribution = [{ name: 'Example', url: 'https://example.com/' }]
  const { bytes } = layOutManifest({ ...id, iqBasis, attribution }, parts)
  const text = new TextDecoder().decode(bytes)
  const counts = { providers: content.providers.length, models: content.models.length }
  const changes = { added: 0, removed: 0, changed: 0 }
  const row = { seq, committedAt: generatedAt, cause: 'pull', counts, changes, attribution, chain: '', root } as const
  const texts = new Map(parts.map((part) => [sha256(partText(part)), partText(part)]))
  const digests = Object.fromEntries(parts.map((part) => [part.value, sha256(partText(part))]))
  return { info: { ...id, ...row }, manifest: JSON.parse(text), text, root: rootText(digests), parts: texts }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export function diffOf(from: Published, to: Published): Diff {
  return { from: from.info, to: to.info, ...diffCatalogues(from.manifest, to.manifest) }
}
