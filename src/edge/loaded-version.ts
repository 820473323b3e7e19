/** One version in the memory of an isolate: its manifest as served, parsed when first needed. */
import { keyOf } from '../core/model-order.ts'
import { Manifest } from '../core/schema/history.ts'
import type { Model } from '../core/schema/model.ts'
import { bodiesOf, contentOfManifest, contentText, manifestText, versionOf } from '../core/version.ts'

export class LoadedVersion {
  readonly bytes: Uint8Array
  readonly #text: string
  #manifest: Manifest | undefined
  #models: Map<string, Model> | undefined

  private constructor(bytes: Uint8Array, text: string) {
    this.bytes = bytes
    this.#text = text
  }

  /** Takes manifest bytes only if their content has the digest that the etag says: no tier is trusted to be whole. */
  static async load(bytes: Uint8Array, etag: string): Promise<LoadedVersion | undefined> {
    const text = new TextDecoder().decode(bytes)
    const content = contentOfManifest(text)
    if (content === undefined || (await etagOf(content)) !== etag) return undefined
    return new LoadedVersion(bytes, text)
  }

  get manifest(): Manifest {
    // Checked by its digest, and made from checked facts: parsing it again with zod would cost more than all else here.
    this.#manifest ??= JSON.parse(this.#text) as Manifest
    return this.#manifest
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
