/** One version in the memory of an isolate: its manifest as served, parsed when first needed. */
import { keyOf } from '../core/model-order.ts'
import { Manifest } from '../core/schema/history.ts'
import type { Model } from '../core/schema/model.ts'
import { bodiesOf, contentOfManifest, contentText, manifestText, versionOf } from '../core/version.ts'

/**
 * What a version takes in memory for each byte of its manifest, once all of it has been read: 1 for the bytes; up to 3.4
 * parsed (17 MB for the 5 MB of 8,337 models) and 0.2 for the index by key; 1.1 for the texts of models and providers
 * that JSON lists keep. The text before it is parsed takes 2 at most, and is dropped then.
 */
const MEMORY_PER_BYTE = 6

export class LoadedVersion {
  readonly bytes: Uint8Array
  /** The text until it is first parsed. */
  #content: string | Manifest
  #models: Map<string, Model> | undefined

  private constructor(bytes: Uint8Array, text: string) {
    this.bytes = bytes
    this.#content = text
  }

  /** Takes manifest bytes only if their content has the digest that the etag says: no tier is trusted to be whole. */
  static async load(bytes: Uint8Array, etag: string): Promise<LoadedVersion | undefined> {
    const text = new TextDecoder().decode(bytes)
    const content = contentOfManifest(text)
    if (content === undefined || (await etagOf(content)) !== etag) return undefined
    return new LoadedVersion(bytes, text)
  }

  /** Bytes of memory, as if everything had been read: what is read later is not weighed again. */
  get weight(): number {
    return this.bytes.byteLength * MEMORY_PER_BYTE
  }

  get manifest(): Manifest {
    // Checked by its digest, and made from checked facts: parsing it again with zod would cost more than all else here.
    if (typeof this.#content === 'string') this.#content = JSON.parse(this.#content) as Manifest
    return this.#content
  }

  model(provider: string, value: string): Model | undefined {
    this.#models ??= new Map(this.manifest.models.map((model) => [keyOf(model), model]))
    return this.#models.get(keyOf({ provider, value }))
  }

  provider(value: string): Manifest['providers'][number] | undefined {
    return this.manifest.providers.find((provider) => provider.value === value)
  }
}

/** A manifest that somebody put into KV by hand, in any formatting, if it is what its etag says. */
export async function readSeed(text: string): Promise<{ manifest: Manifest; bytes: Uint8Array } | undefined> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const parsed = Manifest.safeParse(json)
  if (!parsed.success) return undefined
  const { models, providers, ...head } = parsed.data
  const content = contentText(bodiesOf({ models, providers }))
  const etag = await etagOf(content)
  if (etag !== head.etag) return undefined
  return { manifest: parsed.data, bytes: new TextEncoder().encode(manifestText(head, head.attribution, content)) }
}

async function etagOf(content: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(content))
  return versionOf(Buffer.from(digest).toString('hex')).etag
}
