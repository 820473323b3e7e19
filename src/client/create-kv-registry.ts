/** The reads of a client for Workers that are bound to the registry's own KV namespace: no HTTP, and no asking whether. */
import type { Manifest } from '../core/schema/history.ts'
import { DataError, localProblem, NetworkError, RegistryError } from './errors.ts'
import { type ByteStream, readStream } from './fetch/read-text.ts'
import { settle } from './fetch/settle.ts'
import { manifestOf } from './manifest/known-manifest.ts'
import { createReader, type Reader } from './reader.ts'
import { failWith, type Reply, succeed } from './reply.ts'

/** A `KVNamespace`. */
export interface KVBinding {
  getWithMetadata(key: string, type: 'stream'): Promise<{ value: unknown; metadata: unknown }>
}

export interface KVRegistryOptions {
  kv: KVBinding
  /** Default `manifest`. */
  manifestKey?: string | undefined
}

interface Parsed {
  manifest: Manifest
  /** The etag in the key's metadata; the whole text where a manifest was put there without any. */
  id: unknown
}

/** By binding, so that a client made for every request parses no version twice. */
const parsed = new WeakMap<KVBinding, Map<string, Parsed>>()

/**
 * Each read looks at the key, which KV caches for a minute. While KV fails, the last manifest is served with
 * `stale: true`. There is nothing fresher to force. Throws a `TypeError` without a binding.
 */
export function createKVRegistry({ kv, manifestKey = 'manifest' }: KVRegistryOptions): Reader {
  if (!kv) throw new TypeError('Cannot create a registry: "kv" is missing: is the namespace bound under that name?')
  const known = parsed.get(kv) ?? new Map<string, Parsed>()
  parsed.set(kv, known)
  const read = async (): Promise<Reply<Manifest>> => {
    try {
      return await readManifest(kv, manifestKey, known)
    } catch (error) {
      const last = known.get(manifestKey)
      return last && error instanceof RegistryError ? succeed(last.manifest, true, true) : failWith(error)
    }
  }
  return createReader(({ signal }) => settle(read(), signal).catch(failWith))
}

async function readManifest(kv: KVBinding, key: string, known: Map<string, Parsed>): Promise<Reply<Manifest>> {
  const { stream, etag } = await getEntry(kv, key)
  const last = known.get(key)
  if (last && last.id === etag) {
    // What is known is known, whatever becomes of the rest.
    await stream.cancel().catch(() => undefined)
    return succeed(last.manifest, true)
  }
  const text = await readStream(stream).catch((error) => {
    throw new NetworkError(`KV key "${key}"`, error)
  })
  const id = etag ?? text
  // Another read may have parsed it meanwhile.
  const same = known.get(key)
  if (same?.id === id) return succeed(same.manifest, true)
  const manifest = parseManifest(key, text)
  known.set(key, { manifest, id })
  return succeed(manifest)
}

async function getEntry(kv: KVBinding, key: string): Promise<{ stream: ByteStream; etag: unknown }> {
  const { value, metadata } = await kv.getWithMetadata(key, 'stream').catch((error: unknown) => {
    throw new NetworkError(`KV key "${key}"`, error)
  })
  if (!value)
    throw localProblem({ code: 'empty-registry', detail: `Cannot read KV key "${key}": there is no manifest yet` })
  return { stream: value as ByteStream, etag: Object(metadata).etag } // a stream was asked for
}

function parseManifest(key: string, text: string): Manifest {
  try {
    const manifest = manifestOf(JSON.parse(text))
    if (manifest) return manifest
  } catch {
    // Told below.
  }
  throw new DataError(`KV key "${key}"`, 'it holds no manifest')
}
