/**
 * A manifest as the bytes that KV holds, with the registry's index of them: a read of one provider parses its slice, which
 * is a few per cent of the work. KV has no reads of ranges: the bytes arrive whole.
 */
import { headText } from '../../core/manifest/manifest-head.ts'
import type { Manifest, ManifestIndex } from '../../core/schema/history.ts'
import type { Model } from '../../core/schema/model.ts'
import { DataError } from '../errors.ts'
import { areModels, isVersionId } from '../fetch/shapes.ts'
import { type Content, contentOf } from '../kept/content.ts'
import { freeze, manifestOf } from '../manifest/known-manifest.ts'

const decoder = new TextDecoder()

/** What the metadata of the manifest says of it. */
export interface Described {
  key: string
  etag: string
  seq: unknown
}

/** `undefined` if the index belongs to another manifest, as is possible for a minute: KV keys are replicated one by one. */
export function slicedContent(
  bytes: Uint8Array,
  indexJson: string,
  { key, etag, seq }: Described,
): Content | undefined {
  try {
    const index: ManifestIndex = JSON.parse(indexJson)
    // It must contain only the parts and the separators between them, each at the position in the index.
    const head: unknown = JSON.parse(headText(bytes, index.parts) ?? 'null')
    if (!isVersionId(head) || head.etag !== etag || head.version !== index.version || index.seq !== seq)
      return undefined
    return createContent(key, bytes, { index, head })
  } catch {
    return undefined
  }
}

interface Proven {
  index: ManifestIndex
  head: Content['id']
}

function createContent(key: string, bytes: Uint8Array, { index, head }: Proven): Content {
  const slices = new Map<string, Model[]>()
  let whole: Content | undefined
  const parseWhole = (): Content => {
    whole ??= contentFrom(key, decoder.decode(bytes))
    return whole
  }
  return {
    id: head,
    providers: Object.keys(index.parts).sort(),
    manifest: () => parseWhole().manifest(),
    modelsOf(provider) {
      if (whole) return whole.modelsOf(provider)
      const range = Object.hasOwn(index.parts, provider) ? index.parts[provider]?.models : undefined
      const models = slices.get(provider) ?? modelsIn(key, range ? decoder.decode(bytes.subarray(...range)) : '')
      slices.set(provider, models)
      return models
    },
  }
}

function modelsIn(key: string, slice: string): Model[] {
  const models: unknown = parseJson(`[${slice}]`)
  if (!areModels(models)) throw new DataError(`KV key "${key}"`, 'there are no models at the position in its index')
  return freeze(models)
}

/** Of a manifest without an index. */
export function contentFrom(key: string, text: string): Content {
  const manifest: Manifest | undefined = manifestOf(parseJson(text))
  if (!manifest) throw new DataError(`KV key "${key}"`, 'it is not a manifest')
  return contentOf(manifest)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
