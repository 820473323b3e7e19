/**
 * One version in the memory of an isolate: its manifest as served, and where each part stands in it. What is read of one
 * provider is a slice; only a search over everything parses everything.
 */
import { createHash } from 'node:crypto'
import type * as z from 'zod'
import { partsOf, rootOf } from '../core/manifest/catalogue-parts.ts'
import { headText } from '../core/manifest/manifest-head.ts'
import { layOutManifest, sliceOfPart } from '../core/manifest/manifest-layout.ts'
import { etagOf, partText, rootText } from '../core/manifest/version.ts'
import { Manifest, type ManifestIndex, type Range, type VersionId } from '../core/schema/history.ts'
import type { Model } from '../core/schema/model.ts'

/** A manifest with its index, as the registry stores and sends it. */
export interface IndexedManifest {
  /** UTF-8 JSON. */
  bytes: Uint8Array
  index: ManifestIndex
}

/**
 * What a version takes in memory for each byte of its manifest, once all of it has been read: 1 for the bytes; up to 3.4
 * parsed (17 MB for the 5 MB of 8,337 models) and 0.2 for the indexes by key; 1.1 for the texts of models and providers
 * that JSON lists keep.
 */
const MEMORY_PER_BYTE = 6

const decoder = new TextDecoder()

export class LoadedVersion {
  readonly bytes: Uint8Array
  readonly index: ManifestIndex
  /** What stands in the manifest beside its content. */
  readonly head: Head
  #manifest: Manifest | undefined
  readonly #models = new Map<string, Map<string, Model>>()

  private constructor({ bytes, index }: IndexedManifest, head: Head) {
    this.bytes = bytes
    this.index = index
    this.head = head
  }

  /**
   * Takes a manifest only if it is the one that is wanted to its last byte: no tier is trusted to be whole. Its parts must
   * have the digests that the etag is made of.
   */
  static load(given: IndexedManifest, wanted: VersionId): LoadedVersion | undefined {
    const head = readHead(given)
    const isWanted =
      head?.version === wanted.version && head.etag === wanted.etag && head.generatedAt === wanted.generatedAt
    return isWanted && isProven(given, wanted.etag) ? new LoadedVersion(given, head) : undefined
  }

  /** Bytes of memory, as if everything had been read: what is read later is not weighed again. */
  get weight(): number {
    return this.bytes.byteLength * MEMORY_PER_BYTE
  }

  get manifest(): Manifest {
    // Proven by its digests, and made from checked facts: checking it with zod would cost more than all else here.
    this.#manifest ??= JSON.parse(decoder.decode(this.bytes)) as Manifest
    return this.#manifest
  }

  /** Their values, sorted. */
  get providers(): string[] {
    return Object.keys(this.index.parts).sort()
  }

  has(provider: string): boolean {
    return Object.hasOwn(this.index.parts, provider)
  }

  /** Canonical JSON of a provider. */
  provider(value: string): Uint8Array | undefined {
    return this.has(value) ? this.#slice(this.index.parts[value]?.provider) : undefined
  }

  /** Canonical JSON of a provider's models, without the brackets of the list. */
  models(provider: string): Uint8Array | undefined {
    return this.has(provider) ? this.#slice(this.index.parts[provider]?.models) : undefined
  }

  model(provider: string, value: string): Model | undefined {
    return this.#modelsByValue(provider)?.get(value)
  }

  /** A provider's models, parsed; empty where there is no such provider. */
  modelsOf(provider: string): Model[] {
    return [...(this.#modelsByValue(provider)?.values() ?? [])]
  }

  #modelsByValue(provider: string): Map<string, Model> | undefined {
    if (!this.has(provider)) return undefined
    const known = this.#models.get(provider) ?? this.#parseModels(provider)
    this.#models.set(provider, known)
    return known
  }

  #parseModels(provider: string): Map<string, Model> {
    const list: Model[] = JSON.parse(`[${decoder.decode(this.models(provider))}]`)
    return new Map(list.map((model) => [model.value, model]))
  }

  #slice(range: Range | undefined): Uint8Array | undefined {
    return range && this.bytes.subarray(...range)
  }
}

const Head = Manifest.omit({ providers: true, models: true })
type Head = z.infer<typeof Head>

function readHead({ bytes, index }: IndexedManifest): Head | undefined {
  const text = headText(bytes, index.parts)
  return text === undefined ? undefined : Head.safeParse(parseJson(text)).data
}

function isProven({ bytes, index }: IndexedManifest, etag: string): boolean {
  const parts = Object.entries(index.parts)
  const digests = Object.fromEntries(parts.map(([provider, { digest }]) => [provider, digest]))
  if (etagOf(sha256(rootText(digests))) !== etag) return false
  return parts.every(([, part]) => sha256(sliceOfPart(bytes, part)) === part.digest)
}

/** A manifest that somebody put into KV by hand, in any formatting, if it is what its etag says. */
export function readSeed(text: string): { manifest: Manifest; indexed: IndexedManifest } | undefined {
  const manifest = Manifest.safeParse(parseJson(text)).data
  if (!manifest) return undefined
  const parts = partsOf(manifest)
  if (etagOf(rootOf(parts, sha256)) !== manifest.etag) return undefined
  const { models: _models, providers: _providers, ...head } = manifest
  const { bytes, ranges } = layOutManifest(head, parts)
  const indexed = parts.map((part) => [part.value, { digest: sha256(partText(part)), ...ranges[part.value] }])
  const index = { version: head.version, seq: 0, sha256: sha256(bytes), parts: Object.fromEntries(indexed) }
  return { manifest, indexed: { bytes, index } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}
